import { JOINED_CALLS, type JoinedCallsData } from '../callbacks/joined.ts';
import { CALLBACK_NOTICES, type CallbackNoticesData } from '../callbacks/notices.ts';
import type { CallbackStore } from '../callbacks/store.ts';
import { type DigestData, digestKinds, type SourceNoticeData } from '../digests/digest.ts';
import type { OutboxRow } from '../outbox/outbox.ts';
import { ANSWER, type AnswerData } from '../questions/answer.ts';

/** Whose data something is: by what the desk keeps, whatever a button or a form says. */
export interface VdnsOf {
  /** Of none: it is no longer kept. */
  callback(callbackId: number): Promise<number[]>;
  /** Those whose calls a message shows. Throws for a kind that is not known here: nothing is shown that nobody has thought of. */
  row(row: Pick<OutboxRow, 'kind' | 'data'>): Promise<number[]>;
}

export function createVdnsOf(teamId: string, callbacks: Pick<CallbackStore, 'findAll'>): VdnsOf {
  async function ofCallbacks(ids: readonly number[]): Promise<number[]> {
    const found = await callbacks.findAll(teamId, ids);
    return [...new Set([...found.values()].map(({ vdn }) => vdn))];
  }

  return {
    callback: (callbackId) => ofCallbacks([callbackId]),
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
        case CALLBACK_NOTICES:
          return ofCallbacks((data as CallbackNoticesData).entries.map(({ callbackId }) => callbackId));
        // Names a digest to whoever made it, and shows no calls.
        case digestKinds.subscriptionPaused:
          return [];
        default:
          throw new Error(`Whose calls a message of the kind "${kind}" shows is not known`);
      }
    },
  };
}
