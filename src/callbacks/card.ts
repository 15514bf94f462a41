import type { CallerFigures } from '../calls/call-list.ts';
import type { CallerDisplay, CallerSource } from '../calls/caller.ts';
import { groupByCaller } from '../calls/grouping.ts';
import { type Vdn, type VdnStore, vdnOf } from '../calls/vdn.ts';
import type { Clock } from '../clock.ts';
import type { Callback, CallbackEvent } from './callback.ts';
import type { LastChange } from './state.ts';
import type { CallbackStore } from './store.ts';
import { openingTomorrow, type RulesOf } from './vdn-rules.ts';

/** All that is known of one callback, read now. */
export interface CallbackCard {
  callback: Callback;
  vdn: Vdn;
  caller: CallerDisplay;
  /** Of the callback's own calls. */
  figures: CallerFigures;
  /** Its history, newest first. */
  events: CallbackEvent[];
  last: LastChange | null;
  /** When "tomorrow at opening" is. */
  openingAt: number;
}

export interface Cards {
  /** The callback, or the one that it was merged into; undefined where it, or every call of it, is no longer kept. */
  find(teamId: string, callbackId: number): Promise<CallbackCard | undefined>;
}

export interface CardParts {
  store: Pick<CallbackStore, 'findAll' | 'callsOf' | 'events' | 'lastChange'>;
  vdns: Pick<VdnStore, 'find'>;
  rulesOf: RulesOf;
  clock: Clock;
  display(source: CallerSource, country: string | null): CallerDisplay;
}

export function createCards({ store, vdns, rulesOf, clock, display }: CardParts): Cards {
  const read = async (teamId: string, id: number) => (await store.findAll(teamId, [id])).get(id);

  return {
    async find(teamId, callbackId) {
      const clicked = await read(teamId, callbackId);
      const callback = clicked?.mergedInto == null ? clicked : await read(teamId, clicked.mergedInto);
      if (!callback) return undefined;
      const [figures] = groupByCaller(await store.callsOf(teamId, callback.id));
      if (!figures) return undefined;
      const vdn = await vdnOf(vdns, callback);
      const { mediaType = null, subMediaType = null } = figures.media[0] ?? {};
      return {
        callback,
        vdn,
        caller: display({ callerNo: figures.callerNo, mediaType, subMediaType }, vdn.country),
        figures,
        events: (await store.events(teamId, callback.id)).reverse(),
        last: await store.lastChange(teamId, callback.id),
        openingAt: openingTomorrow(await rulesOf(teamId, callback.vdn), clock.now()),
      };
    },
  };
}
