import type { Knex } from 'knex';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createPoll, type Poll } from '../work/poll.ts';
import { rowsOf } from './dialect.ts';
import { type Bigint, toNumber } from './numbers.ts';

const MEASURE_EVERY_MS = 60_000;
/** What is not told from the time that the measuring took, or not worth a step of the clock. */
const STEP_MS = 250;
/** So wrong is a clock that nobody looks after. */
const WORTH_A_WARNING_MS = 2_000;

export interface AgreedClockOptions {
  knex: Knex;
  /** This machine's. */
  own: Clock;
  log: Log;
  /** What `own` shows at a moment of the world's time (epoch ms); differs where time is made to run faster. */
  shownAt?: (worldAt: number) => number;
}

export interface AgreedClock extends Clock {
  /** Compares the clocks once a minute from its start on. */
  keeping: Poll;
}

/**
 * The clock of desks that share a database: this machine's, corrected by how far it is off the database's. So they agree to a
 * fraction of a second, however wrong their own clocks are.
 */
export async function createAgreedClock(options: AgreedClockOptions): Promise<AgreedClock> {
  const { knex, own, log, shownAt = (at) => at } = options;
  let correctionMs = 0;

  async function measure() {
    const before = own.now();
    const [row] = await rowsOf<{ now: Bigint }>(knex, NOW);
    const between = (before + own.now()) / 2;
    const measured = Math.round(shownAt(toNumber(row?.now ?? Number.NaN)) - between);
    if (Math.abs(measured - correctionMs) < STEP_MS) return;
    const facts = { beforeMs: correctionMs, correctionMs: measured };
    if (Math.abs(measured) >= WORTH_A_WARNING_MS) log.warn(facts, OFF);
    else log.info(facts, "This machine's clock is corrected by the database's");
    correctionMs = measured;
  }

  await measure();
  return {
    now: () => own.now() + correctionMs,
    keeping: createPoll({
      name: 'clock',
      everyMs: MEASURE_EVERY_MS,
      log,
      async look() {
        await measure();
        return undefined;
      },
    }),
  };
}

const NOW = 'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now';
const OFF = "This machine's clock is far off the database's, whose time counts: let NTP set both";
