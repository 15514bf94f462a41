import { beforeEach, describe, expect, it } from 'vitest';
import { SourceError } from '../../src/calls/source.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './scripted-centre.ts';
import { everything, NINE, type SyncDesk, syncDesk, TEAM, VDN } from './sync-desk.ts';

const DAY_MS = 24 * HOUR_MS;
const OVERLAP_MS = 2 * HOUR_MS;

let desk: SyncDesk;
beforeEach(async () => {
  desk = await syncDesk();
});

/** A due sync at a time, and the begin of the window that it asked for. */
async function dueAt(at: number, neededFromAt = NINE) {
  desk.clock.at = at;
  await desk.due(neededFromAt);
  return desk.windows().at(-1)?.beginAt;
}

describe('the last end', () => {
  it('does not move for a question behind a hole, so that hours offline are made up for', async () => {
    await dueAt(NINE);
    desk.centre.ring('while offline', NINE + 2 * HOUR_MS);
    desk.centre.ring('just now', NINE + 5 * HOUR_MS - MINUTE_MS);
    desk.clock.at = NINE + 5 * HOUR_MS;
    await desk.range(desk.clock.at - 30 * MINUTE_MS);
    expect(await desk.stored()).toEqual(['just now']);

    expect(await dueAt(NINE + 5 * HOUR_MS + MINUTE_MS)).toBeLessThanOrEqual(NINE - OVERLAP_MS);
    expect(await desk.stored()).toEqual(['just now', 'while offline']);
  });

  it('moves for a question that leaves no hole', async () => {
    await dueAt(NINE);
    desk.clock.at = NINE + 40 * MINUTE_MS;
    await desk.range(NINE - OVERLAP_MS, NINE + DAY_MS);
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBe(NINE + 40 * MINUTE_MS);
    expect(await dueAt(NINE + 50 * MINUTE_MS)).toBe(NINE + 40 * MINUTE_MS - OVERLAP_MS);
  });

  it('stays for a question that begins a second too late, or ends before it', async () => {
    await dueAt(NINE);
    desk.clock.at = NINE + 40 * MINUTE_MS;
    await desk.range(NINE - OVERLAP_MS + SECOND_MS);
    await desk.range(NINE - DAY_MS, NINE - HOUR_MS);
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBe(NINE);
  });

  it('is the frozen end, not the time when the answer was there', async () => {
    desk.centre.beforePage = () => {
      desk.clock.at += 90 * SECOND_MS;
    };
    const report = await desk.due();
    expect(report.endAt).toBe(NINE);
    expect(desk.windows()).toEqual([{ beginAt: NINE - OVERLAP_MS, endAt: NINE }]);
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBe(NINE);
  });

  it('does not move when a page fails; the pages before it are kept', async () => {
    await dueAt(NINE);
    desk.centre.pageSize = 2;
    for (const n of [1, 2, 3]) desk.centre.ring(`call ${n}`, NINE + n * MINUTE_MS);
    desk.centre.beforePage = (n) => {
      if (n === 1) throw new SourceError('unreachable', 'Connection reset');
    };
    desk.clock.at = NINE + 30 * MINUTE_MS;
    await expect(desk.due()).rejects.toThrow(SourceError);
    expect(await desk.stored()).toEqual(['call 3', 'call 2']);
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBe(NINE);

    desk.centre.beforePage = () => {};
    expect(await dueAt(NINE + 50 * MINUTE_MS)).toBe(NINE - OVERLAP_MS);
    expect(await desk.stored()).toEqual(['call 3', 'call 2', 'call 1']);
  });

  it('is known for each VDN by itself', async () => {
    await desk.due();
    expect(await desk.sync.completeUntil(TEAM, 160)).toBeNull();
    expect(await desk.sync.completeUntil('T2', VDN)).toBeNull();
  });

  it('is put right by the next due sync where a clock was wrong', async () => {
    await dueAt(NINE + 30 * DAY_MS);
    expect(await dueAt(NINE)).toBeLessThanOrEqual(NINE - OVERLAP_MS);
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBe(NINE);
  });
});

