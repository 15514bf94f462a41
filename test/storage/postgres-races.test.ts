import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQueueStore } from '../../src/storage/callback-queue.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createErasureStore } from '../../src/storage/erasure-store.ts';
import { createListStore } from '../../src/storage/lists-store.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { createSubscriptionStore } from '../../src/storage/subscriptions-store.ts';
import { inTransaction } from '../../src/storage/transactions.ts';
import { HOUR, madeUpCall, NOON } from '../callbacks/made-up-calls.ts';
import { draft } from '../outbox/desk-outbox.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';
import { onPostgres } from './postgres.ts';
import { tellNobody } from './queue-contract.ts';
import { wish } from './subscriptions-contract.ts';

// Two desks on one PostgreSQL. The first one's work is done but not committed when the second one's begins.

const postgres = onPostgres();
let first: CallbackDesk;
let second: CallbackDesk;
/** What the first desk does with this is seen when it commits. */
let held: Knex.Transaction | undefined;

beforeEach(async () => {
  const knex = await postgres();
  first = callbackDesk(knex);
  second = callbackDesk(await openDatabase(addressOf(knex)));
  for (const desk of [first, second]) desk.clock.time = NOON + HOUR;
});
afterEach(async () => {
  if (held && !held.isCompleted()) await held.rollback();
  held = undefined;
  for (const { knex } of [first, second]) await knex.destroy();
});

const addressOf = (knex: Knex): string => knex.client.config.connection.connectionString;

/** From here on the first desk's work is held. */
async function holding(): Promise<CallbackDesk> {
  held = await first.knex.transaction();
  const desk = callbackDesk(held);
  desk.clock.time = first.clock.time;
  return desk;
}

/** The second desk begins, has to wait, the first one commits, the second one ends. */
async function thenCommits<T>(work: Promise<T>): Promise<T> {
  let ended = false;
  const end = () => {
    ended = true;
  };
  work.then(end, end);
  await expect.poll(() => ended || somebodyWaits(), { interval: 5, timeout: 20_000 }).toBe(true);
  expect(ended).toBe(false);
  await held?.commit();
  return await work;
}

async function somebodyWaits(): Promise<boolean> {
  const { rows } = await first.knex.raw(
    'select 1 from pg_locks l join pg_stat_activity a using (pid) where a.datname = current_database() and not l.granted',
  );
  return rows.length > 0;
}

/** ana has claimed, and if it is to be so called back, whoever calls. The callback's id. */
async function callback(state: 'open' | 'claimed' | 'done', callerKey = 'num:5550100'): Promise<number> {
  await first.arrive({ callerKey });
  await first.attach();
  const id = (await first.callbackIds()).at(-1) ?? 0;
  if (state !== 'open') await first.act('ana', 'claim', id);
  if (state === 'done') await first.act('ana', 'done', id);
  return id;
}

describe('calls that two desks bring', () => {
  it('are seen in the order of their numbers: the second desk waits until the first has committed', async () => {
    const desk = await holding();
    await desk.arrive({ callId: 'a' });
    const waiting = second.arrive({ callId: 'b' });
    await thenCommits(waiting);
    expect((await first.stored()).map(({ callId }) => callId)).toEqual(['a', 'b']);
  });

  it('of different VDNs do not wait for each other', async () => {
    const desk = await holding();
    await desk.arrive({});
    await second.arrive({ vdn: 160 });
    expect(await second.stored(160)).toHaveLength(1);
    await held?.commit();
  });

  it('are not brought back when their caller is erased at the same moment', async () => {
    const call = madeUpCall({ callerKey: 'num:5550100' });
    await first.calls.insertNew(TEAM, VDN, [call]);
    const desk = await holding();
    const caller = { teamId: TEAM, vdn: VDN, keys: ['num:5550100'] };
    const erased = await createErasureStore(desk.knex).erase(caller, { actorId: 'ana', now: NOON });
    expect(erased.calls).toBe(1);
    expect(await thenCommits(second.calls.insertNew(TEAM, VDN, [call]))).toBe(0);
    expect(await first.stored()).toEqual([]);
  });
});

