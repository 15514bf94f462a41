// One desk in a process of its own, as its parent tells it: the real composition, killed at a seam where that is planned.
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/clock.ts';
import { createDesk } from '../../src/desk.ts';
import type { Log } from '../../src/log.ts';
import type { Seam } from '../../src/work/seam.ts';
import type { FromDesk, KillPlan, ToDesk } from './desk-talk.ts';
import { createRacingClock, type RacingClock } from './racing-clock.ts';
import { createTally } from './tally.ts';

const TO_PARENT = 3;
const tell = (what: FromDesk) => void writeSync(TO_PARENT, `${JSON.stringify(what)}\n`);

let clock: RacingClock | undefined;
let plan: KillPlan | null = null;
let count: () => number = () => 0;

function reach(seam: Seam): void {
  if (plan && (plan.seam === 'any' || plan.seam === seam) && count() === plan.nth) {
    tell({ kind: 'killed', seam, at: systemClock.now() });
    process.kill(process.pid, 'SIGKILL');
  }
  tell({ kind: 'seam', seam, at: systemClock.now() });
}

const say = (level: string) => (facts: object, message: string) =>
  tell({ kind: 'log', level, message, facts: JSON.stringify(facts, readable).slice(0, 1000) });
const log: Log = { debug() {}, info: say('info'), warn: say('warn'), error: say('error') };

function readable(_key: string, value: unknown): unknown {
  return value instanceof Error ? { message: value.message, cause: value.cause } : value;
}

function setPlan(next: KillPlan | null): void {
  plan = next;
  let own = 0;
  count = next?.tally ? createTally(next.tally) : () => ++own;
}

async function start(given: Extract<ToDesk, { kind: 'start' }>): Promise<void> {
  const { rules } = given;
  const racing = createRacingClock(given.race, given.skewMs);
  clock = racing;
  setPlan(given.plan);
  const desk = await createDesk(given.config, {
    clock: racing,
    log,
    reach,
    shownAt: racing.shownAt,
    ...given.timing,
    ...(rules && { rulesOf: async () => rules }),
  });
  await desk.start();
  tell({ kind: 'started', port: desk.port });
}

process.on('message', (told: ToDesk) => {
  switch (told.kind) {
    case 'start':
      start(told).catch((error: unknown) => {
        say('error')({ err: error }, 'The desk did not start');
        process.exit(1);
      });
      return;
    case 'plan':
      setPlan(told.plan);
      return tell({ kind: 'planned' });
    case 'advance':
      clock?.advance(told.ms);
      return tell({ kind: 'advanced' });
  }
});
// Nobody is left to speak for it.
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready' });
