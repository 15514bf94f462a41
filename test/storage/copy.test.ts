import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyDatabase } from '../../src/storage/copy.ts';
import { tablesOf } from '../../src/storage/copy-tables.ts';
import { createErasureStore } from '../../src/storage/erasure-store.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { createSubscriptionStore } from '../../src/storage/subscriptions-store.ts';
import { DAY, NOON } from '../callbacks/made-up-calls.ts';
import { draft } from '../outbox/desk-outbox.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';
import { wish } from './subscriptions-contract.ts';

const postgres = onPostgres();
let source: Knex;
let target: Knex;
let desk: CallbackDesk;
beforeEach(async () => {
  [source, target] = [await onSqlite(), await postgres()];
  desk = callbackDesk(source);
});
afterEach(async () => {
  await source.destroy();
  await target.destroy();
});

/** A desk that has been used: something of everything. */
async function used(): Promise<void> {
  await desk.vdns.seed(TEAM, [
    { number: VDN, name: '客服 \u{1F600} "x" \\u0041', timeZone: null, country: 'CN' },
  ]);
  await desk.arrive(
    ...Array.from({ length: 4_500 }, (_, n) => ({
      callerKey: n % 7 === 0 ? null : `num:555${n % 1_000}`,
      mediaType: n % 2 === 0 ? 5 : null,
    })),
  );
  await desk.attach();
  const [, id = 0, other] = await desk.callbackIds();
  await desk.act('ana', 'claim', id ?? 0);
  await desk.act('ana', 'done', id ?? 0);
  await desk.act('ana', { action: 'assign', toId: 'bo' }, other ?? 0);
  await desk.list();
  const caller = { teamId: TEAM, vdn: VDN, keys: ['num:5553'] };
  await createErasureStore(source).erase(caller, { actorId: 'ana', now: NOON });
  const { subscription } = await createSubscriptionStore(source).create(wish);
  await createSubscriptionStore(source).beat(NOON);
  await createOutboxStore(source).insert(
    [draft('\u0000 \ud800 ?', 'C1', { subscriptionId: subscription.id })],
    NOON,
  );
  await source('vdn_syncs').insert({
    team_id: TEAM,
    vdn: VDN,
    known_from_at: 1,
    last_end_at: NOON,
    looked_back_at: 2,
  });
  await source('channels').insert({ team_id: TEAM, channel_id: 'C1', shared: true, asked_at: NOON });
  await source('paces').insert({ team_id: TEAM, channel_id: 'C1', free_at: NOON, held_until: 0 });
  await source('deliveries').insert({ id: 'Ev1', at: NOON });
  await source('workspaces').insert({ team_id: TEAM, language: 'en', masking: 'never' });
  await source('homes').insert({ team_id: TEAM, user_id: 'U0ANA', opened_at: NOON });
  await source('departures').insert({ team_id: 'T9', left_at: NOON });
  await source('installations').insert({
    team_id: TEAM,
    team_name: 'The office',
    bot_user_id: 'U0DESK',
    bot_token: 'v1.key.iv.text',
    scopes: 'commands',
    installed_by: 'U0ANA',
    installed_at: NOON,
    mark: randomUUID(),
  });
  await source('leases').insert({ name: 'digests', owner: randomUUID(), ends_at: NOON });
}

describe('a copy', () => {
  it('has every row of every table, as it was', async () => {
    await used();
    const copied = await copyDatabase(source, target);
    const counts = new Map(copied.map(({ table, rows }) => [table, rows]));
    for (const { name } of await tablesOf(source)) {
      const [{ rows } = { rows: 0 }] = await source(name).count<{ rows: number }[]>('* as rows');
      expect(rows, name).toBeGreaterThan(0);
      expect(counts.get(name), name).toBe(rows);
    }
    const there = callbackDesk(target);
    expect(await there.stored()).toEqual(await desk.stored());
    expect(await there.vdns.list(TEAM)).toEqual(await desk.vdns.list(TEAM));
    expect(await createSubscriptionStore(target).list(TEAM)).toEqual(
      await createSubscriptionStore(source).list(TEAM),
    );
    expect(await target('channels').pluck('shared')).toEqual([true]);
    expect(await createOutboxStore(target).claimDue(NOON, NOON, 10)).toEqual(
      await createOutboxStore(source).claimDue(NOON, NOON, 10),
    );
  });

  it('goes on numbering where the file was, also when the newest rows are gone', async () => {
    await desk.arrive({}, {}, {});
    await desk.calls.removeEndedBefore(NOON + DAY);
    await copyDatabase(source, target);
    const there = callbackDesk(target);
    await there.arrive({});
    expect((await there.stored()).map(({ seq }) => seq)).toEqual([4]);
  });

  it('of an empty desk is an empty desk', async () => {
    expect((await copyDatabase(source, target)).every(({ rows }) => rows === 0)).toBe(true);
    const there = callbackDesk(target);
    await there.arrive({});
    expect((await there.stored()).map(({ seq }) => seq)).toEqual([1]);
  });

  it('with a NUL is refused, and nothing of it kept', async () => {
    await desk.arrive({ callerNo: '13800138000' }, {}, {});
    await source('missed_calls').where('seq', 2).update({ caller_no: '13800138000\u0000' });
    const error = await copyDatabase(source, target).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'cannot-copy',
      message: expect.stringMatching(/missed_calls \(seq 2\): its caller_no holds a NUL/),
    });
    expect(String(error)).not.toContain('13800138000');
    expect(await target('missed_calls')).toEqual([]);
  });

  it('that PostgreSQL has changed on the way is not kept; the first such row is named', async () => {
    await desk.arrive({ callerNo: '13800138000' }, {}, {});
    await target.raw(`create function meddle() returns trigger language plpgsql as
      $$ begin if new.seq = 3 then new.callee_no = '0'; end if; return new; end $$`);
    await target.raw(
      'create trigger meddles before insert on missed_calls for each row execute function meddle()',
    );
    await expect(copyDatabase(source, target)).rejects.toMatchObject({
      code: 'differs',
      message: expect.stringMatching(/the row missed_calls \(seq 3\) is different in its callee_no/),
    });
    await target.raw('drop trigger meddles on missed_calls');
    expect(await target('missed_calls')).toEqual([]);
    expect((await copyDatabase(source, target)).find(({ table }) => table === 'missed_calls')?.rows).toBe(3);
  });

  it('that lost a row on the way is not kept', async () => {
    await desk.arrive({}, {}, {});
    await target.raw(`create function lose() returns trigger language plpgsql as
      $$ begin return case when new.seq = 2 then null else new end; end $$`);
    await target.raw(
      'create trigger loses before insert on missed_calls for each row execute function lose()',
    );
    await expect(copyDatabase(source, target)).rejects.toThrow(/missed_calls \(seq 2\) is missing/);
    await target.raw('drop trigger loses on missed_calls');
  });
});

it('copies what is referred to before what refers to it', async () => {
  const names = (await tablesOf(source)).map(({ name }) => name);
  expect(names.indexOf('callbacks')).toBeLessThan(names.indexOf('callback_events'));
  expect(names.indexOf('lists')).toBeLessThan(names.indexOf('list_rows'));
  expect(names.filter((name) => /^(?:sqlite|knex)/.test(name))).toEqual([]);
});
