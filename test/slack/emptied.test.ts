import { describe, expect, it } from 'vitest';
import { emptyingMessages } from '../../src/slack/emptied.ts';
import { type Access, OPEN_ACCESS } from '../../src/vdns/access.ts';
import type { Settings } from '../../src/vdns/service.ts';
import { unsetSettings } from '../../src/vdns/settings.ts';

const NOW = 1_795_000_000_000;
const kept = { ...unsetSettings({ number: 7, name: null, timeZone: null, country: null }), version: 1 };
const inLeads: Access = {
  ...OPEN_ACCESS,
  see: { kind: 'some', groupIds: [], userIds: [], channelIds: ['CLEADS'] },
};
const who = { teamId: 'T1', actorId: 'U0ANA' };

/** Settings that were `before` and take every change; which messages are edited after it. */
function open(before: Access, outcome: 'changed' | 'moved' = 'changed') {
  const edited: string[] = [];
  const inner: Pick<Settings, 'find' | 'change'> = {
    find: async () => ({ ...kept, access: before }),
    change: async (_who, _vdn, _seen, patch) => ({ outcome, settings: { ...kept, ...patch } }),
  };
  const settings = emptyingMessages(inner as Settings, {
    store: {
      showing: async (_team, _vdn, fromAt) =>
        [
          { id: 'in-leads', channelId: 'CLEADS', at: NOW },
          { id: 'in-support', channelId: 'CSUPPORT', at: NOW },
          { id: 'old', channelId: 'CSUPPORT', at: NOW - 2000 },
        ].filter(({ at }) => at >= fromAt),
      bump: async (ids) => void edited.push(...ids),
    },
    clock: { now: () => NOW },
    wakeOutbox: () => {},
    withinMs: 1000,
  });
  return { settings, edited };
}

describe('messages of a VDN whose rights change', () => {
  it.each([
    ['loses', OPEN_ACCESS, inLeads],
    ['gains', inLeads, OPEN_ACCESS],
  ])(
    'are shown anew in a channel that %s the right, and stay as they are in others',
    async (_, before, access) => {
      const { settings, edited } = open(before);
      expect(await settings.change(who, 7, 1, { access })).toMatchObject({ outcome: 'changed' });
      expect(edited).toEqual(['in-support']);
    },
  );

  it('stay as they are when nothing was changed, or something else', async () => {
    for (const [{ settings, edited }, patch] of [
      [open(OPEN_ACCESS, 'moved'), { access: inLeads }],
      [open(inLeads), { access: inLeads }],
      [open(OPEN_ACCESS), { name: 'Support' }],
      [open(OPEN_ACCESS), { access: { ...OPEN_ACCESS, claim: inLeads.see } }],
    ] as const) {
      await settings.change(who, 7, 1, patch);
      expect(edited).toEqual([]);
    }
  });
});
