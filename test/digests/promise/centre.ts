import type { MissedCallRow } from '../../../src/calls/missed-call.ts';
import { SourceError, type SourcePage, type SourceQuery } from '../../../src/calls/source.ts';
import { type History, type RingingCall, vdnOf, type Weather } from './history.ts';
import { wallText } from './slots.ts';

/** A call as it happened. Times are true, epoch ms. */
export interface RungCall {
  vdn: number;
  callId: string;
  callerNo: string;
  waitBeginAt: number;
  callEndAt: number;
  appearsAt: number;
  /** When a page that showed it had been stored by whoever asked; Infinity: not yet. */
  storedAt: number;
}

/** One query, as the contact centre saw it. */
export interface Answered {
  vdn: number;
  at: number;
  failed: boolean;
  /** Read to its end, and nothing moved meanwhile. */
  steady: boolean;
}

/**
 * The contact centre: calls wait, end, and appear, perhaps late. A query sees of its window (on waitBegin, both ends
 * inclusive) what has appeared at the moment of each page, from the offset on: what appears or leaves meanwhile shifts
 * the pages.
 */
export class Centre {
  readonly calls: RungCall[] = [];
  readonly answered: Answered[] = [];
  weather: Weather = 'up';
  readonly #time: { at: number };
  readonly #manners: History['centre'];

  constructor(time: { at: number }, manners: History['centre']) {
    this.#time = time;
    this.#manners = manners;
  }

  ring(vdn: number, endAt: number, { waitMs, lateMs, caller }: RingingCall): RungCall {
    const callEndAt = Math.floor(endAt / 1000) * 1000;
    const call: RungCall = {
      vdn: vdnOf(vdn),
      callId: `call ${this.calls.length + 1}`,
      callerNo: caller === null ? '' : `1555000${1000 + caller}`,
      waitBeginAt: callEndAt - waitMs,
      callEndAt,
      appearsAt: callEndAt + lateMs,
      storedAt: Number.POSITIVE_INFINITY,
    };
    this.calls.push(call);
    return call;
  }

  async *pages(query: SourceQuery): AsyncGenerator<SourcePage, void, void> {
    const answer: Answered = { vdn: query.vdn, at: this.#time.at, failed: false, steady: false };
    this.answered.push(answer);
    const { pageSize, pageMs } = this.#manners;
    const had = new Set<string>();
    const totals = new Set<number>();
    for (let number = 0, offset = 0; ; number++) {
      query.signal?.throwIfAborted();
      if (this.weather === 'down' || (this.weather === 'breaks' && number > 0)) {
        answer.failed = true;
        throw new SourceError('unreachable', 'The contact centre cannot be reached');
      }
      const { rows: matching, total } = this.#shown(query, number);
      totals.add(total);
      const page = matching.slice(offset, offset + pageSize);
      const fresh = page.filter(({ callId }) => !had.has(callId) && had.add(callId));
      yield {
        total,
        rows: fresh.map((call) => this.#row(call)),
        malformed: 0,
        repeated: page.length - fresh.length,
        listedTwice: page.length - new Set(page).size,
      };
      for (const call of fresh) call.storedAt = Math.min(call.storedAt, this.#time.at);
      this.#time.at += pageMs;
      offset += page.length;
      if (offset >= total || page.length === 0) break;
    }
    answer.steady = totals.size === 1;
  }

  #shown({ vdn, beginAt, endAt }: SourceQuery, number: number): { rows: RungCall[]; total: number } {
    const { order, doubles } = this.#manners;
    const sign = order === 'oldest-first' ? 1 : -1;
    const seen = this.calls
      .filter((call) => call.vdn === vdn && call.appearsAt <= this.#time.at)
      .filter((call) => call.waitBeginAt >= beginAt && call.waitBeginAt <= endAt)
      .sort((a, b) => sign * (a.waitBeginAt - b.waitBeginAt));
    const listed = doubles ? seen.flatMap((call) => [call, call]) : seen;
    // Those that leave come first: all the others move up, and one slips past the border between two pages.
    const rows = this.weather === 'shrinks' ? listed.slice(number) : listed;
    const moved = this.weather === 'restless' ? number % 2 : 0;
    return { rows, total: rows.length + moved };
  }

  #row({ callId, callerNo, waitBeginAt, callEndAt }: RungCall): MissedCallRow {
    const { timeZone } = this.#manners;
    return {
      callId,
      callerNo,
      calleeNo: '31045665',
      waitBegin: wallText(waitBeginAt, timeZone),
      callEnd: wallText(callEndAt, timeZone),
      mediaType: 5,
      subMediaType: null,
    };
  }
}
