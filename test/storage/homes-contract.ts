import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HomeStore } from '../../src/slack/home/home-store.ts';
import { createHomeStore } from '../../src/storage/homes-store.ts';
import { MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM } from './callback-desk.ts';

/** What is promised of the Homes that are open, on every database. `openDatabase`: a new one, migrated. */
export function homesContract(openDatabase: () => Promise<Knex>): void {
  const ana = { teamId: TEAM, userId: 'U0ANA' };
  const bo = { teamId: TEAM, userId: 'U0BO' };
  let desk: CallbackDesk;
  let store: HomeStore;
  beforeEach(async () => {
    const knex = await openDatabase();
    desk = callbackDesk(knex);
    store = createHomeStore(knex);
  });
  afterEach(() => desk.knex.destroy());

  const look = { mark: '1/1', lookedAt: NOON, nextLookAt: NOON };
  const shown = { shown: 'content', viewHash: 'hash' };
  const due = async (mark: string, now = NOON, lookedBeforeAt = NOON - MINUTE) =>
    (await store.due(now, { mark, lookedBeforeAt, openedFromAt: NOON }, 10)).map(({ userId }) => userId);

  it('keeps what each shows, and begins anew when it is opened again', async () => {
    await store.open(ana, NOON);
    await store.turn(ana, 3);
    await store.looked(ana, { ...look, shown });
    expect(await store.find(ana, NOON)).toEqual({ ...ana, openedAt: NOON, page: 3, ...shown });
    await store.looked(ana, look);
    expect(await store.find(ana, NOON)).toMatchObject(shown);
    await store.open(ana, NOON + 1);
    expect(await store.find(ana, NOON)).toMatchObject({ page: 0, shown: '', viewHash: 'hash' });
    expect(await store.find(bo, NOON)).toBeUndefined();
  });

  it('gives those of which something has changed, or that were looked at long ago', async () => {
    await store.open(ana, NOON);
    await store.open(bo, NOON);
    expect(await due('1/1')).toEqual(['U0ANA', 'U0BO']);
    await store.looked(ana, look);
    expect(await due('1/1')).toEqual(['U0BO']);
    await store.looked(bo, look);
    expect(await due('1/1')).toEqual([]);
    expect(await due('2/2')).toEqual(['U0ANA', 'U0BO']);
    expect(await due('1/1', NOON, NOON + 1)).toEqual(['U0ANA', 'U0BO']);
  });

  it('gives none before its time, and none that nobody has opened lately', async () => {
    await store.open(ana, NOON - 1);
    await store.open(bo, NOON);
    await store.delay(bo, NOON + MINUTE);
    expect(await due('1/1')).toEqual([]);
    expect(await due('1/1', NOON + MINUTE)).toEqual(['U0BO']);
    await store.forget(NOON);
    expect(await store.find(ana, 0)).toBeUndefined();
    expect(await store.find(bo, 0)).toBeDefined();
  });

  it('has another mark after every change of a callback', async () => {
    const marks = [await store.mark()];
    await desk.arrive({});
    await desk.attach();
    marks.push(await store.mark());
    const [id] = await desk.callbackIds();
    await desk.act('ana', 'claim', id ?? 0);
    marks.push(await store.mark());
    await desk.act('ana', 'done', id ?? 0);
    marks.push(await store.mark());
    expect(new Set(marks).size).toBe(4);
    expect(await store.mark()).toBe(marks.at(-1));
  });
}
