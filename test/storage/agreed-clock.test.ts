import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createAgreedClock } from '../../src/storage/agreed-clock.ts';
import { onPostgres } from './postgres.ts';

const open = onPostgres();
const off = (ms: number) => ({ now: () => systemClock.now() + ms });

/** What the log says, and the clock. */
async function agreed(own: { now(): number }, more: { shownAt?: (at: number) => number } = {}) {
  const knex = await open();
  const said: [level: string, facts: object][] = [];
  const log = {
    debug() {},
    error() {},
    info: (facts: object) => void said.push(['info', facts]),
    warn: (facts: object) => void said.push(['warn', facts]),
  };
  const clock = await createAgreedClock({ knex, own, log, ...more });
  await knex.destroy();
  return { clock, said };
}

/** Both on this machine: they agree but for the time that the question took, on a busy machine. */
const CLOSE_MS = 2_000;

it("is the database's, however wrong the machine's own is", async () => {
  for (const ms of [-30_000, 30_000, 3_600_000]) {
    const { clock, said } = await agreed(off(ms));
    expect(Math.abs(clock.now() - systemClock.now())).toBeLessThan(CLOSE_MS);
    expect(said).toEqual([['warn', { beforeMs: 0, correctionMs: expect.any(Number) }]]);
  }
});

it('follows a time that is made to run faster', async () => {
  const start = systemClock.now() - 60_000;
  const faster = (at: number) => start + (at - start) * 20;
  const { clock } = await agreed({ now: () => faster(systemClock.now()) - 30_000 }, { shownAt: faster });
  expect(Math.abs(clock.now() - faster(systemClock.now()))).toBeLessThan(20 * CLOSE_MS);
});
