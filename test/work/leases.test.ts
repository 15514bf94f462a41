import { afterEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createLeases, type LeaseStore } from '../../src/work/leases.ts';
import { leaseStoreContract, leasesContract } from './lease-contract.ts';
import { memoryLeases } from './memory-leases.ts';

/** Two processes on one database, and the time in between. */
function twoDesks(store: LeaseStore = memoryLeases()) {
  vi.useFakeTimers();
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const desk = () => createLeases({ store, log: silentLog, leaseMs: 15_000 });
  return { a: desk(), b: desk(), pass };
}

afterEach(() => vi.useRealTimers());

/** Work that goes on until it is told to end. */
function longWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return {
    run: vi.fn(async () => promise),
    end: () => resolve('done'),
    fail: () => reject(new Error('It failed')),
  };
}

describe('a lease', () => {
  it('is held by one of two processes; the other waits, however long that takes', async () => {
    const { a, b, pass } = twoDesks();
    const [long, next] = [longWork(), longWork()];
    const first = a.hold('VDN 159', long.run);
    const second = b.hold('VDN 159', next.run);
    await pass(10 * 60_000);
    expect(long.run).toHaveBeenCalledOnce();
    expect(next.run).not.toHaveBeenCalled();
    long.end();
    await pass(1000);
    expect(await first).toBe('done');
    expect(next.run).toHaveBeenCalledOnce();
    next.end();
    await pass(0);
    expect(await second).toBe('done');
  });

  it('is given back by work that fails', async () => {
    const store = memoryLeases();
    const { a, pass } = twoDesks(store);
    const long = longWork();
    const failing = expect(a.hold('VDN 159', long.run)).rejects.toThrow('It failed');
    await pass(1000);
    expect(store.names()).toEqual(['VDN 159']);
    long.fail();
    await failing;
    expect(store.names()).toEqual([]);
  });

  it('ends by itself when its owner has died', async () => {
    const store = memoryLeases();
    await store.take('VDN 159', 'a process that was killed', 15_000);
    const { b, pass } = twoDesks(store);
    const long = longWork();
    const waiting = b.hold('VDN 159', long.run);
    await pass(14_000);
    expect(long.run).not.toHaveBeenCalled();
    await pass(2_000);
    expect(long.run).toHaveBeenCalledOnce();
    long.end();
    await pass(0);
    expect(await waiting).toBe('done');
  });

  it('outlives a database that cannot be reached for less than its time', async () => {
    const store = memoryLeases();
    const { renew } = store;
    let reachable = true;
    store.renew = (...lease) => (reachable ? renew(...lease) : Promise.reject(new Error('No connection')));
    const { a, b, pass } = twoDesks(store);
    const [long, next] = [longWork(), longWork()];
    const both = [a.hold('VDN 159', long.run), b.hold('VDN 159', next.run)];
    await pass(5_000);
    reachable = false;
    await pass(9_000);
    reachable = true;
    await pass(60_000);
    expect(next.run).not.toHaveBeenCalled();
    long.end();
    next.end();
    await pass(1_000);
    await Promise.all(both);
  });

  it('is not taken from whoever has it by one who does not wait', async () => {
    const { a, b, pass } = twoDesks();
    const [long, other] = [longWork(), longWork()];
    const first = a.hold('retention', long.run);
    await pass(0);
    expect(await b.tryHold('retention', other.run)).toBe('taken');
    expect(other.run).not.toHaveBeenCalled();
    long.end();
    await pass(0);
    await first;
    other.end();
    expect(await b.tryHold('retention', other.run)).toEqual({ done: 'done' });
  });

  it('lets whoever waits hear that the work comes along, and give up', async () => {
    const { a, b, pass } = twoDesks();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    let sign = () => {};
    const first = a.hold('VDN 159', async (held) => {
      sign = held.sign;
      await ended;
    });
    await pass(0);
    const onSign = vi.fn();
    const enough = new AbortController();
    const waiting = b.hold('VDN 159', async () => {}, { signal: enough.signal, onSign });
    const givenUp = expect(waiting).rejects.toThrow('Enough');
    await pass(20_000);
    expect(onSign).not.toHaveBeenCalled();
    sign();
    await pass(6_000);
    expect(onSign).toHaveBeenCalledOnce();
    enough.abort(new Error('Enough'));
    await givenUp;
    end();
    await pass(0);
    await first;
  });
});

describe('a lease in memory', () =>
  leaseStoreContract(async () => {
    const leases = memoryLeases();
    return { leases, endAll: async () => leases.endAll() };
  }));
describe('leases that memory keeps', () => leasesContract(async () => memoryLeases()));
describe('leases where the database belongs to one process', () => leasesContract(async () => undefined));
