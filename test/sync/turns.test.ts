import { beforeEach, describe, expect, it } from 'vitest';
import { SourceError, type SourceErrorCode } from '../../src/calls/source.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './scripted-centre.ts';
import { NINE, type SyncDesk, syncDesk, TEAM, VDN } from './sync-desk.ts';

let desk: SyncDesk;
/** The first query is held until it is told to go on, or how to fail. */
let first: { asked: Promise<void>; goOn(): void; fail(error: Error): void };

beforeEach(async () => {
  desk = await syncDesk();
  const asked = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  desk.centre.beforePage = (n) => {
    if (n > 0 || desk.centre.asked.length > 1) return;
    asked.resolve();
    return end.promise;
  };
  first = { asked: asked.promise, goOn: end.resolve, fail: end.reject };
});

const MIDNIGHT = NINE - 9 * HOUR_MS;
const YESTERDAY = [MIDNIGHT - 24 * HOUR_MS, MIDNIGHT] as const;
const today = (signal?: AbortSignal, onPage = () => {}) =>
  desk.sync.range({
    ...{ teamId: TEAM, vdn: VDN, fromAt: MIDNIGHT, toAt: desk.clock.at, onPage },
    ...(signal ? { signal } : {}),
  });
const asked = () => desk.windows().map(({ beginAt }) => beginAt);

describe('questions that wait for their turn', () => {
  it('are one where they ask for "today", some seconds apart', async () => {
    const due = desk.due();
    await first.asked;
    const questions = [today()];
    desk.clock.at += 7_300;
    questions.push(today());
    desk.clock.at += 7_300;
    first.goOn();
    const reports = await Promise.all(questions);
    expect(desk.windows().slice(1)).toEqual([{ beginAt: MIDNIGHT, endAt: NINE + 14 * SECOND_MS }]);
    expect(reports[1]).toBe(reports[0]);
    await due;
  });

  it('do not hold up who comes behind once they are abandoned, waiting or not', async () => {
    const [asker, another] = [new AbortController(), new AbortController()];
    const questions = Promise.allSettled([today(asker.signal), desk.range(...YESTERDAY), desk.due()]);
    await first.asked;
    const waiting = Promise.allSettled([today(another.signal)]);
    another.abort(new Error('Gone'));
    expect(await waiting).toMatchObject([{ status: 'rejected' }]);
    // Nobody lets the first query go on: it is called off.
    asker.abort(new Error('Gone'));
    expect((await questions).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(asked()).toEqual([MIDNIGHT, YESTERDAY[0], NINE - 2 * HOUR_MS]);
  });

  it('hear of the pages of the syncs before them: the contact centre is alive', async () => {
    desk.centre.pageSize = 1;
    for (let n = 1; n <= 3; n++) desk.centre.ring(`call ${n}`, NINE - n * MINUTE_MS);
    const due = desk.due();
    await first.asked;
    const enough = new AbortController();
    let came = 0;
    const question = today(enough.signal, () => {
      if (++came === 3) enough.abort(new Error('Gone'));
    });
    first.goOn();
    await expect(question).rejects.toThrow('Gone');
    expect(await due).toMatchObject({ fetched: 3 });
    expect(came).toBe(3);
  });

  it('hear of no other VDN', async () => {
    let came = 0;
    const question = today(undefined, () => void came++);
    await first.asked;
    await desk.due(NINE, 160);
    expect(came).toBe(0);
    first.goOn();
    await question;
    expect(came).toBe(1);
  });
});

describe('when a sync had no answer', () => {
  const failure = (code: SourceErrorCode) => new SourceError(code, 'Made up');

  /** A question fails while two others and a due sync wait; how they end. */
  async function failWhileOthersWait(error: Error) {
    const all = Promise.allSettled([
      today(),
      desk.range(...YESTERDAY),
      desk.range(MIDNIGHT, NINE - HOUR_MS),
      desk.due(),
    ]);
    await first.asked;
    first.fail(error);
    return (await all).map((end) => (end.status === 'rejected' ? end.reason : 'answered'));
  }

  it('the questions that waited for it fail at once; what is due is tried all the same', async () => {
    const error = failure('unreachable');
    expect(await failWhileOthersWait(error)).toEqual([error, error, error, 'answered']);
    expect(asked()).toEqual([MIDNIGHT, NINE - 2 * HOUR_MS]);
  });

  it('because the query was refused, or for a mistake of our own, the others are tried', async () => {
    const error = failure('refused');
    expect(await failWhileOthersWait(error)).toEqual([error, 'answered', 'answered', 'answered']);
  });

  it('a question that comes later is tried', async () => {
    const failed = today();
    await first.asked;
    first.fail(failure('overloaded'));
    await expect(failed).rejects.toThrow('Made up');
    expect(await today()).toMatchObject({ complete: true });
  });

  it('and one since has had, whoever still waits is tried', async () => {
    const ends = Promise.allSettled([today(), desk.due(), desk.range(...YESTERDAY)]);
    await first.asked;
    first.fail(failure('unreachable'));
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });

  it('because it was abandoned, that says nothing of the contact centre', async () => {
    const asker = new AbortController();
    const ends = Promise.allSettled([today(asker.signal), desk.range(...YESTERDAY)]);
    await first.asked;
    asker.abort(failure('unreachable'));
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
