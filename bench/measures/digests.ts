import { setTimeout as pause } from 'node:timers/promises';
import { startDesk } from '../desk.ts';
import { startFetcher } from '../fetcher.ts';
import { alone, compared } from '../figure.ts';
import { openFolder } from '../folder.ts';
import { memoryOf } from '../memory.ts';
import { HOUR_MS, LATER, makeDue, nameVdns, subscribe } from '../prepared.ts';
import { inTurns } from '../rounds.ts';
import { type ContactCentre, startContactCentre } from '../stand-ins/contact-centre.ts';
import { startSlack } from '../stand-ins/slack.ts';
import { percentile } from '../statistics.ts';
import { watchDatabase } from '../watch.ts';
import { askAround, type Felt } from './ask-around.ts';
import type { Measure, Sizes } from './measure.ts';

/** Every channel's digest is due at once, while people go on asking. */
export const digests: Measure = {
  name: 'digests',
  async run({ digests: sizes }, say) {
    const measured = await rushes(sizes);
    const all = `${sizes.vdns * sizes.perVdn} digests of ${sizes.vdns} VDNs`;
    say(all);
    const desks = measured.map(({ desk }) => desk);
    const felt = (what: keyof Felt, share: number) =>
      desks.map(({ rush, rest }) => ({
        value: percentile(rush[what], share),
        floor: percentile(rest[what], share),
      }));
    const memory = desks.flatMap(({ peakMB }) => (peakMB === undefined ? [] : [peakMB]));
    return [
      compared(`${all} in the outbox`, 's', seconds(measured), { below: 10 }),
      alone(
        'the most queries of one VDN',
        'queries',
        desks.map(({ queries }) => queries),
        { below: 2 },
      ),
      alone(
        `${all} in Slack`,
        's',
        desks.map(({ postedMs }) => postedMs / 1000),
      ),
      ...(memory.length > 0 ? [alone('peak memory of that', 'MB', memory)] : []),
      compared('ack meanwhile, p50 (floor: at rest)', 'ms', felt('acks', 0.5)),
      compared('ack meanwhile, p99 (floor: at rest)', 'ms', felt('acks', 0.99)),
      compared('answer to a question meanwhile, p50 (floor: at rest)', 'ms', felt('answers', 0.5)),
      compared('answer to a question meanwhile, p99 (floor: at rest)', 'ms', felt('answers', 0.99)),
    ];
  },
};

export const seconds = (measured: Awaited<ReturnType<typeof rushes>>) =>
  measured.map(({ desk, floor }) => ({ value: desk.outboxMs / 1000, floor: floor / 1000 }));

export const rushes = (sizes: Sizes['digests']) =>
  inTurns(
    sizes.rounds,
    () => rush(sizes),
    () => bringIn(sizes),
  );

async function prepared({ vdns, callsEach }: Sizes['digests']): Promise<ContactCentre> {
  const centre = await startContactCentre();
  const now = Date.now();
  for (let vdn = 1; vdn <= vdns; vdn += 1) {
    centre.prepare({ vdn, calls: callsEach, fromAt: now - HOUR_MS / 2, toAt: now - 60_000 });
  }
  return centre;
}

async function rush(sizes: Sizes['digests']) {
  using folder = openFolder();
  const [slack, centre] = [await startSlack(), await prepared(sizes)];
  const asked = sizes.vdns + 1;
  centre.prepare({ vdn: asked, calls: 20, fromAt: Date.now() - HOUR_MS, toAt: Date.now() - 60_000 });
  const database = await folder.database('desk', async (knex) => {
    await nameVdns(knex, asked);
    await subscribe(knex, { ...sizes, dueAt: LATER, toldUntilAt: Date.now() - HOUR_MS });
  });
  const desk = await startDesk({ ...database, slack, centre });
  const people = askAround(slack, asked);
  await people.answered();
  people.felt();
  await pause(sizes.restMs);
  await people.answered();
  const rest = people.felt();
  const digests = sizes.vdns * sizes.perVdn;
  let posted = 0;
  const allPosted = slack.next(({ how, to }) => {
    if (how === 'posted' && to.startsWith('C0SUB')) posted += 1;
    return posted === digests;
  });
  centre.takeRequests();
  const dueAt = await makeDue(database);
  await allPosted;
  const postedMs = Date.now() - dueAt;
  const felt = people.felt();
  await people.leave();
  const requests = centre.takeRequests();
  requests.delete(asked);
  const watch = watchDatabase(database.file);
  const [written] = await watch.all<{ n: number; lastAt: number }>(
    'select count(*) as n, max(created_at) as lastAt from outbox where subscription_id is not null',
  );
  if (written?.n !== digests) throw new Error(`${written?.n} digests of ${digests} were written`);
  await watch.close();
  const memory = memoryOf(desk.pid);
  await desk.stop();
  for (const part of [slack, centre]) await part.close();
  return {
    outboxMs: written.lastAt - dueAt,
    postedMs,
    queries: Math.max(...requests.values()),
    peakMB: memory?.peakMB,
    rest,
    rush: felt,
  };
}

/** The same calls and as many rows of the outbox, by the bare script. */
async function bringIn(sizes: Sizes['digests']): Promise<number> {
  using folder = openFolder();
  const centre = await prepared(sizes);
  const { file } = await folder.database('floor');
  const script = await startFetcher(file, centre);
  const vdns = Array.from({ length: sizes.vdns }, (_, index) => index + 1);
  const ms = await script.bringIn(vdns, sizes.perVdn);
  await script.stop();
  await centre.close();
  return ms;
}
