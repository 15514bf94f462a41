import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallList } from '../../src/calls/call-list.ts';
import { SourceError } from '../../src/calls/source.ts';
import { silentLog } from '../../src/log.ts';
import { type AskPorts, createAsk } from '../../src/questions/ask.ts';
import type { SyncReport } from '../../src/sync/report.ts';

const request = { teamId: 'T1', vdn: 159, fromAt: 1000, toAt: 2000, filter: {} };
const report: SyncReport = {
  complete: true,
  endAt: 2000,
  fetched: 3,
  inserted: 3,
  malformed: 0,
  outsideWindow: 0,
};
const down = new SourceError('overloaded', 'HTTP 503', { facts: { status: 503 } });

/** Ports that write down what is done in which order. */
function ports(options: { range?: () => Promise<SyncReport>; rows?: number; asOfAt?: number | null }) {
  const done: string[] = [];
  const parts: AskPorts = {
    sync: {
      range: async () => {
        done.push('sync');
        return options.range ? options.range() : report;
      },
      completeUntil: async () => options.asOfAt ?? null,
    },
    callbacks: {
      attachNew: async () => {
        done.push('attach');
      },
    },
    calls: {
      maxSeq: async () => {
        done.push('max seq');
        return 7;
      },
    },
    lists: {
      create: async ({ window }) => {
        done.push(`list up to ${window.uptoSeq}`);
        return { id: 'L', rowCount: options.rows ?? 3 } as CallList;
      },
    },
    log: silentLog,
  };
  return { parts, done };
}

describe('asking', () => {
  it('answers from a fresh sync, with every listed call attached', async () => {
    const { parts, done } = ports({});
    expect(await createAsk(parts)(request)).toEqual({
      state: 'ready',
      listId: 'L',
      stale: null,
      malformed: 0,
      complete: true,
    });
    // What another sync brings after "max seq" is not in the list; what is in it has been attached.
    expect(done).toEqual(['sync', 'max seq', 'attach', 'list up to 7']);
  });

  it('passes on that rows were skipped and pages moved', async () => {
    const { parts } = ports({ range: async () => ({ ...report, malformed: 2, complete: false }) });
    expect(await createAsk(parts)(request)).toMatchObject({ malformed: 2, complete: false });
  });

  it('answers from the record when the contact centre is down, and says as of when', async () => {
    const { parts } = ports({ range: () => Promise.reject(down), asOfAt: 1500 });
    expect(await createAsk(parts)(request)).toMatchObject({
      state: 'ready',
      stale: { code: 'overloaded', asOfAt: 1500 },
    });
  });

  it('shows what it has even where it does not know until when that is complete', async () => {
    const { parts } = ports({ range: () => Promise.reject(down), asOfAt: null, rows: 1 });
    expect(await createAsk(parts)(request)).toMatchObject({ state: 'ready', stale: { asOfAt: null } });
  });

  it('does not call an unknown range empty', async () => {
    for (const asOfAt of [null, 1000]) {
      const { parts } = ports({ range: () => Promise.reject(down), asOfAt, rows: 0 });
      expect(await createAsk(parts)(request)).toEqual({
        state: 'failed',
        code: 'overloaded',
        facts: { status: 503 },
      });
    }
  });

  it('does not take a failure of its own for one of the contact centre', async () => {
    const { parts } = ports({ range: () => Promise.reject(new TypeError('a mistake')) });
    await expect(createAsk(parts)(request)).rejects.toThrow('a mistake');
  });
});

describe('how long a question waits', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A contact centre that never gets to the end; `page` lets a page come. */
  function endless(options: { asOfAt?: number } = {}) {
    const { parts } = ports(options);
    const asked: { page: () => void; end: (all: SyncReport) => void; signal?: AbortSignal } = {
      page() {},
      end() {},
    };
    parts.sync.range = ({ onPage = () => {}, signal }) => {
      const { promise, resolve, reject } = Promise.withResolvers<SyncReport>();
      const leave = () => reject(signal?.reason);
      if (signal?.aborted) leave();
      signal?.addEventListener('abort', leave);
      Object.assign(asked, { page: onPage, end: resolve, signal });
      return promise;
    };
    return { parts, asked };
  }
  const patience = { patienceMs: 1000, longestMs: 10_000 };

  it('is no longer than people do, where nothing comes; and then the contact centre is asked no more', async () => {
    const { parts, asked } = endless({ asOfAt: 1500 });
    const answer = createAsk({ ...parts, ...patience })(request);
    await vi.advanceTimersByTimeAsync(999);
    expect(asked.signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.signal?.aborted).toBe(true);
    expect(await answer).toMatchObject({ state: 'ready', stale: { code: 'unreachable', asOfAt: 1500 } });
  });

  it('begins anew with every page', async () => {
    const { parts, asked } = endless();
    const answer = createAsk({ ...parts, ...patience })(request);
    for (let page = 0; page < 5; page++) {
      await vi.advanceTimersByTimeAsync(900);
      asked.page();
    }
    await vi.advanceTimersByTimeAsync(900);
    asked.end(report);
    expect(await answer).toMatchObject({ state: 'ready', stale: null });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has an end though pages keep coming: that it is slow is then a fact of the answer', async () => {
    const { parts, asked } = endless();
    parts.lists.create = async () => ({ id: 'L', rowCount: 0 }) as CallList;
    const answer = createAsk({ ...parts, ...patience })(request);
    for (let page = 0; page < 11; page++) {
      asked.page();
      await vi.advanceTimersByTimeAsync(909);
    }
    expect(asked.signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual({ state: 'failed', code: 'unreachable', facts: { slow: true } });
  });

  it('is over when the desk is stopped, also for who asks then', async () => {
    const hurry = new AbortController();
    const { parts, asked } = endless({ asOfAt: 1500 });
    const ask = createAsk({ ...parts, ...patience, hurry: hurry.signal });
    const stale = { state: 'ready', stale: { code: 'unreachable', asOfAt: 1500 } };
    const answer = ask(request);
    hurry.abort();
    expect(asked.signal?.aborted).toBe(true);
    expect(await answer).toMatchObject(stale);
    expect(await ask(request)).toMatchObject(stale);
    expect(vi.getTimerCount()).toBe(0);
  });
});
