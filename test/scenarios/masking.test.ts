import { describe, expect } from 'vitest';
import type { AuditEntry } from '../../src/audit.ts';
import { createAuditStore } from '../../src/storage/audit-store.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createWorkspaceStore } from '../../src/storage/workspace-store.ts';
import type { Masking } from '../../src/vdns/workspace.ts';
import { LI, only, restrict, TOM } from './rights-scene.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, modes, type Scene, SUPPORT } from './scene.ts';

const WHOLE = '+44 20 7946 0101';
const MASKED = '+44 20 •••• 0101';
const FORM = 'What came of it?';

/** Everything that was sent there, as it was sent. */
const sentTo = ({ slack }: Scene, who: string, channel: string) =>
  JSON.stringify(slack.as(who).messages(channel));

/** What is on record, in the desk's own database. */
async function recorded(databaseUrl: string, teamId: string): Promise<Partial<AuditEntry>[]> {
  const knex = await openDatabase(databaseUrl);
  try {
    return await createAuditStore(knex).read(teamId, { fromAt: 0, toAt: 1e15, afterId: 0, limit: 100 });
  } finally {
    await knex.destroy();
  }
}

/** Masks the workspace's numbers, as the settings do. */
async function mask({ config, slack }: Pick<Scene, 'config' | 'slack'>, masking: Masking): Promise<void> {
  const knex = await openDatabase(config.databaseUrl);
  const workspaces = createWorkspaceStore(knex);
  await workspaces.change(slack.teamId, { ...(await workspaces.find(slack.teamId)), masking });
  await knex.destroy();
}

describe.each(modes)('where numbers are masked in channels, over %s', { concurrent: true }, (mode) => {
  it('a digest shows none, and whoever may see one is shown it alone, which is written down', async ({
    openScene,
    databaseUrl,
  }) => {
    const config = { vdns: [SUPPORT], databaseUrl };
    const scene = await openScene(mode, { config });
    await mask(scene, 'channels');
    const { asks, clock, hasForm, misses, presses, read, sees, slack } = scene;
    await restrict(scene, 7, { claim: only({ userIds: [TOM] }) });
    const tom = slack.as('tom');
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN);
    clock.advanceTo(MONDAY + 10 * HOUR);
    const digest = await sees('tom', '#support', MASKED);
    expect(read(digest)).toContain('[Claim] [Reveal]');

    await presses('li', digest, 'Reveal');
    await sees('li', '#support', '只有 Tom Baker 可以认领 Support (VDN 7) 的回拨');
    expect(await recorded(databaseUrl, slack.teamId)).toEqual([]);

    await presses('tom', digest, 'Reveal');
    expect(await hasForm('tom', WHOLE)).toContain('It is on record that you looked.');
    expect(await recorded(databaseUrl, slack.teamId)).toEqual([
      {
        id: expect.anything(),
        teamId: slack.teamId,
        at: expect.any(Number),
        actorId: tom.id,
        action: 'reveal',
        vdn: 7,
        callbackId: 1,
        detail: {},
      },
    ]);
    for (const who of ['ana', 'li', 'tom'])
      expect(sentTo(scene, who, '#support')).not.toMatch(/7946.{0,3}0101|79460101/);
  });

  it('an answer shows none there, nor whom it was asked about; in private it does', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene(mode, { config: { vdns: [SUPPORT], databaseUrl } });
    await mask(scene, 'channels');
    const { asks, hasForm, misses, presses, becomes, read } = scene;
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today caller 2079460101');
    // Digits of the caller as the contact centre has them are no part of the number without its country.
    expect(read(answer)).toContain('caller ••••');
    const found = await asks('tom', '#support', 'today caller *79460101');
    expect(read(found)).toContain(MASKED);
    expect(sentTo(scene, 'ana', '#support')).not.toContain('79460101');
    expect(read(await asks('tom', '#support', 'today private'))).toContain(WHOLE);
    expect(read(await asks('tom', '@app', 'today'))).toContain(WHOLE);

    await presses('tom', found, 'Claim');
    const mine = await becomes('tom', found, 'Claimed by @Tom Baker');
    await presses('tom', mine, 'Log result');
    expect(await hasForm('tom', FORM)).toContain(WHOLE);
  });
});

