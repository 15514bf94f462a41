import { describe, expect, it } from 'vitest';
import { createShare, type Shared } from '../../src/sync/share.ts';

it('does not hold on to work that failed before it began', async () => {
  const share = createShare<string>();
  const failed = share('due', async () => {
    throw new Error('No lock');
  });
  await expect(failed).rejects.toThrow('No lock');
  expect(await share('due', async () => 'done')).toBe('done');
});

it('lets nobody join work that began at once', async () => {
  const share = createShare<number>();
  let runs = 0;
  const work = async ({ begun }: Shared) => {
    begun();
    return ++runs;
  };
  expect(await Promise.all([share('due', work), share('due', work)])).toEqual([1, 2]);
});

describe('whoever leaves', () => {
  /** Work that begins when it is told to, and ends when it is told to or called off. */
  function scripted() {
    const begin = Promise.withResolvers<void>();
    const end = Promise.withResolvers<string>();
    const seen: { signal?: AbortSignal } = {};
    const work = async ({ begun, signal }: Shared) => {
      seen.signal = signal;
      await begin.promise;
      begun();
      signal.addEventListener('abort', () => end.reject(signal.reason));
      signal.throwIfAborted();
      return await end.promise;
    };
    return { work, begin: begin.resolve, end: end.resolve, calledOff: () => seen.signal?.aborted };
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const enough = new Error('Enough');

  it('takes nobody with them', async () => {
    const share = createShare<string>();
    const { work, begin, end, calledOff } = scripted();
    const [first, second] = [new AbortController(), new AbortController()];
    const both = [share('today', work, first.signal), share('today', work, second.signal)];
    begin();
    await settle();
    first.abort(enough);
    await expect(both[0]).rejects.toBe(enough);
    expect(calledOff()).toBe(false);
    end('done');
    expect(await both[1]).toBe('done');
    second.abort(enough);
    expect(calledOff()).toBe(false);
  });

  it('last calls the work off, and it has ended when they hear of it', async () => {
    const share = createShare<string>();
    const { work, begin, calledOff } = scripted();
    let hasEnded = false;
    const slowToEnd = (shared: Shared) =>
      work(shared).finally(async () => {
        await settle();
        hasEnded = true;
      });
    const [first, second] = [new AbortController(), new AbortController()];
    const both = [share('today', slowToEnd, first.signal), share('today', slowToEnd, second.signal)];
    const settled = Promise.allSettled(both);
    begin();
    await settle();
    first.abort(new Error('Too slow'));
    second.abort(enough);
    await expect(both[1]).rejects.toBe(enough);
    expect([calledOff(), hasEnded]).toEqual([true, true]);
    await settled;
  });

  it('last from what has not begun waits no longer for it, and nobody joins it any more', async () => {
    const share = createShare<string>();
    const abandoned = scripted();
    const alone = new AbortController();
    const asked = share('today', abandoned.work, alone.signal);
    alone.abort(enough);
    await expect(asked).rejects.toBe(enough);
    expect(await share('today', async () => 'anew')).toBe('anew');
    abandoned.begin();
    await settle();
    expect(abandoned.calledOff()).toBe(true);
  });

  it('before they came orders nothing', async () => {
    const share = createShare<string>();
    const done: string[] = [];
    const work = async () => String(done.push('ran'));
    await expect(share('today', work, AbortSignal.abort(enough))).rejects.toBe(enough);
    expect(done).toEqual([]);
  });

  it('is outlived by who waits without a signal', async () => {
    const share = createShare<string>();
    const { work, begin, end } = scripted();
    const impatient = new AbortController();
    const both = [share('due', work), share('due', work, impatient.signal)];
    impatient.abort(enough);
    await expect(both[1]).rejects.toBe(enough);
    begin();
    end('done');
    expect(await both[0]).toBe('done');
  });
});