describe('a call that gets its callback while somebody clicks', () => {
  it('opens a new one when it ended after a Done that was about to commit', async () => {
    const id = await callback('claimed');
    await first.arrive({ callEndAt: NOON + 2 * HOUR });
    const desk = await holding();
    await desk.act('ana', 'done', id);
    await thenCommits(second.attach());
    const [, fresh] = await first.callbackIds();
    expect(fresh).not.toBe(id);
    expect((await first.callback(fresh)).state).toBe('open');
  });

  it('is in the callback, and its owner told, before a Done that came later', async () => {
    const id = await callback('claimed');
    await first.arrive({ callEndAt: NOON + 2 * HOUR });
    const desk = await holding();
    expect(await desk.attach()).toMatchObject([{ ownerId: 'ana' }]);
    expect(await thenCommits(second.act('ana', 'done', id))).toMatchObject({ outcome: 'changed' });
    expect(await first.callbackIds()).toEqual([id, id]);
    expect((await first.store.events(TEAM, id)).map(({ action }) => action)).toEqual([
      'open',
      'claim',
      'join',
      'done',
    ]);
  });

  it('joins what an Undo has reopened', async () => {
    const id = await callback('done');
    await first.arrive({ callEndAt: NOON + 2 * HOUR });
    const desk = await holding();
    await desk.act('ana', 'undo', id);
    await thenCommits(second.attach());
    expect(await first.callbackIds()).toEqual([id, id]);
    expect((await first.callback(id)).state).toBe('claimed');
  });

  it('has opened the one that an Undo then merges into', async () => {
    const id = await callback('done');
    await first.arrive({ callEndAt: NOON + 2 * HOUR });
    const desk = await holding();
    await desk.attach();
    expect(await thenCommits(second.act('ana', 'undo', id))).toMatchObject({ outcome: 'merged' });
    const [old, fresh] = await first.callbackIds();
    expect(old).toBe(fresh);
    expect(fresh).not.toBe(id);
  });

  it('is told to its owner by one of two desks that attach', async () => {
    await callback('claimed');
    await first.arrive({ callEndAt: NOON + 2 * HOUR });
    const desk = await holding();
    expect(await desk.attach()).toHaveLength(1);
    expect(await thenCommits(second.attach())).toEqual([]);
    expect(await first.knex('outbox')).toHaveLength(1);
  });

  it('is not given to a callback that the retention is about to forget', async () => {
    const id = await callback('open');
    await first.calls.removeEndedBefore(NOON + 24 * HOUR);
    await first.arrive({ callEndAt: NOON + 2 * HOUR });
    const desk = await holding();
    expect(await desk.store.removeOlderThan(NOON + 24 * HOUR)).toBe(1);
    await thenCommits(second.attach());
    const [fresh] = await first.callbackIds();
    expect(fresh).not.toBe(id);
    expect((await first.callback(fresh)).state).toBe('open');
  });
});

describe('two who click at different desks', () => {
  it('are one who wins and one who is told who did', async () => {
    const id = await callback('open');
    const desk = await holding();
    expect(await desk.act('ana', 'claim', id)).toMatchObject({ outcome: 'changed' });
    expect(await thenCommits(second.act('bo', 'claim', id))).toMatchObject({
      outcome: 'refused',
      callback: { ownerId: 'ana' },
    });
  });

  it('win both when it is about different callers', async () => {
    const [one, other] = [await callback('open'), await callback('open', 'num:5550101')];
    const desk = await holding();
    await desk.act('ana', 'claim', one);
    expect(await second.act('bo', 'claim', other)).toMatchObject({ outcome: 'changed' });
    await held?.commit();
  });

  it('and both take a Done of the same caller back leave one callback, with all calls', async () => {
    const old = await callback('done');
    for (const desk of [first, second]) desk.clock.time = NOON + 3 * HOUR;
    await first.arrive({ callEndAt: NOON + 2 * HOUR });
    await first.attach();
    const newer = (await first.callbackIds()).at(-1) ?? 0;
    await first.act('bo', 'claim', newer);
    await first.act('bo', 'done', newer);
    const desk = await holding();
    expect(await desk.act('ana', 'undo', old)).toMatchObject({ outcome: 'changed' });
    expect(await thenCommits(second.act('bo', 'undo', newer))).toMatchObject({
      outcome: 'merged',
      into: { id: old },
    });
    expect(await first.callbackIds()).toEqual([old, old]);
  });
});

describe('a list that is made while one of its callbacks is merged', () => {
  let old: number;
  let newer: number;
  beforeEach(async () => {
    old = await callback('done');
    await first.arrive({ callEndAt: NOON + 2 * HOUR });
    await first.attach();
    newer = (await first.callbackIds()).at(-1) ?? 0;
  });
  const list = () => ({
    id: crypto.randomUUID(),
    teamId: TEAM,
    vdn: VDN,
    createdAt: NOON,
    rowCount: 1,
    window: { afterSeq: 0, uptoSeq: 9, waitFromAt: null, waitToAt: null, endFromAt: null },
    filter: {},
    figures: { calls: 1, callers: 1, withoutNumber: 0, longestWaitMs: 0, medianWaitMs: 0 },
  });
  const shown = async (id: string) => (await first.listStore.rows(id, 0, 1))[0]?.callback?.id;

  it('shows what it was merged into, merged after', async () => {
    const made = list();
    const { knex } = await holding();
    await createListStore(knex).save(made, [{ callerKey: 'num:5550100', callbackId: old }]);
    expect(await thenCommits(second.act('ana', 'undo', old))).toMatchObject({ outcome: 'merged' });
    expect(await shown(made.id)).toBe(newer);
  });

  it('shows what it was merged into, merged before', async () => {
    const made = list();
    const desk = await holding();
    await desk.act('ana', 'undo', old);
    await thenCommits(
      createListStore(second.knex).save(made, [{ callerKey: 'num:5550100', callbackId: old }]),
    );
    expect(await shown(made.id)).toBe(newer);
  });
});

