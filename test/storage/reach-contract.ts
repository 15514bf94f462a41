import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReachStore } from '../../src/callbacks/reach-store.ts';
import type { ReachProof } from '../../src/calls/reached.ts';
import { createReachStore } from '../../src/storage/reach-store.ts';
import { HOUR, MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM } from './callback-desk.ts';

/** What is promised of callers who were reached, on every database. `openDatabase`: a new one, migrated. */
export function reachContract(openDatabase: () => Promise<Knex>): void {
  let desk: CallbackDesk;
  let store: ReachStore;
  let id: number;
  beforeEach(async () => {
    const knex = await openDatabase();
    desk = callbackDesk(knex);
    store = createReachStore(knex);
    await desk.arrive(
      { callEndAt: NOON - 2 * HOUR, callerNo: '0001' },
      { callEndAt: NOON - HOUR, callerNo: '0002' },
    );
    await desk.attach();
    id = (await desk.callbackIds())[0] ?? 0;
  });
  afterEach(() => desk.knex.destroy());

  const proofAt = (at: number, callId = '1-1'): ReachProof => ({
    callId,
    direction: 'outbound',
    at,
    talkMs: 30_000,
  });
  const mark = (proof: ReachProof) => store.markReached({ teamId: TEAM, id }, proof, NOON);

  it('asks of who is not done, since the latest call', async () => {
    expect(await store.unreached(TEAM, [id, id + 1])).toEqual([
      { callback: await desk.callback(id), callerNo: '0002', afterAt: NOON - HOUR },
    ]);
    expect(await store.unreached('T2', [id])).toEqual([]);
    await desk.act('ana', 'claim', id);
    expect(await store.unreached(TEAM, [id])).toMatchObject([{ callback: { state: 'claimed' } }]);
    await desk.act('ana', 'done', id);
    expect(await store.unreached(TEAM, [id])).toEqual([]);
  });

  it('keeps the call that proves it, in the callback and in its history', async () => {
    const proof = proofAt(NOON - 30 * MINUTE);
    expect(await mark(proof)).toEqual(await desk.callback(id));
    expect(await desk.callback(id)).toMatchObject({ state: 'done', ownerId: null, doneAt: proof.at, proof });
    expect((await desk.store.events(TEAM, id)).at(-1)).toMatchObject({
      action: 'reached',
      actorId: null,
      at: NOON,
      before: { state: 'open', proof: null },
      after: { state: 'done', outcome: 'reached', proof },
    });
  });

  it('is decided once, and not of callbacks that are not there', async () => {
    const both = await Promise.all([mark(proofAt(NOON - MINUTE)), mark(proofAt(NOON - MINUTE))]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await store.markReached({ teamId: 'T2', id }, proofAt(NOON - MINUTE), NOON)).toBeUndefined();
  });

  it('proves nothing about somebody who was missed again since', async () => {
    await desk.arrive({ callEndAt: NOON - 10 * MINUTE });
    await desk.attach();
    expect(await mark(proofAt(NOON - 30 * MINUTE))).toBeUndefined();
    expect(await desk.callback(id)).toMatchObject({ state: 'open' });
  });

  it('leaves whoever is missed after that call to be called back, however late it is told', async () => {
    await mark(proofAt(NOON - 30 * MINUTE));
    await desk.arrive({ callEndAt: NOON - 40 * MINUTE }, { callEndAt: NOON - 20 * MINUTE });
    await desk.attach();
    const ids = await desk.callbackIds();
    expect(ids.slice(0, 3)).toEqual([id, id, id]);
    expect(ids[3]).not.toBe(id);
  });

  it('is taken back by anybody, and the same call proves nothing any more, but a later one does', async () => {
    await mark(proofAt(NOON - 30 * MINUTE));
    expect(await desk.act('bo', 'undo', id)).toMatchObject({
      outcome: 'changed',
      callback: { state: 'open', proof: null, doneAt: null },
    });
    expect(await store.unreached(TEAM, [id])).toMatchObject([{ afterAt: NOON - 30 * MINUTE }]);
    expect(await mark(proofAt(NOON - 30 * MINUTE))).toBeUndefined();
    expect(await mark(proofAt(NOON - 20 * MINUTE, '1-2'))).toMatchObject({ state: 'done' });
  });
}