describe('where there is no last end, or none that matters', () => {
  it('a due sync begins an overlap before what is needed', async () => {
    const begunBefore = NINE - 10 * MINUTE_MS;
    desk.centre.ring('still needed', begunBefore, { waitMs: 11 * MINUTE_MS });
    expect(await dueAt(NINE + 5 * MINUTE_MS)).toBe(NINE - OVERLAP_MS);
    expect(await desk.stored()).toEqual(['still needed']);
  });

  it('a due sync leaves out weeks that nobody needs', async () => {
    await dueAt(NINE);
    const later = NINE + 30 * DAY_MS;
    expect(await dueAt(later + MINUTE_MS, later)).toBe(later - OVERLAP_MS);
    expect(await dueAt(later + 2 * MINUTE_MS, later)).toBe(later + MINUTE_MS - OVERLAP_MS);
  });

  it('a due sync never asks for more than is kept', async () => {
    expect(await dueAt(NINE, NINE - 400 * DAY_MS)).toBe(NINE - 90 * DAY_MS);
    expect(await dueAt(NINE + MINUTE_MS, NINE - 400 * DAY_MS)).toBe(NINE - OVERLAP_MS);
  });

  it('a due sync asks for all that is needed where everything is kept', async () => {
    desk = await syncDesk({ retentionMs: Number.POSITIVE_INFINITY });
    desk.centre.ring('years ago', NINE - 2000 * DAY_MS);
    expect(await dueAt(NINE, NINE - 2000 * DAY_MS)).toBe(NINE - 2000 * DAY_MS - OVERLAP_MS);
    expect(await desk.stored()).toEqual(['years ago']);
    expect(await dueAt(NINE + MINUTE_MS, NINE - 2000 * DAY_MS)).toBe(NINE - OVERLAP_MS);
  });

  it('a due sync reaches back for whoever needs more than those before, once', async () => {
    desk.centre.ring('on Friday', NINE - 60 * HOUR_MS);
    await dueAt(NINE);
    const friday = NINE - 72 * HOUR_MS;
    expect(await dueAt(NINE + MINUTE_MS, friday)).toBe(friday - OVERLAP_MS);
    expect(await desk.stored()).toEqual(['on Friday']);
    expect(await dueAt(NINE + 2 * MINUTE_MS, friday)).toBe(NINE + MINUTE_MS - OVERLAP_MS);
  });

  it('a question about now begins the record, and says how far back it goes', async () => {
    await desk.range(NINE - HOUR_MS);
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBe(NINE);
    expect(await desk.sync.completeUntil(TEAM, VDN, NINE - HOUR_MS)).toBe(NINE);
    expect(await desk.sync.completeUntil(TEAM, VDN, NINE - HOUR_MS - 1)).toBeNull();
    // Whoever needs more still gets it.
    expect(await dueAt(NINE + MINUTE_MS)).toBe(NINE - OVERLAP_MS);
  });

  it('a question about yesterday does not', async () => {
    await desk.range(NINE - 33 * HOUR_MS, NINE - 9 * HOUR_MS);
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBeNull();
  });
});

