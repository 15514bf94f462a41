import type { ListRow } from '../../callbacks/list-page.ts';
import type { Queue } from '../../callbacks/queue-service.ts';
import { unnamedVdn, type VdnStore, zoneOf } from '../../calls/vdn.ts';
import { firstInstantOf, startOfDay, wallTimeAt } from '../../calls/wall-time.ts';
import type { Clock } from '../../clock.ts';
import type { Subscriptions } from '../../digests/service.ts';
import type { DueTimes } from '../../vdns/due-times.ts';
import type { Rights } from '../../vdns/rights.ts';
import type { People } from '../people.ts';
import type { HomeData } from '../views/home.ts';
import type { OpenHome } from './home-store.ts';

export interface ReadHomeParts {
  queue: Pick<Queue, 'look' | 'vdns'>;
  rights: Pick<Rights, 'which'>;
  vdns: Pick<VdnStore, 'list'>;
  subscriptions: Pick<Subscriptions, 'list'>;
  people: Pick<People, 'find'>;
  dueTimes: DueTimes;
  clock: Clock;
}

/** What somebody's Home shows now: of VDNs that they may see, and of the team where they are named to manage one, or are an admin. */
export function createReadHome(parts: ReadHomeParts) {
  const { queue, rights, vdns, subscriptions, people, dueTimes, clock } = parts;

  async function withDue(teamId: string, rows: readonly ListRow[]): Promise<ListRow[]> {
    const shown = rows.flatMap(({ callback }) => callback ?? []);
    const dues = await dueTimes.of(teamId, shown);
    return rows.map((row) => {
      const due = row.callback && dues.get(row.callback.id);
      return due ? { ...row, due } : row;
    });
  }

  return async ({
    teamId,
    userId,
    page,
  }: Pick<OpenHome, 'teamId' | 'userId' | 'page'>): Promise<HomeData> => {
    const [named, busy, digests, person] = await Promise.all([
      vdns.list(teamId),
      queue.vdns(teamId),
      subscriptions.list(teamId),
      people.find(userId),
    ]);
    const all = new Map(named.map((vdn) => [vdn.number, vdn]));
    for (const number of [...busy, ...digests.map(({ vdn }) => vdn)])
      if (!all.has(number)) all.set(number, unnamedVdn(number));
    const actor = { teamId, userId, channelId: null };
    const numbers = [...all.keys()].sort((a, b) => a - b);
    const seen = await rights.which(actor, numbers, 'see');
    const claimable = await rights.which(actor, seen, 'claim');
    // What colleagues have done is for those who lead them: being everybody's to manage makes nobody that.
    const led = await rights.which(actor, seen, 'administer');
    const timeZone = person.timeZone ?? 'UTC';
    const today = firstInstantOf(startOfDay(wallTimeAt(clock.now(), timeZone)), timeZone);
    const look = await queue.look({
      teamId,
      userId,
      vdns: seen,
      page,
      team: led.length > 0 ? { vdns: led, doneFromAt: today } : null,
    });
    return {
      ...look,
      own: { ...look.own, rows: await withDue(teamId, look.own.rows) },
      queue: { ...look.queue, rows: await withDue(teamId, look.queue.rows) },
      readerId: userId,
      timeZone,
      anyVdn: all.size > 0,
      mayClaim: claimable.length > 0,
      vdns: new Map(seen.map((number) => [number, all.get(number) ?? unnamedVdn(number)])),
      digests: digests
        .filter(({ vdn }) => seen.includes(vdn))
        .map((subscription) => {
          const vdn = all.get(subscription.vdn) ?? unnamedVdn(subscription.vdn);
          return { subscription, vdn, timeZone: zoneOf(vdn) };
        }),
    };
  };
}

export type ReadHome = ReturnType<typeof createReadHome>;
