import { expect, it } from 'vitest';
import { checkPromise } from './check.ts';

// The same histories every time: a red run is a mistake of whoever made it red. `npm run test:long` looks for new ones.
const SEED = 83;
const RUNS = 24;

it('every channel is told of every call once, and of nothing else, whatever happens', async () => {
  const { failure } = await checkPromise({ seed: SEED, runs: RUNS });
  expect(failure, failure ?? '').toBeNull();
}, 120_000);
