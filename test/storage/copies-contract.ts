import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StoredCall } from '../../src/calls/missed-call.ts';
import { outboxIdsShowing } from '../../src/storage/lists-store.ts';
import { insertDrafts } from '../../src/storage/outbox-store.ts';
import { HOUR, MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM } from './callback-desk.ts';

/** Which messages show a callback, on every database. `openDatabase`: a new one, migrated. */
export function copiesContract(openDatabase: () => Promise<Knex>): void {
  let desk: CallbackDesk;
  beforeEach(async () => {
    desk = callbackDesk(await openDatabase());
  });
  afterEach(() => desk.knex.destroy());

  const arrive = async (...told: Partial<StoredCall>[]) => {
    await desk.arrive(...told);
    await desk.attach();
  };
  const idOf = async (callerKey: string) =>
    (await desk.stored()).findLast((one) => one.callerKey === callerKey)?.callbackId ?? 0;
  const caller = (n: number, minutes: number): Partial<StoredCall> => ({
    callerKey: `num:55501${String(n).padStart(2, '0')}`,
    waitBeginAt: NOON - 2 * HOUR + minutes * MINUTE,
  });
  const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const post = async (n: number, listId: string, page = 0, state = 'sent') => {
    const draft = { id: uuid(n), teamId: TEAM, channelId: 'C1', kind: 'digest', data: {}, listId };
    await insertDrafts(desk.knex, [draft], NOON);
    await desk.knex('outbox').where({ id: draft.id }).update({ state, page });
  };

  it('are the newest first, as many as asked for, without the one that was clicked', async () => {
    await arrive({});
    const id = await idOf('num:5550100');
    for (const n of [1, 2, 3, 4, 5]) await post(n, (await desk.list()).id);
    expect(await outboxIdsShowing(desk.knex, id, 3, uuid(4))).toEqual([uuid(5), uuid(3), uuid(2)]);
    expect(await outboxIdsShowing(desk.knex, id, 9)).toHaveLength(5);
  });

  it('are to be edited as soon as a click is decided, the newest three but the one that was clicked', async () => {
    await arrive({});
    const id = await idOf('num:5550100');
    for (const n of [1, 2, 3, 4, 5]) await post(n, (await desk.list()).id);
    await desk
      .knex('outbox')
      .where({ id: uuid(4) })
      .update({ posted_channel_id: 'C1', ts: '1.2' });
    await desk.act('ana', 'claim', id);
    const wanted = () => desk.knex('outbox').where('wanted', '>', 0).orderBy('seq').pluck('id');
    expect(await wanted()).toEqual([uuid(2), uuid(3), uuid(5)]);
    await desk.act('bo', 'claim', id);
    expect(await desk.knex('outbox').max({ most: 'wanted' }).first()).toMatchObject({ most: 1 });
  });

  it('are to be edited as soon as a further call of its caller has joined', async () => {
    await arrive({});
    await post(1, (await desk.list()).id);
    await arrive({ callId: 'the same caller again' });
    expect(await desk.knex('outbox').where('wanted', '>', 0).pluck('id')).toEqual([uuid(1)]);
  });

  it('are first those that are on their way, then by when they came to Slack', async () => {
    await arrive({});
    const id = await idOf('num:5550100');
    for (const n of [1, 2, 3, 4]) await post(n, (await desk.list()).id, 0, n === 2 ? 'sending' : 'sent');
    for (const [n, ts] of [
      [1, '1669023909.000400'],
      [3, '1669023909.000300'],
      [4, '1669023910.000100'],
    ] as const)
      await desk
        .knex('outbox')
        .where({ id: uuid(n) })
        .update({ ts });
    expect(await outboxIdsShowing(desk.knex, id, 9)).toEqual([uuid(2), uuid(4), uuid(1), uuid(3)]);
  });

  it('are those in Slack', async () => {
    await arrive({});
    const { id: listId } = await desk.list();
    await post(1, listId, 0, 'pending');
    await post(2, listId, 0, 'failed');
    expect(await outboxIdsShowing(desk.knex, await idOf('num:5550100'), 3)).toEqual([]);
  });

  it('are those that show the page it is on', async () => {
    await arrive(...Array.from({ length: 21 }, (_, n) => caller(n, n)));
    const { id: listId } = await desk.list();
    for (const page of [0, 1, 2]) await post(page, listId, page);
    const showing = async (n: number) =>
      await outboxIdsShowing(desk.knex, await idOf(`num:55501${String(n).padStart(2, '0')}`), 9);
    expect(await showing(9)).toEqual([uuid(0)]);
    expect(await showing(10)).toEqual([uuid(1)]);
    expect(await showing(19)).toEqual([uuid(1)]);
    expect(await showing(20)).toEqual([uuid(2)]);
  });

  it('of a callback that was merged show the one that it was merged into', async () => {
    await arrive(caller(1, 0));
    const old = await idOf('num:5550101');
    await post(1, (await desk.list()).id);
    await desk.act('ana', 'claim', old);
    await desk.act('ana', 'done', old);
    desk.clock.time = NOON + 2 * HOUR;
    await arrive(caller(1, 180));
    await desk.act('ana', 'undo', old);
    expect(await outboxIdsShowing(desk.knex, await idOf('num:5550101'), 9)).toEqual([uuid(1)]);
  });
}
