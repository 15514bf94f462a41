import { expect, it } from 'vitest';
import { createQueues } from '../../src/work/queues.ts';

/** Work that says when it runs and ends when it is told to. */
function work(name: string, log: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const run = async () => {
    log.push(`${name} begins`);
    try {
      return await promise;
    } finally {
      log.push(`${name} ends`);
    }
  };
  return { run, end: () => resolve(name), fail: () => reject(new Error(name)) };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('lets one work of a key at a time, in the order of asking, also after one that failed', async () => {
  const log: string[] = [];
  const inTurn = createQueues();
  const [a, b, c] = [work('a', log), work('b', log), work('c', log)];
  const settled = Promise.allSettled([a, b, c].map(({ run }) => inTurn('159', run)));
  b.end();
  c.end();
  await settle();
  expect(log).toEqual(['a begins']);
  a.fail();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

it('keeps a third waiting while the second, which waited, is at it', async () => {
  const log: string[] = [];
  const inTurn = createQueues();
  const [a, b, c] = [work('a', log), work('b', log), work('c', log)];
  const first = inTurn('159', a.run);
  const second = inTurn('159', b.run);
  a.end();
  await first;
  await settle();
  const third = inTurn('159', c.run);
  await settle();
  expect(log).toEqual(['a begins', 'a ends', 'b begins']);
  b.end();
  c.end();
  expect(await Promise.all([second, third])).toEqual(['b', 'c']);
});

it('holds no other key up', async () => {
  const log: string[] = [];
  const inTurn = createQueues();
  const [a, b] = [work('a', log), work('b', log)];
  const both = [inTurn('159', a.run), inTurn('160', b.run)];
  await settle();
  expect(log).toEqual(['a begins', 'b begins']);
  a.end();
  b.end();
  expect(await Promise.all(both)).toEqual(['a', 'b']);
});
