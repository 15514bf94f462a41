import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { createListService } from '../src/callbacks/lists.ts';
import { displayCaller } from '../src/calls/caller.ts';
import { systemClock } from '../src/clock.ts';
import type { DigestData } from '../src/digests/digest.ts';
import { passesFilter } from '../src/questions/filter.ts';
import { actionId, encodeAction } from '../src/slack/messages/actions.ts';
import { createCallbackStore } from '../src/storage/callbacks-store.ts';
import { createCallStore } from '../src/storage/calls-store.ts';
import { createListStore } from '../src/storage/lists-store.ts';
import { createOutboxStore } from '../src/storage/outbox-store.ts';
import { createVdnStore } from '../src/storage/vdn-store.ts';
import { missedCallOf } from '../src/sync/missed-call-of.ts';
import { openTable } from './floors/table.ts';
import type { Database } from './folder.ts';
import { madeUpCalls } from './stand-ins/made-up-calls.ts';
import { TEAM } from './stand-ins/slack-methods.ts';

// What a desk finds in its database that has been at work for a while.

export const HOUR_MS = 3_600_000;

/** Names VDNs 1 to `count`, of a country whose numbers are made up: reading them costs what it costs in the field. */
export async function nameVdns(knex: Knex, count: number): Promise<void> {
  const vdns = Array.from({ length: count }, (_, index) => index + 1);
  await createVdnStore(knex).seed(
    TEAM,
    vdns.map((number) => ({ number, name: `Queue ${number}`, timeZone: 'UTC', country: 'CN' })),
  );
}

export interface Wishes {
  /** Of each of the VDNs 1 to this. */
  vdns: number;
  perVdn: number;
  /** When all of them are due (epoch ms). */
  dueAt: number;
  /** Until when they have told everything. */
  toldUntilAt: number;
}

/** When subscriptions are due that are not to be due before `makeDue`. */
export const LATER = Date.UTC(2100);

/** Lets every subscription of a desk that is at work be due now: one that has only just begun is no measure. Gives the time (epoch ms). */
export async function makeDue({ file }: Database): Promise<number> {
  const table = await openTable(file);
  const now = systemClock.now();
  await table.run('update subscriptions set next_run_at = ?', [now]);
  await table.close();
  return now;
}

/** Channels that want a digest every hour, each of one VDN. */
export async function subscribe(knex: Knex, { vdns, perVdn, dueAt, toldUntilAt }: Wishes): Promise<void> {
  const schedule = { every: { minutes: 60 }, weekdays: false, hours: null, allClear: false };
  const rows = Array.from({ length: vdns * perVdn }, (_, index) => ({
    team_id: TEAM,
    number: index + 1,
    channel_id: `C0SUB${index}`,
    vdn: (index % vdns) + 1,
    schedule: JSON.stringify(schedule),
    state: 'active',
    created_by: 'U0ANA',
    created_at: toldUntilAt,
    starts_at: toldUntilAt,
    cursor: 0,
    previous_end_at: toldUntilAt,
    next_run_at: dueAt,
  }));
  await knex.batchInsert('subscriptions', rows, 50);
}

/** A button in a message that is in Slack. */
export interface Button {
  channelId: string;
  ts: string;
  actionId: string;
  value: string;
}

const CALLERS_A_MESSAGE = 10;

/** Callbacks of VDN 1, ten to a message, each message in a channel of its own. Gives their Claim buttons; callback N is the Nth. */
export async function postCallbacks(knex: Knex, count: number): Promise<Button[]> {
  await nameVdns(knex, 1);
  const calls = createCallStore(knex);
  const callbacks = createCallbackStore(knex);
  const outbox = createOutboxStore(knex);
  const now = systemClock.now();
  const rows = [...madeUpCalls({ vdn: 1, calls: count, fromAt: now - HOUR_MS, toAt: now })].map(
    (row, index) => ({
      ...row,
      callerNo: `138${String(index).padStart(8, '0')}`,
      subMediaType: null,
    }),
  );
  const about = { vdn: 1, timeZone: 'UTC', country: 'CN', askedFromAt: now - HOUR_MS };
  await calls.insertNew(
    TEAM,
    1,
    rows.map((row) => missedCallOf(row, about)),
  );
  await callbacks.attachNew(
    { teamId: TEAM, vdn: 1, openedBy: 'digest' },
    { now, opensFromAt: 0, joinedDrafts: () => [] },
  );
  const lists = createListService({
    lists: createListStore(knex),
    vdns: createVdnStore(knex),
    clock: systemClock,
    matches: passesFilter,
    display: displayCaller,
  });

  const buttons: Button[] = [];
  for (let first = 0; first < count; first += CALLERS_A_MESSAGE) {
    const window = {
      afterSeq: first,
      uptoSeq: first + CALLERS_A_MESSAGE,
      waitFromAt: null,
      waitToAt: null,
      endFromAt: 0,
    };
    const list = await lists.create({ teamId: TEAM, vdn: 1, window, filter: {} });
    const [id, channelId, ts] = [
      randomUUID(),
      `C0MSG${first}`,
      `1600000000.${String(first).padStart(6, '0')}`,
    ];
    const data: DigestData = {
      subscriptionNumber: 1,
      vdn: { number: 1, name: 'Queue 1' },
      fromAt: now - HOUR_MS,
      toAt: now,
      timeZone: 'UTC',
      listId: list.id,
      afterSeq: first,
      gap: null,
      expired: 0,
      manual: false,
    };
    await outbox.insert([{ id, teamId: TEAM, channelId, kind: 'digest', data, listId: list.id }], now);
    await outbox.markSent(id, { channelId, ts });
    for (const { callback } of (await lists.page(list.id, 0))?.rows ?? []) {
      const callbackId = callback?.id ?? 0;
      const value = encodeAction({ page: 0, callbackId, outboxId: id });
      buttons[callbackId - 1] = { channelId, ts, actionId: actionId('claim', callbackId), value };
    }
  }
  return buttons;
}
