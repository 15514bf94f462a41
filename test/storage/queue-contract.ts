import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { QueueStore } from '../../src/callbacks/queue.ts';
import type { Tell } from '../../src/callbacks/store.ts';
import { createQueueStore } from '../../src/storage/callback-queue.ts';
import { HOUR, MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM } from './callback-desk.ts';

/** Nobody is told of their own claim. */
export const tellNobody: Tell = () => [];

/** What is promised of the queue of callbacks, on every database. `openDatabase`: a new one, migrated. */
export function queueContract(openDatabase: () => Promise<Knex>): void {
  let desk: CallbackDesk;
  let store: QueueStore;
  beforeEach(async () => {
    const knex = await openDatabase();
    desk = callbackDesk(knex);
    store = createQueueStore(knex);
  });
  afterEach(() => desk.knex.destroy());

  /** So many hours before noon. */
  const waits = (who: string, hours: number, vdn = 159) => ({
    callerKey: `num:${who}`,
    waitBeginAt: NOON - hours * HOUR,
    vdn,
  });
  const both = [
    { vdn: 159, overdueUntil: null },
    { vdn: 160, overdueUntil: NOON - 2 * HOUR },
  ];
  const attachBoth = async () => {
    await desk.attach();
    await desk.attach('digest', 160);
  };
  const keys = (callbacks: readonly { callerKey: string }[]) => callbacks.map(({ callerKey }) => callerKey);
  const claimNext = (actorId: string, vdns = both) =>
    store.claimNext({ teamId: TEAM, vdns, actorId, repeatMs: 0 }, NOON, tellNobody);
  const callbackOf = async (who: string) => {
    const [found] = await desk.knex('callbacks').where({ caller_key: `num:${who}` });
    return Number(found.id);
  };

  it('has the overdue first, then who waits longest, a page at a time, and counts all of them', async () => {
    await desk.arrive(waits('1', 5), waits('2', 4), waits('3', 3, 160), waits('4', 1, 160));
    await attachBoth();
    const all = await store.open(TEAM, both, 0, 10);
    expect(keys(all.callbacks)).toEqual(['num:3', 'num:1', 'num:2', 'num:4']);
    expect(all).toMatchObject({ open: 4, overdue: 1 });
    const second = await store.open(TEAM, both, 2, 2);
    expect(keys(second.callbacks)).toEqual(['num:2', 'num:4']);
    expect(second).toMatchObject({ open: 4, overdue: 1 });
  });

  it('shows nothing of other VDNs, of other workspaces, and of none', async () => {
    await desk.arrive(waits('1', 5), waits('3', 3, 160));
    await attachBoth();
    expect(keys((await store.open(TEAM, both.slice(0, 1), 0, 10)).callbacks)).toEqual(['num:1']);
    expect(await store.open('T2', both, 0, 10)).toEqual({ callbacks: [], open: 0, overdue: 0 });
    expect(await store.open(TEAM, [], 0, 10)).toEqual({ callbacks: [], open: 0, overdue: 0 });
    expect(await store.vdns(TEAM)).toEqual([159, 160]);
    expect(await store.vdns('T2')).toEqual([]);
  });

  it('counts the wait from the first call, also where that is told late or comes from a merge', async () => {
    await desk.arrive(waits('1', 2), waits('2', 3));
    await desk.attach();
    await desk.arrive(waits('1', 4), waits('2', 1));
    await desk.attach();
    expect(keys((await store.open(TEAM, both, 0, 10)).callbacks)).toEqual(['num:1', 'num:2']);

    const first = await callbackOf('2');
    await desk.act('ana', 'claim', first);
    await desk.act('ana', 'done', first);
    desk.clock.time = NOON + HOUR;
    await desk.arrive({ callerKey: 'num:2', waitBeginAt: NOON + 30 * MINUTE });
    await desk.attach();
    const newer = (await desk.callbackIds()).at(-1);
    expect(await desk.act('ana', 'undo', first)).toMatchObject({ outcome: 'merged' });
    const border = [{ vdn: 159, overdueUntil: NOON - 3 * HOUR }];
    expect((await store.open(TEAM, border, 0, 10)).callbacks.map(({ id }) => id)).toContain(newer);
    expect(await store.open(TEAM, border, 0, 10)).toMatchObject({ open: 2, overdue: 2 });
  });

  it("has somebody's claims: what may be called now, then what is to be tried again, in order", async () => {
    await desk.arrive(waits('1', 5), waits('2', 4), waits('3', 3, 160), waits('4', 2));
    await attachBoth();
    for (const who of ['1', '2', '3']) await desk.act('ana', 'claim', await callbackOf(who));
    await desk.act('bo', 'claim', await callbackOf('4'));
    const again = (dueAt: number) => ({ action: 'snooze' as const, dueAt });
    await desk.act('ana', again(NOON + 2 * HOUR), await callbackOf('1'));
    await desk.act('ana', again(NOON + HOUR), await callbackOf('2'));
    const own = await store.claims(TEAM, both, 'ana', 10);
    expect(keys(own.callbacks)).toEqual(['num:3', 'num:2', 'num:1']);
    expect(own).toMatchObject({ claimed: 3, overdue: 1 });
    expect(await store.claims(TEAM, both, 'ana', 1)).toMatchObject({ claimed: 3, callbacks: [{ vdn: 160 }] });
    expect(await store.claims(TEAM, both.slice(1), 'ana', 10)).toMatchObject({ claimed: 1 });
    expect(await store.claims(TEAM, both, 'cy', 10)).toEqual({ callbacks: [], claimed: 0, overdue: 0 });
  });

  it('knows what everybody has on their hands, and has done today', async () => {
    await desk.arrive(...['1', '2', '3', '4', '5'].map((who, n) => waits(who, 5 - n, n === 2 ? 160 : 159)));
    await attachBoth();
    for (const who of ['1', '2', '3']) await desk.act('ana', 'claim', await callbackOf(who));
    for (const who of ['4', '5']) await desk.act('bo', 'claim', await callbackOf(who));
    await desk.act('bo', 'done', await callbackOf('4'));
    desk.clock.time = NOON + HOUR;
    await desk.act('ana', 'done', await callbackOf('2'));
    expect(await store.load(TEAM, both, NOON + 1, 10)).toEqual([
      { ownerId: 'ana', claimed: 2, overdue: 1, done: 1 },
      { ownerId: 'bo', claimed: 1, overdue: 0, done: 0 },
    ]);
    expect(await store.load(TEAM, both, NOON, 10)).toMatchObject([{ done: 1 }, { done: 1 }]);
    expect(await store.load(TEAM, both, NOON, 1)).toMatchObject([{ ownerId: 'ana' }]);
    expect(await store.load(TEAM, both.slice(1), NOON, 10)).toEqual([
      { ownerId: 'ana', claimed: 1, overdue: 1, done: 0 },
    ]);
  });

  it('gives the next one to whoever asks, writes that down, and has no more when all are taken', async () => {
    await desk.arrive(waits('1', 5), waits('3', 3, 160));
    await attachBoth();
    const first = await claimNext('ana');
    expect(first?.callback).toMatchObject({
      callerKey: 'num:3',
      state: 'claimed',
      ownerId: 'ana',
      since: NOON,
    });
    expect((await desk.store.events(TEAM, first?.callback.id ?? 0)).at(-1)).toMatchObject({
      action: 'claim',
      actorId: 'ana',
      before: { state: 'open' },
      after: { state: 'claimed', ownerId: 'ana' },
    });
    expect((await claimNext('bo'))?.callback).toMatchObject({ callerKey: 'num:1', ownerId: 'bo' });
    expect(await claimNext('cy')).toBeUndefined();
    expect(await claimNext('cy', [])).toBeUndefined();
  });

  it('gives whoever clicks twice one, and one more to whoever asks again', async () => {
    await desk.arrive(waits('1', 5), waits('2', 4), waits('3', 3));
    await attachBoth();
    const clicks = (now: number) =>
      store.claimNext({ teamId: TEAM, vdns: both, actorId: 'ana', repeatMs: 5_000 }, now, tellNobody);
    const twice = await Promise.all([clicks(NOON), clicks(NOON)]);
    expect(new Set(twice.map((one) => one?.callback.id)).size).toBe(1);
    expect(twice.map((one) => one?.outcome).sort()).toEqual(['changed', 'repeated']);
    expect((await clicks(NOON + 5_000))?.outcome).toBe('changed');
    expect((await claimNext('ana'))?.outcome).toBe('changed');
    expect(await store.open(TEAM, both, 0, 1)).toMatchObject({ open: 0 });
  });

  it('does not take a claim of another kind for the same click', async () => {
    await desk.arrive(waits('1', 5), waits('2', 4));
    await attachBoth();
    await desk.act('ana', 'claim', await callbackOf('1'));
    const request = { teamId: TEAM, vdns: both, actorId: 'ana', repeatMs: 5_000 };
    expect(await store.claimNext(request, desk.clock.time, tellNobody)).toMatchObject({
      outcome: 'changed',
      callback: { callerKey: 'num:2' },
    });
  });

  it('gives everybody who asks at once another one, each only in VDNs that they may', async () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      // Whoever may claim in 160 alone finds six there, also where all the others were faster.
      waits(String(100 + n), 1 + n / 30, n % 2 === 0 ? 160 : 159),
    );
    await desk.arrive(...many);
    await attachBoth();
    const people = Array.from({ length: 24 }, (_, n) => `p${n}`);
    const got = await Promise.all(
      people.map((person, n) => claimNext(person, n % 4 === 0 ? both.slice(1) : both)),
    );
    const ids = got.map((one) => one?.callback.id);
    expect(new Set(ids).size).toBe(24);
    expect(ids).not.toContain(undefined);
    for (const [n, one] of got.entries()) expect(one?.callback).toMatchObject({ ownerId: `p${n}` });
    expect(got.filter((_, n) => n % 4 === 0).every((one) => one?.callback.vdn === 160)).toBe(true);
    expect(await store.open(TEAM, both, 0, 1)).toMatchObject({ open: 6 });
  });
}