describe.each(modes)(
  'where numbers are masked in channels, whoever may only see, over %s',
  { concurrent: true },
  (mode) => {
    it('reads none alone either: no private answer, direct message, form or Home is a way around Reveal', async ({
      openScene,
      databaseUrl,
    }) => {
      const scene = await openScene(mode, { config: { vdns: [SUPPORT], databaseUrl } });
      await mask(scene, 'channels');
      await restrict(scene, 7, { claim: only({ userIds: [TOM] }) });
      const { asks, becomes, clock, hasForm, hasHome, misses, opensHome, presses, read, submits, slack } =
        scene;
      misses(MR_GREEN);
      const answer = await asks('tom', '#support', 'today');
      await presses('tom', answer, 'Claim');
      await presses('tom', await becomes('tom', answer, 'Claimed by @Tom Baker'), 'Log result');
      expect(await hasForm('tom', FORM)).toContain(WHOLE);
      await submits('tom');
      const done = await becomes('tom', answer, '✓ Reached by @Tom Baker');

      await presses('li', done, 'History');
      const history = await hasForm('li', '•••• 0101');
      expect(history).not.toContain('7946');
      for (const channel of ['#support', '@app'])
        expect(
          read(await asks('li', channel, channel === '@app' ? 'today' : 'today private'), 'li'),
        ).toContain(MASKED);
      clock.advance(2 * MINUTE);
      misses(MR_GREEN);
      await asks('tom', '#support', 'today');
      await opensHome('li');
      expect(await hasHome('li', MASKED)).not.toContain('7946');
      expect(sentTo(scene, 'li', '#support') + sentTo(scene, 'li', '@app')).not.toContain('7946');
      expect(await recorded(databaseUrl, slack.teamId)).toEqual([]);
      await opensHome('tom');
      await hasHome('tom', WHOLE);
    });
  },
);

describe.each(modes)('where numbers are always masked, over %s', { concurrent: true }, (mode) => {
  it('private answers, direct messages and forms show none; the form reveals it over itself', async ({
    openScene,
    databaseUrl,
  }) => {
    const config = { vdns: [SUPPORT], databaseUrl };
    const scene = await openScene(mode, { config });
    await mask(scene, 'always');
    const { asks, becomes, clock, hasForm, misses, presses, pressesInForm, read, sees, slack } = scene;
    misses(MR_GREEN);
    const mine = await asks('tom', '#support', 'today private');
    expect(read(mine)).toContain(MASKED);
    await presses('tom', mine, 'Claim');
    const claimed = await becomes('tom', mine, 'Claimed by @Tom Baker');
    await presses('tom', claimed, 'Log result');
    const form = await hasForm('tom', FORM);
    expect(form).toContain(MASKED);
    expect(form).not.toContain('7946');
    await pressesInForm('tom', 'Reveal');
    expect(await hasForm('tom', WHOLE)).toContain('It is on record that you looked.');
    expect(slack.as('tom').views).toHaveLength(2);

    clock.advance(2 * MINUTE);
    misses(MR_GREEN);
    await asks('ana', '#support', 'today');
    expect(read(await sees('tom', '@app', 'Called again'))).toContain(MASKED);
    expect(sentTo(scene, 'tom', '@app') + sentTo(scene, 'tom', '#support')).not.toContain('7946');
    expect(await recorded(databaseUrl, slack.teamId)).toHaveLength(1);
  });

  it('whoever may not see a number is told so over the form', async ({ openScene, databaseUrl }) => {
    const scene = await openScene(mode, { config: { vdns: [SUPPORT], databaseUrl } });
    await mask(scene, 'always');
    const { asks, becomes, hasForm, misses, presses, pressesInForm } = scene;
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    await presses('tom', await becomes('tom', answer, 'Claimed by'), 'Log result');
    await hasForm('tom', FORM);
    await restrict(scene, 7, { claim: only({ userIds: [LI] }) });
    await pressesInForm('tom', 'Reveal');
    await hasForm('tom', 'Only Li Wei may claim callbacks of Support (VDN 7)');
  });
});

describe('where a channel is shared with another organisation', () => {
  it('nothing is revealed there', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('socket', { config: { vdns: [SUPPORT], databaseUrl } });
    await mask(scene, 'channels');
    const { asks, misses, presses, sees, slack } = scene;
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    const { channels } = slack.workspace;
    channels.set('C0SUPPORT', { ...slack.workspace.channel('#support'), shared: true });
    await slack.emit({ type: 'channel_shared', channel: 'C0SUPPORT', connected_team_id: 'T0OTHER01' });
    await presses('tom', answer, 'Reveal');
    await sees('tom', '#support', 'shared with another organisation');
    expect(sentTo(scene, 'tom', '#support')).not.toContain('7946');
  });
});
