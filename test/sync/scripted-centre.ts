import type { MissedCallRow } from '../../src/calls/missed-call.ts';
import type { MissedCallSource, SourcePage, SourceQuery } from '../../src/calls/source.ts';
import { wallTimeAt } from '../../src/calls/wall-time.ts';
import type { Clock } from '../../src/clock.ts';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;

/** A contact centre whose rows, pages and mishaps the test writes. It answers newest first, as of the moment of each page. */
export class ScriptedCentre implements MissedCallSource {
  readonly #clock: Clock;
  readonly #calls: { vdn: number; row: MissedCallRow; waitBeginAt: number; appearsAt: number }[] = [];
  readonly asked: SourceQuery[] = [];
  pageSize = 5000;
  /** Of its answers. */
  timeZone = 'UTC';
  /** Rows of each page that cannot be read. */
  malformed = 0;
  /** By how many its total is more than what it lists. */
  overcount = 0;
  /** Every page is the first one again. */
  ignoresOffset = false;
  /** Runs before each page; n counts the pages of one query from 0. May throw. It is not waited for once the query is aborted. */
  beforePage: (n: number) => void | Promise<void> = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A call that nobody answers. It appears when it has ended, or so much later. */
  ring(
    callId: string,
    waitBeginAt: number,
    { vdn = 159, waitMs = 20 * SECOND_MS, lateMs = 0, callerNo = '13800138000' } = {},
  ): void {
    const shown = (at: number) =>
      new Date(wallTimeAt(at, this.timeZone)).toISOString().slice(0, 19).replace('T', ' ');
    const row: MissedCallRow = {
      callId,
      callerNo,
      calleeNo: '31045665',
      waitBegin: shown(waitBeginAt),
      callEnd: shown(waitBeginAt + waitMs),
      mediaType: 5,
      subMediaType: null,
    };
    this.#calls.push({ vdn, row, waitBeginAt, appearsAt: waitBeginAt + waitMs + lateMs });
  }

  forget(callId: string): void {
    this.#calls.splice(
      this.#calls.findIndex(({ row }) => row.callId === callId),
      1,
    );
  }

  /** What has appeared until now. */
  appeared(vdn = 159): string[] {
    return this.#seen({ vdn, beginAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY }).map(
      ({ callId }) => callId,
    );
  }

  async *pages(query: SourceQuery): AsyncGenerator<SourcePage> {
    this.asked.push(query);
    const had = new Set<string>();
    for (let n = 0; ; n++) {
      await orAborted(this.beforePage(n), query.signal);
      const matching = this.#seen(query);
      const offset = this.ignoresOffset ? 0 : n * this.pageSize;
      const page = matching.slice(offset, offset + this.pageSize);
      const rows = page.filter(({ callId }) => !had.has(callId) && had.add(callId));
      yield {
        total: matching.length + this.malformed + this.overcount,
        rows,
        malformed: n === 0 ? this.malformed : 0,
        repeated: page.length - rows.length,
        listedTwice: page.length - new Set(page.map(({ callId }) => callId)).size,
      };
      if ((n + 1) * this.pageSize >= matching.length) return;
    }
  }

  #seen({ vdn, beginAt, endAt }: SourceQuery): MissedCallRow[] {
    const now = this.#clock.now();
    return this.#calls
      .filter((call) => call.vdn === vdn && call.appearsAt <= now)
      .filter((call) => call.waitBeginAt >= beginAt && call.waitBeginAt <= endAt)
      .sort((a, b) => b.waitBeginAt - a.waitBeginAt)
      .map(({ row }) => row);
  }
}

async function orAborted(work: void | Promise<void>, signal?: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  signal?.addEventListener('abort', () => aborted.reject(signal.reason));
  await Promise.race([work, aborted.promise]);
  signal?.throwIfAborted();
}
