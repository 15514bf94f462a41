import type { Knex } from 'knex';
import { DAY_MS, isTimeZone, wallTimeAt } from '../calls/wall-time.ts';
import { each } from './dialect.ts';
import { type Bigint, toNumber } from './numbers.ts';

/** Of a call that is about to be removed. */
export interface RemovedCall {
  wait_begin_at: Bigint;
  call_end_at: Bigint;
  caller_key: string | null;
}

/** Adds calls to the figures of their days by the VDN's clock, in the transaction that removes them. */
export async function keepFigures(
  trx: Knex.Transaction,
  { team_id, vdn }: { team_id: string; vdn: number },
  calls: readonly RemovedCall[],
): Promise<void> {
  if (calls.length === 0) return;
  const zone = await zoneOf(trx, team_id, vdn);
  const byDay = Map.groupBy(calls, (call) => dayOf(toNumber(call.wait_begin_at), zone));
  const rows = [...byDay].map(([day, ofDay]) => {
    const waits = ofDay.map((call) => toNumber(call.call_end_at) - toNumber(call.wait_begin_at));
    return {
      day,
      calls: ofDay.length,
      without_number: ofDay.filter((call) => call.caller_key === null).length,
      longest: waits.reduce((longest, wait) => Math.max(longest, wait), 0),
      total: waits.reduce((sum, wait) => sum + wait, 0),
    };
  });
  await trx.raw(addFigures(trx), { team: team_id, vdn, rows: JSON.stringify(rows) });
}

/** The days' zone: the VDN's, also of one that was removed; UTC where it has none. */
export async function zoneOf(db: Knex, teamId: string, vdn: number): Promise<string> {
  const found: { time_zone: string | null } | undefined = await db('vdns')
    .where({ team_id: teamId, number: vdn })
    .first('time_zone');
  const zone = found?.time_zone ?? 'UTC';
  return isTimeZone(zone) ? zone : 'UTC';
}

/** `2026-11-23` */
export const dayOf = (at: number, zone: string): string =>
  new Date(Math.floor(wallTimeAt(at, zone) / DAY_MS) * DAY_MS).toISOString().slice(0, 10);

const addFigures = (db: Knex) => `
  insert into daily_figures (team_id, vdn, day, calls, without_number, longest_wait_ms, total_wait_ms)
  select :team, :vdn, value ->> 'day', cast(value ->> 'calls' as bigint),
    cast(value ->> 'without_number' as bigint), cast(value ->> 'longest' as bigint), cast(value ->> 'total' as bigint)
  from ${each(db, ':rows')} as days where true
  on conflict (team_id, vdn, day) do update set
    calls = daily_figures.calls + excluded.calls,
    without_number = daily_figures.without_number + excluded.without_number,
    longest_wait_ms = case when excluded.longest_wait_ms > daily_figures.longest_wait_ms
      then excluded.longest_wait_ms else daily_figures.longest_wait_ms end,
    total_wait_ms = daily_figures.total_wait_ms + excluded.total_wait_ms`;
