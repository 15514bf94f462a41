import { setTimeout as pause } from 'node:timers/promises';
import { startDesk } from '../desk.ts';
import { compared, type Figure } from '../figure.ts';
import { type Database, openFolder } from '../folder.ts';
import { memoryOf } from '../memory.ts';
import { startProcess } from '../process.ts';
import { inTurns } from '../rounds.ts';
import { startContactCentre } from '../stand-ins/contact-centre.ts';
import { command } from '../stand-ins/payloads.ts';
import { startSlack } from '../stand-ins/slack.ts';
import type { Measure } from './measure.ts';

/** From the start of the process to the first ack, and what it holds in memory when nothing happens. */
export const startUp: Measure = {
  name: 'start-up',
  async run({ startUp: { rounds, idleMs } }, say) {
    using folder = openFolder();
    const database = await folder.database('desk');
    // The last: whatever was not compiled yet was at the first.
    const idleIn = (round: number) => (round === rounds - 1 ? idleMs : 0);
    const measured = await inTurns(
      rounds,
      (round) => start(idleIn(round), database),
      (round) => start(idleIn(round)),
    );
    say('start-up');
    const last = measured.at(-1);
    const times = measured.map(({ desk, floor }) => ({ value: desk.ackMs, floor: floor.ackMs }));
    const figures: Figure[] = [compared('start to first ack', 'ms', times, { below: 1500 })];
    const [desk, floor] = [last?.desk.residentMB, last?.floor.residentMB];
    if (desk && floor) figures.push(compared('idle memory', 'MB', [{ value: desk, floor }], { below: 150 }));
    return figures;
  },
};

/** Starts the desk on a database that it knows, or without one the bare Bolt app. */
async function start(idleMs: number, database?: Database) {
  const [slack, centre] = [await startSlack(), await startContactCentre()];
  const app = database
    ? await startDesk({ ...database, slack, centre })
    : startProcess('bench/floors/bolt.ts', [slack.url], {});
  await slack.connected();
  const place = { channelId: 'C0ASK', userId: 'U0ANA', responseUrl: slack.responseUrl('0') };
  const { sentAt, ms } = await slack.deliver('slash_commands', command('help', place));
  const ackMs = sentAt + ms - app.startedAt;
  await pause(idleMs);
  const residentMB = memoryOf(app.pid)?.residentMB;
  await app.stop();
  for (const part of [slack, centre]) await part.close();
  return { ackMs, residentMB };
}