describe('late rows', () => {
  it('are found by the overlap at once, where they are a little late', async () => {
    desk.centre.ring('late', NINE - MINUTE_MS, { lateMs: 2 * MINUTE_MS });
    await dueAt(NINE);
    expect(await desk.stored()).toEqual([]);
    expect(await dueAt(NINE + 2 * MINUTE_MS)).toBe(NINE - OVERLAP_MS);
    expect(await desk.stored()).toEqual(['late']);
  });

  it('are found by looking back a day, once an hour', async () => {
    await dueAt(NINE);
    const begins: (number | undefined)[] = [];
    for (const minutes of [15, 30, 45, 60, 75]) begins.push(await dueAt(NINE + minutes * MINUTE_MS));
    expect(begins).toEqual([
      NINE - OVERLAP_MS,
      NINE + 15 * MINUTE_MS - OVERLAP_MS,
      NINE + 30 * MINUTE_MS - OVERLAP_MS,
      NINE - DAY_MS,
      NINE + 60 * MINUTE_MS - OVERLAP_MS,
    ]);
  });

  it('are found although the second hourly run came a second early', async () => {
    await dueAt(NINE + SECOND_MS);
    expect(await dueAt(NINE + HOUR_MS)).toBe(NINE + SECOND_MS - DAY_MS);
  });

  it('are found a day later by a daily digest, also where questions have moved the last end', async () => {
    const needed = NINE - OVERLAP_MS;
    await dueAt(NINE, needed);
    desk.centre.ring('very late', NINE - 90 * MINUTE_MS, { lateMs: 8 * HOUR_MS });
    for (let hours = 1; hours < 24; hours++) {
      desk.clock.at = NINE + hours * HOUR_MS;
      await desk.range(desk.clock.at - 4 * HOUR_MS);
    }
    expect(await desk.sync.completeUntil(TEAM, VDN)).toBe(NINE + 23 * HOUR_MS);
    expect(await desk.stored()).toEqual([]);
    await dueAt(NINE + DAY_MS, needed);
    expect(await desk.stored()).toEqual(['very late']);
  });

  it('keep being looked for when looking back has failed', async () => {
    await dueAt(NINE);
    desk.centre.beforePage = () => {
      throw new SourceError('overloaded', 'Too many requests');
    };
    desk.clock.at = NINE + HOUR_MS;
    await expect(desk.due()).rejects.toThrow(SourceError);
    desk.centre.beforePage = () => {};
    expect(await dueAt(NINE + HOUR_MS + MINUTE_MS)).toBe(NINE - DAY_MS);
  });
});

describe('a question', () => {
  it('asks for its range alone, its end left out, in whole seconds', async () => {
    await desk.range(NINE - 2 * HOUR_MS, NINE - HOUR_MS);
    await desk.range(NINE - 90_500, NINE - 30_500);
    expect(desk.windows()).toEqual([
      { beginAt: NINE - 2 * HOUR_MS, endAt: NINE - HOUR_MS - SECOND_MS },
      { beginAt: NINE - 91_000, endAt: NINE - 31_000 },
    ]);
  });

  it('is cut at now', async () => {
    const report = await desk.range(NINE - HOUR_MS, NINE + 15 * HOUR_MS);
    expect(report.endAt).toBe(NINE);
    expect(desk.windows()).toEqual([{ beginAt: NINE - HOUR_MS, endAt: NINE }]);
  });

  it('that reaches to now, but for a second, is read to the now of its turn; any other to its end', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    desk.centre.beforePage = () => gate;
    const before = desk.due(NINE);
    const ends = [NINE, NINE - SECOND_MS, NINE - SECOND_MS - 1];
    const questions = ends.map((toAt, n) => desk.range(NINE - (n + 1) * HOUR_MS, toAt));
    desk.clock.at = NINE + 10 * SECOND_MS;
    open();
    const reports = await Promise.all(questions);
    expect(reports.map(({ endAt }) => endAt)).toEqual([
      NINE + 10 * SECOND_MS,
      NINE + 10 * SECOND_MS,
      NINE - 2 * SECOND_MS,
    ]);
    await before;
  });

  it('about nothing, or what is still to come, asks nobody', async () => {
    const reports = [await desk.range(NINE, NINE), await desk.range(NINE + HOUR_MS, NINE + 2 * HOUR_MS)];
    expect(desk.windows()).toEqual([]);
    expect(reports.map(({ complete, fetched }) => ({ complete, fetched }))).toEqual([
      { complete: true, fetched: 0 },
      { complete: true, fetched: 0 },
    ]);
  });

  it('that fetches a row first leaves it to every subscription: it arrives after their cursors', async () => {
    desk.centre.ring('told', NINE - MINUTE_MS);
    await desk.due();
    const cursor = await desk.calls.maxSeq(TEAM, VDN);
    desk.centre.ring('asked for', NINE + MINUTE_MS);
    desk.clock.at = NINE + 10 * MINUTE_MS;
    expect((await desk.range(NINE)).inserted).toBe(1);
    expect((await desk.due()).inserted).toBe(0);
    const toTell = await desk.calls.inWindow(TEAM, VDN, { ...everything, afterSeq: cursor });
    expect(toTell.map(({ callId }) => callId)).toEqual(['asked for']);
  });
});
