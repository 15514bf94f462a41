import { startDesk } from '../desk.ts';
import { type Fetcher, startFetcher } from '../fetcher.ts';
import { compared } from '../figure.ts';
import { openFolder } from '../folder.ts';
import { nameVdns } from '../prepared.ts';
import { inTurns } from '../rounds.ts';
import { type ContactCentre, startContactCentre } from '../stand-ins/contact-centre.ts';
import { command } from '../stand-ins/payloads.ts';
import { type MeasuringSlack, startSlack } from '../stand-ins/slack.ts';
import type { Measure } from './measure.ts';

const WARM_UP_ROUNDS = 3;
const HOUR_MS = 3_600_000;

/** How long the answer to a question takes that brings in a whole page, against a script that only brings it in. */
export const question: Measure = {
  name: 'question',
  async run({ question: { calls, rounds } }, say) {
    const measured = await timesOf(calls, rounds);
    say(`questions of ${calls} calls`);
    return [compared(`first answer to a question of ${calls} calls`, 'ms', measured, { ratio: 1.5 })];
  },
};

/** Milliseconds until the answer is in Slack, and until the script has the calls in its table; every round asks for another VDN. */
export async function timesOf(calls: number, rounds: number): Promise<{ value: number; floor: number }[]> {
  using folder = openFolder();
  const [centre, slack] = [await startContactCentre(), await startSlack()];
  const all = WARM_UP_ROUNDS + rounds;
  const named = (name: string) => folder.database(name, (knex) => nameVdns(knex, all));
  const [deskDatabase, floorDatabase] = [await named('desk'), await named('floor')];
  const desk = await startDesk({ ...deskDatabase, slack, centre });
  const floor = await startFetcher(floorDatabase.file, centre);

  const measured = await inTurns(
    all,
    (round) => ask(slack, centre, round + 1, calls),
    (round) => bringIn(floor, centre, round + 1, calls),
  );
  for (const part of [desk, floor]) await part.stop();
  for (const part of [slack, centre]) await part.close();
  return measured.slice(WARM_UP_ROUNDS).map((pair) => ({ value: pair.desk, floor: pair.floor }));
}

function prepare(centre: ContactCentre, vdn: number, calls: number): void {
  const now = Date.now();
  centre.prepare({ vdn, calls, fromAt: now - 7 * HOUR_MS, toAt: now - 60_000 });
}

/** A message with callers in it is larger; "Asking the contact centre…" is not the answer. */
const ANSWER_BYTES = 2_500;

/** Milliseconds from the command until Slack is given the answer. */
export async function ask(
  slack: MeasuringSlack,
  centre: ContactCentre,
  vdn: number,
  calls: number,
): Promise<number> {
  prepare(centre, vdn, calls);
  const place = { channelId: `C0ASK${vdn}`, userId: 'U0ANA', responseUrl: slack.responseUrl(`${vdn}`) };
  const answer = slack.next(({ bytes }) => bytes >= ANSWER_BYTES);
  const { sentAt } = await slack.deliver('slash_commands', command(`${vdn} last 8h`, place));
  return (await answer).at - sentAt;
}

async function bringIn(floor: Fetcher, centre: ContactCentre, vdn: number, calls: number): Promise<number> {
  prepare(centre, vdn, calls);
  return floor.bringIn([vdn]);
}
