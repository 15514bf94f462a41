import { describe, expect, it } from 'vitest';
import { createI18n } from '../../src/slack/i18n.ts';
import type { ActionCall, OpenView, ViewCall } from '../../src/slack/interactions.ts';
import { actions, views } from '../../src/slack/listeners.ts';
import { ACTIONS, encodeAction } from '../../src/slack/messages/actions.ts';
import { encodeChangeDigest } from '../../src/slack/messages/change-digest.ts';
import { type Need, refusedBy } from '../../src/slack/needs.ts';
import type { SlackDesk } from '../../src/slack/slack-desk.ts';
import { ASK, ASK_VDN } from '../../src/slack/views/ask.ts';
import { encodeMetadata } from '../../src/slack/views/metadata.ts';
import { NUMBER } from '../../src/slack/views/settings/names.ts';
import { encodeSettings } from '../../src/slack/views/settings/place.ts';
import { OPEN_ACCESS, type Right } from '../../src/vdns/access.ts';
import { anOutboxRow } from './an-outbox-row.ts';
import { OUTBOX_ID, subscription } from './messages/examples.ts';

/** Callback N is of VDN N; the message that was clicked and the digest are of VDN 7. `open`: VDNs in which all have every right. */
function deskWith(open: readonly number[]) {
  const asked: [vdn: number, right: Right | 'administer'][] = [];
  const context = createI18n().forLocale('en');
  const desk = {
    teamId: 'T1',
    contextOf: async () => context,
    contextFor: async () => context,
    rights: {
      judge: async (_: unknown, vdn: number, right: Right | 'administer') => {
        asked.push([vdn, right]);
        return open.includes(vdn) ? 'yes' : 'no';
      },
      may: async () => false,
      which: async (_: unknown, vdns: readonly number[]) => vdns.filter((vdn) => open.includes(vdn)),
      accessOf: async () => ({
        ...OPEN_ACCESS,
        see: { kind: 'some', groupIds: [], userIds: [], channelIds: [] },
      }),
    },
    vdnsOf: { callback: async (id: number) => [id], row: async () => [7] },
    outbox: { byMessage: async () => anOutboxRow({ kind: 'answer' }) },
    subscriptions: { find: async () => subscription({ vdn: 7 }).subscription },
  };
  return { desk: desk as object as SlackDesk, asked };
}

const formOf = (callbackId: number): OpenView => ({
  id: 'V1',
  previousId: null,
  rootId: 'V1',
  name: 'log-result',
  title: 'Call back',
  hash: '1',
  actedAt: '1',
  metadata: encodeMetadata({ callbackId, seen: null, outboxId: null }),
  values: {},
});

/** A form of VDN N's settings, with N entered where a number is asked for. */
const settingsFormOf = (vdn: number): OpenView => ({
  ...formOf(1),
  metadata: encodeSettings({ vdn, seen: 1, subscription: null, first: false }),
  values: {
    [NUMBER]: { [NUMBER]: { type: 'number_input', value: String(vdn) } },
    [ASK_VDN]: { [ASK_VDN]: { type: 'plain_text_input', value: String(vdn) } },
  },
});

/** Those whose VDN is known before they do anything. */
const rightsOf = <Call>(listeners: readonly { name: string; needs: Need<Call> }[]) =>
  listeners.flatMap(({ name, needs }) => ('right' in needs ? [{ name, needs }] : []));

const schedule = { every: { minutes: 60 }, weekdays: false, hours: null, allClear: false } as const;

const click = (name: string, more: Partial<ActionCall> = {}): ActionCall => ({
  teamId: 'T1',
  triggerId: 't',
  view: null,
  inHome: false,
  channelId: 'C1',
  userId: 'U0LI',
  messageTs: '1.2',
  ephemeral: false,
  value:
    name === ACTIONS.changeDigest
      ? encodeChangeDigest({ subscriptionNumber: 1, schedule })
      : encodeAction({ page: 0, callbackId: 7, outboxId: OUTBOX_ID }),
  reply: {
    privately: async () => {},
    toChannel: async () => {},
    replace: async () => {},
    replaceForNow: async () => true,
  },
  ...more,
});

describe('what a click needs', () => {
  it.each(rightsOf<ActionCall>(actions))(
    'is the right of $name in the VDN that it is of',
    async ({ name, needs }) => {
      const closed = deskWith([]);
      const refusal = await refusedBy(needs, click(name), closed.desk);
      expect(refusal?.text).toContain('VDN 7');
      expect(closed.asked).toEqual([[7, needs.right]]);
      expect(await refusedBy(needs, click(name), deskWith([7]).desk)).toBeUndefined();
    },
  );

  it('is the right in both where a form and a button in it name two callbacks', async () => {
    const claim = actions.find(({ name }) => name === ACTIONS.claim);
    if (!claim) throw new Error('Nobody can claim');
    const value = encodeAction({ page: 0, callbackId: 8, outboxId: null });
    const call = click(ACTIONS.claim, { view: formOf(7), channelId: null, value });
    for (const open of [[7], [8], []])
      expect(await refusedBy(claim.needs, call, deskWith(open).desk)).toBeDefined();
    expect(await refusedBy(claim.needs, call, deskWith([7, 8]).desk)).toBeUndefined();
  });
});

describe('what a submitted form needs', () => {
  it.each(rightsOf<ViewCall>(views))(
    'is the right of $name in the VDN that it is of',
    async ({ name, needs }) => {
      const view = name.startsWith('settings') || name === ASK ? settingsFormOf(9) : formOf(9);
      const call = { teamId: 'T1', userId: 'U0LI', view };
      const closed = deskWith([7, 8]);
      expect((await refusedBy(needs, call, closed.desk))?.text).toContain('VDN 9');
      expect(closed.asked).toEqual([[9, needs.right]]);
      expect(await refusedBy(needs, call, deskWith([9]).desk)).toBeUndefined();
    },
  );
});