describe('a subscription that is paused by an error at one desk while another one tells a digest', () => {
  it('takes the digest back that was written meanwhile', async () => {
    const subscriptions = createSubscriptionStore(first.knex);
    const { subscription } = await subscriptions.create(wish);
    const ofIt = { subscriptionId: subscription.id };
    const refused = draft('refused', 'C1', ofIt);
    const outbox = createOutboxStore(first.knex);
    await outbox.insert([refused], NOON);
    const row = await outbox.find(refused.id);
    if (!row) throw new Error('It is not there');

    const { knex } = await holding();
    const told = { afterSeq: 0, fromAt: subscription.previousEndAt };
    const digest = draft('digest', 'C1', { ...ofIt, kind: 'digest', data: told });
    await createSubscriptionStore(knex).move(
      { read: subscription, change: { failures: 1 }, drafts: [digest] },
      NOON,
    );
    const notice = draft('notice', 'U1');
    const paused = await thenCommits(
      createSubscriptionStore(second.knex).pauseByError(row, 'is_archived', () => notice, NOON),
    );
    expect(paused).toMatchObject({ state: 'paused', failures: 1 });
    expect(await outbox.find(digest.id)).toMatchObject({ state: 'failed' });
  });

  it('has a number of its own when two are made at once', async () => {
    const { knex } = await holding();
    const [one, other] = [
      await createSubscriptionStore(knex).create(wish),
      await thenCommits(createSubscriptionStore(second.knex).create({ ...wish, channelId: 'C2' })),
    ];
    expect([one.subscription.number, other.subscription.number]).toEqual([1, 2]);
  });
});

it('does a transaction again that PostgreSQL has undone because two waited for each other', async () => {
  const names = ['a', 'b'];
  await first.knex('settings').insert(names.map((name) => ({ team_id: '', name, value: '0' })));
  const bothHaveOne = Promise.withResolvers<void>();
  let haveOne = 0;
  let tries = 0;
  const raise = (desk: CallbackDesk, order: string[], other: Promise<void>) => {
    let again = false;
    return inTransaction(desk.knex, async (trx) => {
      tries += 1;
      if (again) await other;
      again = true;
      for (const name of order) {
        await trx('settings')
          .where({ name })
          .update({ value: trx.raw('cast(cast(value as integer) + 1 as text)') });
        haveOne += 1;
        if (haveOne === 2) bothHaveOne.resolve();
        await bothHaveOne.promise;
      }
    });
  };
  const [oneDone, otherDone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await Promise.all([
    raise(first, names, otherDone.promise).then(oneDone.resolve),
    raise(second, names.toReversed(), oneDone.promise).then(otherDone.resolve),
  ]);
  expect(tries).toBe(3);
  expect(await first.knex('settings').pluck('value')).toEqual(['2', '2']);
});

describe('claiming the next', () => {
  const vdns = [{ vdn: VDN, overdueUntil: null }];
  const next = (desk: CallbackDesk, actorId: string) =>
    createQueueStore(desk.knex).claimNext({ teamId: TEAM, vdns, actorId, repeatMs: 0 }, NOON, tellNobody);

  it('passes over one that somebody is claiming at this moment, and waits for nobody', async () => {
    await first.arrive(
      { callerKey: 'num:1', callEndAt: NOON - 2 },
      { callerKey: 'num:2', callEndAt: NOON - 1 },
    );
    await first.attach();
    const desk = await holding();
    expect((await next(desk, 'ana'))?.callback).toMatchObject({ callerKey: 'num:1', ownerId: 'ana' });
    expect((await next(second, 'bo'))?.callback).toMatchObject({ callerKey: 'num:2', ownerId: 'bo' });
    await held?.commit();
    expect(await next(second, 'bo')).toBeUndefined();
  });

  it('waits while calls get their callbacks, and has those too', async () => {
    await first.arrive({ callerKey: 'num:2', callEndAt: NOON - 1 });
    await first.attach();
    await first.arrive({ callerKey: 'num:1', callEndAt: NOON - 2 });
    const desk = await holding();
    await desk.attach();
    const claimed = await thenCommits(next(second, 'bo'));
    expect(claimed?.callback).toMatchObject({ callerKey: 'num:1', ownerId: 'bo' });
  });
});
