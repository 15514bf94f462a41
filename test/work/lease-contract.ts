import { beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createLeases, type LeaseStore } from '../../src/work/leases.ts';

/** A store of leases; `endAll`: their end comes, as if that time had passed. */
export interface OpenedLeases {
  leases: LeaseStore;
  endAll(): Promise<void>;
}

/** What whoever keeps leases promises: the database, and what stands in for it in tests. */
export function leaseStoreContract(open: () => Promise<OpenedLeases>): void {
  let leases: LeaseStore;
  let endAll: OpenedLeases['endAll'];
  beforeEach(async () => {
    ({ leases, endAll } = await open());
  });

  it('is taken by one of many who try at once', async () => {
    const owners = Array.from({ length: 8 }, (_, n) => `desk ${n}`);
    const taken = await Promise.all(owners.map((owner) => leases.take('sync', owner, 60_000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await leases.take('another', 'desk 9', 60_000)).toBe(true);
  });

  it('is taken again when it was given back, and when its end has come', async () => {
    await leases.take('sync', 'a', 60_000);
    await leases.release('sync', 'b');
    expect(await leases.take('sync', 'b', 60_000)).toBe(false);
    await leases.release('sync', 'a');
    expect(await leases.take('sync', 'b', 60_000)).toBe(true);
    await endAll();
    expect(await leases.take('sync', 'c', 60_000)).toBe(true);
  });

  it('is renewed by its owner alone, also late, as long as nobody has taken it', async () => {
    await leases.take('sync', 'a', 60_000);
    await endAll();
    expect(await leases.renew('sync', 'a', 60_000, 0)).toBe(true);
    expect(await leases.take('sync', 'b', 60_000)).toBe(false);
    await endAll();
    await leases.take('sync', 'b', 60_000);
    expect(await leases.renew('sync', 'a', 60_000, 0)).toBe(false);
  });

  it('tells the signs of its owner', async () => {
    expect(await leases.signs('sync')).toBe(0);
    await leases.take('sync', 'a', 60_000);
    await leases.renew('sync', 'a', 60_000, 7);
    expect(await leases.signs('sync')).toBe(7);
    await endAll();
    await leases.take('sync', 'b', 60_000);
    expect(await leases.signs('sync')).toBe(0);
  });
}

/** What leases are within a process, with whatever keeps them, or nothing: SQLite belongs to one desk. */
export function leasesContract(open: () => Promise<LeaseStore | undefined>): void {
  const opened = async () => createLeases({ store: await open(), log: silentLog });
  const word = (text: string, order: string[]) => async () => {
    order.push(`${text} begins`);
    await new Promise(setImmediate);
    order.push(`${text} ends`);
    return text;
  };

  it('does what has one name one after the other, in the order of asking, and gives what came of it', async () => {
    const leases = await opened();
    const order: string[] = [];
    const done = await Promise.all([
      leases.hold('x', word('first', order)),
      leases.tryHold('x', word('second', order)),
      leases.hold('x', word('third', order)),
    ]);
    expect(done).toEqual(['first', { done: 'second' }, 'third']);
    const begun = ['first', 'second', 'third'].flatMap((text) => [`${text} begins`, `${text} ends`]);
    expect(order).toEqual(begun);
  });

  it('holds no other name up', async () => {
    const leases = await opened();
    const { promise, resolve } = Promise.withResolvers<string>();
    const long = leases.hold('x', () => promise);
    expect(await leases.hold('y', async () => 'other')).toBe('other');
    resolve('long');
    expect(await long).toBe('long');
  });

  it('goes on after work that fails, and tells its failure to whoever asked for it', async () => {
    const leases = await opened();
    const failing = expect(leases.hold('x', () => Promise.reject(new Error('It failed')))).rejects;
    const next = leases.tryHold('x', async () => 'next');
    await failing.toThrow('It failed');
    expect(await next).toEqual({ done: 'next' });
  });
}
