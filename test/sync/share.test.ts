import { expect, it } from 'vitest';
import { createShare } from '../../src/sync/share.ts';

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
  const work = async (begun: () => void) => {
    begun();
    return ++runs;
  };
  expect(await Promise.all([share('due', work), share('due', work)])).toEqual([1, 2]);
});
