import type { Queue } from '../callbacks/queue-service.ts';
import type { CallbackService } from '../callbacks/service.ts';
import type { ReachSource } from '../calls/reached.ts';
import { type MissedCallSource, SourceError } from '../calls/source.ts';
import type { Sync, SyncReport } from '../sync/report.ts';
import type { Metrics } from './metrics.ts';

// The desk's ports as they are, but what goes through them is counted. Whoever is behind them knows nothing of it.

export function watchSync<S extends Sync>(sync: S, metrics: Pick<Metrics, 'synced' | 'brought'>): S {
  async function watched(
    why: 'question' | 'digest',
    of: { teamId: string; vdn: number; signal?: AbortSignal },
    run: () => Promise<SyncReport>,
  ): Promise<SyncReport> {
    const { teamId, vdn, signal } = of;
    const startedAt = performance.now();
    const ended = (result: string) =>
      metrics.synced({ teamId, vdn, why, result, ms: performance.now() - startedAt });
    try {
      const report = await run();
      const { fetched, inserted, malformed, outsideWindow } = report;
      ended(report.complete ? 'complete' : 'incomplete');
      metrics.brought(of, { fetched, new: inserted, unreadable: malformed, 'outside-window': outsideWindow });
      return report;
    } catch (error) {
      ended(resultOf(error, signal));
      throw error;
    }
  }

  return {
    ...sync,
    range: (request) => watched('question', request, () => sync.range(request)),
    due: (request) => watched('digest', request, () => sync.due(request)),
  };
}

export function watchSource<S extends MissedCallSource>(source: S, metrics: Pick<Metrics, 'centreAsked'>): S {
  async function* pages(query: Parameters<S['pages']>[0]) {
    const asked = source.pages(query)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = () => asked.next();
        // Hearing that there are no more is no answer of the contact centre's.
        const page = await timed('queryMissedCalls', metrics, query.signal, next, ({ done }) => !done);
        if (page.done) return;
        yield page.value;
      }
    } finally {
      await asked.return?.();
    }
  }
  return { ...source, pages };
}

export const watchReach = <S extends ReachSource>(source: S, metrics: Pick<Metrics, 'centreAsked'>): S => ({
  ...source,
  reached: (query) => timed('querycalls', metrics, query.signal, () => source.reached(query)),
});

export const watchChanges = <S extends Pick<CallbackService, 'act'>>(
  service: S,
  metrics: Pick<Metrics, 'changed'>,
): S => ({
  ...service,
  async act(request) {
    const result = await service.act(request);
    metrics.changed(request.action, result.outcome);
    return result;
  },
});

export const watchQueue = <S extends Pick<Queue, 'claimNext'>>(
  queue: S,
  metrics: Pick<Metrics, 'changed'>,
): S => ({
  ...queue,
  async claimNext(request) {
    const claimed = await queue.claimNext(request);
    metrics.changed('claim-next', claimed?.outcome ?? 'none-open');
    return claimed;
  },
});

async function timed<T>(
  operation: string,
  metrics: Pick<Metrics, 'centreAsked'>,
  signal: AbortSignal | undefined,
  ask: () => Promise<T>,
  counts: (answer: T) => boolean = () => true,
): Promise<T> {
  const startedAt = performance.now();
  const ended = (result: string) => metrics.centreAsked(operation, result, performance.now() - startedAt);
  try {
    const answer = await ask();
    if (counts(answer)) ended('ok');
    return answer;
  } catch (error) {
    ended(resultOf(error, signal));
    throw error;
  }
}

/** `broken-off`: nobody waits any longer. */
function resultOf(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted) return 'broken-off';
  return error instanceof SourceError ? error.code : 'failed';
}
