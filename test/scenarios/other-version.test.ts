import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Block } from '../../src/sandbox/slack/messages.ts';
import { ACTIONS } from '../../src/slack/messages/actions.ts';
import { LOG_RESULT } from '../../src/slack/views/log-result.ts';
import { collectLog } from '../collect-log.ts';
import { it, modes, type Scene, SUPPORT } from './scene.ts';

// While desks are upgraded one after the other, and long afterwards, people click on what another version has written.

const config = { vdns: [SUPPORT] };
/** As desks of the first version wrote it. */
const OLD: { text: string; blocks: Block[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/message-of-version-1.json'), 'utf8'),
);
const OLD_BUTTONS = ['claim:1', 'done:2', 'release:2', 'undo:3', 'page:prev', 'page:next'];
/** As a desk to come may write them: every button of this version, with what it does not carry yet, and one that is not known. */
const NEW_BUTTONS = [...Object.values(ACTIONS), 'escalate'].map((name) => `${name}:1`);
const newButton = (id: string) => ({
  type: 'button',
  action_id: id,
  text: { type: 'plain_text', text: id },
  value: '3.0.1.9.5d0f7a3e-2222-4000-8000-000000000002',
});
const NEW = [
  { type: 'actions', block_id: 'one', elements: NEW_BUTTONS.slice(0, 20).map(newButton) },
  { type: 'actions', block_id: 'two', elements: NEW_BUTTONS.slice(20).map(newButton) },
];

const posted = ({ slack }: Scene, { text, blocks }: { text: string; blocks: Block[] }) =>
  slack.workspace.messages.post({ channel: 'C0SUPPORT', user: slack.botUserId, byApp: false, text, blocks });

/** Presses each button; after each a sentence more was said to whoever pressed. */
async function pressesAll(
  scene: Scene,
  on: Parameters<Scene['presses']>[1],
  buttons: readonly string[],
): Promise<string[]> {
  for (const [before, button] of buttons.entries()) {
    await scene.presses('tom', on, button);
    await scene.slack.settled(() => scene.readAll('tom', '#support').length === before + 1, 8_000);
  }
  return scene.readAll('tom', '#support');
}

describe.each(modes)('what another version has written, over %s', { concurrent: true }, (mode) => {
  it('an older one: each of its buttons is answered with a sentence', async ({ openScene }) => {
    const { log, lines } = collectLog();
    const scene = await openScene(mode, { config, log });
    for (const told of await pressesAll(scene, posted(scene, OLD), OLD_BUTTONS))
      expect(told).toContain('it may be from another version of the desk. Ask again for a fresh list.');
    expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it('a newer one: so is each of its buttons, in a message and in the Home', async ({ openScene }) => {
    const { log, lines } = collectLog();
    const scene = await openScene(mode, { config, log });
    for (const told of await pressesAll(scene, posted(scene, { text: 'New', blocks: NEW }), NEW_BUTTONS))
      expect(told).toMatch(/another version of the desk|no longer/);

    const { slack } = scene;
    const tom = slack.as('tom');
    for (const button of NEW_BUTTONS) {
      const home = slack.workspace.views.publish(tom.id, { definition: { type: 'home' }, blocks: NEW });
      const direct = () => scene.readAll('tom', '@app').length;
      const before = direct();
      const hash = tom.home?.hash;
      await tom.click(home, button);
      // Either the Home says so, or a direct message does.
      await slack.settled(() => direct() > before || tom.home?.hash !== hash, 8_000);
    }
    expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it.for([
    [
      'a form that this desk does not know',
      'escalate',
      '',
      'it may be from another version of the desk. Nothing was saved.',
    ],
    [
      'a form with what it did not carry yet',
      LOG_RESULT,
      '[2,1,1,null]',
      'The desk no longer keeps this callback.',
    ],
  ] as const)(
    '%s says so when it is sent, and keeps nothing',
    async ([, callbackId, metadata, words], { openScene }) => {
      const { hasForm, slack } = await openScene(mode, { config });
      const tom = slack.as('tom');
      slack.workspace.views.open(tom.id, {
        definition: {
          type: 'modal',
          callback_id: callbackId,
          private_metadata: metadata,
          title: { type: 'plain_text', text: 'A note' },
          submit: { type: 'plain_text', text: 'Save' },
        },
        blocks: [],
      });
      expect((await tom.submitView()).ack.status).toBe('acked');
      await hasForm('tom', words);
    },
  );
});
