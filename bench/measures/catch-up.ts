import { startDesk } from '../desk.ts';
import { startFetcher } from '../fetcher.ts';
import { alone, compared, type Figure } from '../figure.ts';
import { openFolder } from '../folder.ts';
import { memoryOf } from '../memory.ts';
import { nameVdns, subscribe } from '../prepared.ts';
import { inTurns } from '../rounds.ts';
import { type ContactCentre, startContactCentre } from '../stand-ins/contact-centre.ts';
import { startSlack } from '../stand-ins/slack.ts';
import { watchDatabase } from '../watch.ts';
import type { Measure } from './measure.ts';

const VDN = 1;
const DAY_MS = 86_400_000;
/** The calls of a month: older than a week they open no callbacks. */
const DAYS = 30;

/** A desk that was away for a month brings in all that it has missed, and tells it in one digest. */
export const catchUp: Measure = {
  name: 'catch-up',
  async run({ catchUp: { calls, rounds } }, say) {
    const centre = await startContactCentre();
    const now = Date.now();
    centre.prepare({ vdn: VDN, calls, fromAt: now - DAYS * DAY_MS, toAt: now - 60_000 });
    say('the calls are made up');
    const measured = await inTurns(
      rounds,
      () => caughtUp(centre, calls),
      () => broughtIn(centre),
    );
    await centre.close();
    say(`catching up ${calls} calls`);
    const of = (name: string) => `${name} ${calls} calls`;
    const seconds = measured.map(({ desk, floor }) => ({
      value: desk.syncMs / 1000,
      floor: floor.ms / 1000,
    }));
    const figures: Figure[] = [compared(of('catching up:'), 's', seconds, { ratio: 1.5 })];
    const peaks = measured.flatMap(({ desk, floor }) =>
      desk.peakMB === undefined || floor.peakMB === undefined
        ? []
        : [{ value: desk.peakMB, floor: floor.peakMB, told: desk.toldPeakMB ?? desk.peakMB }],
    );
    if (peaks.length > 0) figures.push(compared(of('peak memory, catching up'), 'MB', peaks, { below: 300 }));
    const told = measured.map(({ desk }) => desk.toldMs / 1000);
    figures.push(alone(of('then the digest of'), 's', told));
    if (peaks.length > 0) {
      const mostMB = peaks.map((peak) => peak.told);
      figures.push(alone(of('peak memory, with the digest of'), 'MB', mostMB));
    }
    return figures;
  },
};

async function caughtUp(centre: ContactCentre, calls: number) {
  using folder = openFolder();
  const slack = await startSlack();
  const away = { vdns: VDN, perVdn: 1, toldUntilAt: Date.now() - DAYS * DAY_MS };
  const database = await folder.database('desk', async (knex) => {
    await nameVdns(knex, VDN);
    await subscribe(knex, { ...away, dueAt: Date.now() });
  });
  const begun = centre.nextRequest();
  const desk = await startDesk({ ...database, slack, centre });
  const posted = slack.next(({ how }) => how === 'posted');
  const beganAt = await begun;
  const watch = watchDatabase(database.file);
  const synced = await watch.until('select 1 from vdn_syncs', 20);
  const peak = memoryOf(desk.pid);
  const toldAt = (await posted).at;
  const toldPeak = memoryOf(desk.pid);
  const [stored] = await watch.all<{ n: number }>('select count(*) as n from missed_calls');
  if (stored?.n !== calls) throw new Error(`The desk has ${stored?.n} calls of ${calls}`);
  await watch.close();
  await desk.stop();
  await slack.close();
  return {
    syncMs: synced.at - beganAt,
    peakMB: peak?.peakMB,
    toldMs: toldAt - synced.at,
    toldPeakMB: toldPeak?.peakMB,
  };
}

async function broughtIn(centre: ContactCentre) {
  using folder = openFolder();
  const { file } = await folder.database('floor');
  const script = await startFetcher(file, centre);
  const ms = await script.bringIn([VDN]);
  const peakMB = memoryOf(script.pid)?.peakMB;
  await script.stop();
  return { ms, peakMB };
}
