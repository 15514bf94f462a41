import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock.ts';
import type { OutboxStore } from '../outbox/store.ts';
import type { Access } from '../vdns/access.ts';
import { mayReceive } from '../vdns/decision.ts';
import type { Settings } from '../vdns/service.ts';

export interface EmptiedParts {
  store: Pick<OutboxStore, 'showing' | 'bump'>;
  clock: Clock;
  wakeOutbox(): void;
  /** Messages that are older stay as they are. */
  withinMs: number;
}

/** Slack takes fifty edits a minute, and others wait for theirs. */
const AT_MOST = 300;

/** When a channel gains or loses the right to show a VDN, its messages are shown anew: full, or empty. */
export function emptyingMessages(settings: Settings, parts: EmptiedParts): Settings {
  const { store, clock, wakeOutbox, withinMs } = parts;

  async function showAnew(teamId: string, vdn: number, before: Access, after: Access): Promise<void> {
    const shown = await store.showing(teamId, vdn, clock.now() - withinMs, AT_MOST);
    const isOther = ({ channelId }: { channelId: string }) =>
      mayReceive(before, channelId) !== mayReceive(after, channelId);
    await store.bump(shown.filter(isOther).map(({ id }) => id));
    wakeOutbox();
  }

  return {
    ...settings,
    async change(who, vdn, seen, patch) {
      const before = patch.access && (await settings.find(who.teamId, vdn));
      const result = await settings.change(who, vdn, seen, patch);
      if (before && result.outcome === 'changed') {
        const { access } = result.settings;
        if (!isDeepStrictEqual(before.access, access)) await showAnew(who.teamId, vdn, before.access, access);
      }
      return result;
    },
  };
}
