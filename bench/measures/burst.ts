import { startDesk } from '../desk.ts';
import { startFetcher } from '../fetcher.ts';
import { alone, compared } from '../figure.ts';
import { openFolder } from '../folder.ts';
import { HOUR_MS, LATER, makeDue, nameVdns, subscribe } from '../prepared.ts';
import { inTurns } from '../rounds.ts';
import { type ContactCentre, startContactCentre } from '../stand-ins/contact-centre.ts';
import { startSlack } from '../stand-ins/slack.ts';
import type { Measure } from './measure.ts';

const VDN = 1;

/** A minute in which a whole queue was missed: one digest, of a size that can be read. */
export const burst: Measure = {
  name: 'burst',
  async run({ burst: { calls, rounds } }, say) {
    const centre = await startContactCentre();
    const measured = await inTurns(
      rounds,
      () => tell(centre, calls),
      () => bringIn(centre, calls),
    );
    await centre.close();
    say(`${calls} calls in a minute`);
    const times = measured.map(({ desk, floor }) => ({ value: desk.ms / 1000, floor: floor / 1000 }));
    return [
      compared(`digest of ${calls} calls in a minute, from due to Slack`, 's', times),
      alone(
        'size of that message',
        'KB',
        measured.map(({ desk }) => desk.bytes / 1024),
      ),
    ];
  },
};

function prepare(centre: ContactCentre, calls: number): void {
  const now = Date.now();
  centre.prepare({ vdn: VDN, calls, fromAt: now - 240_000, toAt: now - 180_000 });
}

async function tell(centre: ContactCentre, calls: number): Promise<{ ms: number; bytes: number }> {
  using folder = openFolder();
  const slack = await startSlack();
  prepare(centre, calls);
  const database = await folder.database('desk', async (knex) => {
    await nameVdns(knex, VDN);
    await subscribe(knex, { vdns: VDN, perVdn: 1, dueAt: LATER, toldUntilAt: Date.now() - HOUR_MS });
  });
  const desk = await startDesk({ ...database, slack, centre });
  const digest = slack.next(({ how }) => how === 'posted');
  const dueSince = performance.now();
  await makeDue(database);
  const { at, bytes } = await digest;
  await desk.stop();
  await slack.close();
  return { ms: at - dueSince, bytes };
}

async function bringIn(centre: ContactCentre, calls: number): Promise<number> {
  using folder = openFolder();
  prepare(centre, calls);
  const { file } = await folder.database('floor');
  const script = await startFetcher(file, centre);
  const ms = await script.bringIn([VDN], 1);
  await script.stop();
  return ms;
}
