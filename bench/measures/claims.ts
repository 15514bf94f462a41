import { setTimeout as pause } from 'node:timers/promises';
import { startDesk } from '../desk.ts';
import { alone, compared } from '../figure.ts';
import { type Folder, openFolder } from '../folder.ts';
import { openLoop } from '../open-loop.ts';
import { type Button, postCallbacks } from '../prepared.ts';
import { startProcess } from '../process.ts';
import { inTurns } from '../rounds.ts';
import { startContactCentre } from '../stand-ins/contact-centre.ts';
import { click } from '../stand-ins/payloads.ts';
import { type MeasuringSlack, startSlack } from '../stand-ins/slack.ts';
import { percentile } from '../statistics.ts';
import { watchDatabase } from '../watch.ts';
import type { Measure, Sizes } from './measure.ts';

const LOOK_EVERY_MS = 1;
const SHARES = [
  [0.5, 'p50'],
  [0.99, 'p99'],
] as const;

/** Two people click every callback within milliseconds: how long until one of them has it, and until the other knows. */
export const claims: Measure = {
  name: 'claims',
  async run({ claims: sizes }, say) {
    using folder = openFolder();
    const measured = await inTurns(
      sizes.rounds,
      (round) => claimAll(folder, `desk${round}`, sizes, 'desk'),
      (round) => claimAll(folder, `floor${round}`, sizes, 'floor'),
    );
    say(`claims, ${sizes.perSecond} clicks a second`);
    const at = `${sizes.perSecond} clicks a second`;
    return [
      ...SHARES.map(([share, of]) =>
        compared(
          `from click to decision, ${of}, ${at}`,
          'ms',
          measured.map(({ desk, floor }) => ({
            value: percentile(desk.decided, share),
            floor: percentile(floor.decided, share),
          })),
        ),
      ),
      ...SHARES.map(([share, of]) =>
        alone(
          `from click to "somebody else has it", ${of}`,
          'ms',
          measured.map(({ desk }) => percentile(desk.refused, share)),
        ),
      ),
    ];
  },
};

/** Milliseconds from each callback's first click to the decision, and from the second click until its person was told. */
async function claimAll(folder: Folder, name: string, sizes: Sizes['claims'], who: 'desk' | 'floor') {
  let buttons: Button[] = [];
  const database = await folder.database(name, async (knex) => {
    buttons = await postCallbacks(knex, sizes.callbacks);
  });
  const [slack, centre] = [await startSlack(), await startContactCentre()];
  const app =
    who === 'desk'
      ? await startDesk({ ...database, slack, centre })
      : startProcess('bench/floors/bolt.ts', [slack.url, database.file], {});
  await slack.connected();

  const watch = watchDatabase(database.file);
  const decidedAt = watchClaims(watch, sizes.callbacks);
  const refusedAt = who === 'desk' ? repliesTo(slack, sizes.callbacks) : undefined;
  const load = { perSecond: sizes.perSecond, seconds: (sizes.callbacks * 2) / sizes.perSecond };
  const clicks = await openLoop(load, (number) => {
    const button = buttons[Math.floor(number / 2)];
    if (!button) throw new Error('There is no button');
    const place = { ...button, userId: `U0P${number % 2}`, responseUrl: slack.responseUrl(`${number}`) };
    return slack.deliver('interactive', click(button, place));
  });
  const [decisions, refusals] = [await decidedAt, await refusedAt];
  await watch.close();
  await app.stop();
  for (const part of [slack, centre]) await part.close();
  const sentAt = (number: number) => clicks[number]?.sentAt ?? Number.NaN;
  return {
    decided: [...decisions].map(([callbackId, at]) => at - sentAt((callbackId - 1) * 2)),
    refused: [...(refusals ?? [])].map(([number, at]) => at - sentAt(number)),
  };
}

/** When each callback was seen to be claimed. */
async function watchClaims(
  watch: ReturnType<typeof watchDatabase>,
  count: number,
): Promise<Map<number, number>> {
  const seen = new Map<number, number>();
  for (let last = 0; seen.size < count; ) {
    const events = await watch.all<{ id: number; callback_id: number }>(
      "select id, callback_id from callback_events where id > ? and action = 'claim'",
      [last],
    );
    for (const { id, callback_id } of events) {
      last = id;
      seen.set(callback_id, performance.now());
    }
    await pause(LOOK_EVERY_MS);
  }
  return seen;
}

/** By the number of the click: when its person was told. */
async function repliesTo(slack: MeasuringSlack, count: number): Promise<Map<number, number>> {
  const told = new Map<number, number>();
  await slack.next(({ how, to, at }) => {
    if (how === 'replied') told.set(Number(to), at);
    return told.size === count;
  });
  return told;
}
