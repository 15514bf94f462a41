import { JOINED_CALLS, type JoinedCallsData } from '../callbacks/joined.ts';
import { CALLBACK_NOTICES, type CallbackNoticesData } from '../callbacks/notices.ts';
import type { CallbackStore } from '../callbacks/store.ts';
import {
  type DigestData,
  digestKinds,
  type SourceNoticeData,
  type SubscriptionNewsData,
} from '../digests/digest.ts';
import type { OutboxRow } from '../outbox/outbox.ts';
import { ANSWER, type AnswerData } from '../questions/answer.ts';
import { VDN_REMOVED, type VdnRemovedData } from '../vdns/removed.ts';
import { shareInFlight } from '../work/in-flight.ts';
import { UnknownKind } from './unknown-kind.ts';

/** Whose data something is: by what the desk keeps, whatever a button or a form says. */
export interface VdnsOf {
  /** Of none: it is no longer kept. */
  callback(callbackId: number): Promise<number[]>;
  /** Those whose calls a message shows. Throws for a kind that is not known here: nothing is shown that nobody has thought of. */
  row(row: Pick<OutboxRow, 'kind' | 'data'>): Promise<number[]>;
}

/** A callback stays in its VDN: a click need not wait for what was read for the last one. */
const REMEMBERED = 10_000;

export function createVdnsOf(teamId: string, callbacks: Pick<CallbackStore, 'findAll'>): VdnsOf {
  const known = new Map<number, number[]>();

  const ofCallback = shareInFlight(async (id: number): Promise<number[]> => {
    const remembered = known.get(id);
    if (remembered) return remembered;
    const found = await ofCallbacks([id]);
    if (known.size >= REMEMBERED) known.clear();
    if (found.length > 0) known.set(id, found);
    return found;
  });

  async function ofCallbacks(ids: readonly number[]): Promise<number[]> {
    const found = await callbacks.findAll(teamId, ids);
    return [...new Set([...found.values()].map(({ vdn }) => vdn))];
  }

  return {
    callback: ofCallback,
    async row({ kind, data }) {
      // What the desk wrote itself, as JSON, in these shapes.
      switch (kind) {
        case ANSWER:
          return [(data as AnswerData).vdn.number];
        case digestKinds.digest:
          return [(data as DigestData).vdn.number];
        case digestKinds.sourceDown:
        case digestKinds.sourceBack:
          return [(data as SourceNoticeData).vdn.number];
        case JOINED_CALLS:
          return [(data as JoinedCallsData).vdn.number];
        case VDN_REMOVED:
          return [(data as VdnRemovedData).vdn.number];
        case CALLBACK_NOTICES:
          return ofCallbacks((data as CallbackNoticesData).entries.map(({ callbackId }) => callbackId));
        case digestKinds.subscriptionNews:
          return [(data as SubscriptionNewsData).vdn.number];
        // Names a digest to whoever made it, and shows no calls.
        case digestKinds.subscriptionPaused:
          return [];
        default:
          throw new UnknownKind(kind);
      }
    },
  };
}
