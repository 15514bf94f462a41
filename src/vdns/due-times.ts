import type { Callback } from '../callbacks/callback.ts';
import type { Due } from '../callbacks/list-page.ts';
import type { CallbackStore } from '../callbacks/store.ts';
import { addOpenMs } from '../calls/business-hours.ts';
import type { Clock } from '../clock.ts';
import { hoursOf, type VdnSettings } from './settings.ts';

/** When callers are to have been called back by: their VDN's target, counted in its open time from when they first began to wait. */
export interface DueTimes {
  /** By callback, of those that nobody has called back for yet, in VDNs that have a target. */
  of(teamId: string, callbacks: readonly Callback[]): Promise<ReadonlyMap<number, Due>>;
}

export interface DueTimeParts {
  settingsOf(teamId: string, vdn: number): Promise<VdnSettings | undefined>;
  callbacks: Pick<CallbackStore, 'missedSince'>;
  clock: Clock;
}

/** null: the VDN has no target, or does not open any more. */
export function dueAt(missedAt: number, settings: VdnSettings): number | null {
  const { targetMs } = settings;
  return targetMs === null ? null : addOpenMs(hoursOf(settings), missedAt, targetMs);
}

/** Nobody has tried to call back. */
const isWaiting = ({ state, attempts }: Callback) => state !== 'done' && attempts === 0;

/** Reads the settings whenever it is asked: what was changed meanwhile counts. */
export function createDueTimes({ settingsOf, callbacks, clock }: DueTimeParts): DueTimes {
  return {
    async of(teamId, all) {
      const waiting = all.filter(isWaiting);
      const settings = new Map<number, VdnSettings>();
      for (const vdn of new Set(waiting.map((one) => one.vdn))) {
        const found = await settingsOf(teamId, vdn);
        if (found && found.targetMs !== null) settings.set(vdn, found);
      }
      const measured = waiting.filter(({ vdn }) => settings.has(vdn));
      if (measured.length === 0) return new Map();
      const since = await callbacks.missedSince(
        teamId,
        measured.map(({ id }) => id),
      );
      const now = clock.now();
      const dues = new Map<number, Due>();
      for (const { id, vdn, openedAt } of measured) {
        const target = settings.get(vdn);
        const at = target ? dueAt(since.get(id) ?? openedAt, target) : null;
        if (at !== null) dues.set(id, { at, overdue: at <= now });
      }
      return dues;
    },
  };
}
