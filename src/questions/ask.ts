import type { CallList, CallWindow } from '../calls/call-list.ts';
import type { CallFilter } from '../calls/filter.ts';
import { SourceError } from '../calls/source.ts';
import type { Log } from '../log.ts';
import type { SyncReport } from '../sync/report.ts';
import type { DeskSync } from '../sync/sync.ts';
import type { AnswerFailed, AnswerReady } from './answer.ts';
import { beginPatience } from './patience.ts';

/** A question that is understood: which VDN, from when to when (epoch ms, half-open), and what to leave out. */
export interface AskRequest {
  teamId: string;
  vdn: number;
  fromAt: number;
  toAt: number;
  filter: CallFilter;
}

/** What asking needs of the other parts. */
export interface AskPorts {
  sync: Pick<DeskSync, 'range' | 'completeUntil'>;
  callbacks: { attachNew(request: { teamId: string; vdn: number; openedBy: 'question' }): Promise<unknown> };
  calls: { maxSeq(teamId: string, vdn: number): Promise<number> };
  lists: {
    create(request: {
      teamId: string;
      vdn: number;
      window: CallWindow;
      filter: CallFilter;
    }): Promise<CallList>;
  };
  log: Log;
  /** How long somebody waits for the contact centre's next page before the desk answers from its own record; 20 s. */
  patienceMs?: number;
  /** How long somebody waits in all, while pages come; 2 min. */
  longestMs?: number;
  /** Aborted when the desk cannot wait any longer: whoever waits then is answered from the record, too. */
  hurry?: AbortSignal;
}

export type Ask = (request: AskRequest) => Promise<AnswerReady | AnswerFailed>;

/** Answers from a fresh sync; from what is stored when the contact centre gives no answer. Throws only what is nobody's doing (the database). */
export function createAsk(ports: AskPorts): Ask {
  const { sync, callbacks, calls, lists, log, hurry } = ports;
  const { patienceMs = 20_000, longestMs = 120_000 } = ports;

  async function fresh(request: AskRequest): Promise<SyncReport | SourceError> {
    using patience = beginPatience({ silenceMs: patienceMs, longestMs, hurry });
    const { signal, heard: onPage } = patience;
    try {
      const { teamId, vdn, fromAt, toAt } = request;
      return await sync.range({ teamId, vdn, fromAt, toAt, signal, onPage });
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      log.warn(
        { err: error, vdn: request.vdn, code: error.code },
        'The contact centre did not answer a question',
      );
      return error;
    }
  }

  return async (request) => {
    const { teamId, vdn, fromAt, toAt, filter } = request;
    const report = await fresh(request);
    // In this order: a call that another sync brings meanwhile is not in the list, rather than in it without its callback.
    const uptoSeq = await calls.maxSeq(teamId, vdn);
    await callbacks.attachNew({ teamId, vdn, openedBy: 'question' });
    const window = { afterSeq: 0, uptoSeq, waitFromAt: fromAt, waitToAt: toAt, endFromAt: null };
    const list = await lists.create({ teamId, vdn, window, filter });
    if (!(report instanceof SourceError)) {
      const { malformed, complete } = report;
      return { state: 'ready', listId: list.id, stale: null, malformed, complete };
    }
    const asOfAt = await sync.completeUntil(teamId, vdn, fromAt);
    // "No missed calls" would be a claim that nobody can make: the desk knows nothing of this range.
    if (list.rowCount === 0 && (asOfAt === null || asOfAt <= fromAt)) {
      return { state: 'failed', code: report.code, facts: report.facts };
    }
    return {
      state: 'ready',
      listId: list.id,
      stale: { code: report.code, asOfAt },
      malformed: 0,
      complete: true,
    };
  };
}
