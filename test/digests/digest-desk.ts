import { createListService } from '../../src/callbacks/lists.ts';
import { createCallbackService } from '../../src/callbacks/service.ts';
import { displayCaller } from '../../src/calls/caller.ts';
import type { MissedCall } from '../../src/calls/missed-call.ts';
import { SourceError } from '../../src/calls/source.ts';
import type { DigestData } from '../../src/digests/digest.ts';
import { createDigestRunner } from '../../src/digests/runner.ts';
import type { Schedule } from '../../src/digests/schedule.ts';
import { createSubscriptions } from '../../src/digests/service.ts';
import { passesFilter } from '../../src/questions/filter.ts';
import { createCallbackStore } from '../../src/storage/callbacks-store.ts';
import { createCallStore } from '../../src/storage/calls-store.ts';
import { createListStore } from '../../src/storage/lists-store.ts';
import { createOutboxStore } from '../../src/storage/outbox-store.ts';
import { createSubscriptionStore } from '../../src/storage/subscriptions-store.ts';
import { createVdnStore } from '../../src/storage/vdn-store.ts';
import type { Sync, SyncReport } from '../../src/sync/report.ts';
import { createLeases } from '../../src/work/leases.ts';
import { fakeClock, memoryDatabase } from '../outbox/desk-outbox.ts';

export const TEAM = 'T1';
export const VDN = 159;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** `at('09:30')` on Monday, 23 November 2026, UTC; or a whole date and time. */
export const at = (text: string): number => Date.parse(text.length > 5 ? `${text}Z` : `2026-11-23T${text}Z`);

export const hourly: Schedule = { every: { minutes: 60 }, weekdays: false, hours: null, allClear: false };

type DueRequest = Parameters<Sync['due']>[0];
export type DigestDesk = Awaited<ReturnType<typeof digestDesk>>;

/** Subscriptions and their runs on real stores, asking a contact centre that does as it is told. It is 08:30. */
export async function digestDesk(options: { timeZone?: string } = {}) {
  const knex = await memoryDatabase();
  const clock = fakeClock(at('08:30'));
  const store = createSubscriptionStore(knex);
  const calls = createCallStore(knex);
  const vdns = createVdnStore(knex);
  const outboxStore = createOutboxStore(knex);
  const callbackStore = createCallbackStore(knex);
  const lists = createListService({
    lists: createListStore(knex),
    vdns,
    clock,
    matches: passesFilter,
    display: displayCaller,
  });
  const callbacks = createCallbackService({ store: callbackStore, clock, vdns });
  const { timeZone = null } = options;
  await vdns.seed(TEAM, [{ number: VDN, name: 'Support', timeZone, country: null }]);

  // The contact centre: what ended there, when it may be seen there, and how it answers.
  const ended: (MissedCall & { appearsAt: number })[] = [];
  const centre = {
    asked: [] as DueRequest[],
    fails: null as Error | null,
    /** Answers wait for this. */
    answersAfter: undefined as Promise<void> | undefined,
    complete: true,
    down: () => {
      centre.fails = new SourceError('unreachable', 'The contact centre cannot be reached');
    },
    up: () => {
      centre.fails = null;
    },
  };
  /** Somebody gave up waiting at `time`; the row appears `lateMs` after that. */
  function missed(callId: string, time: string | number, { lateMs = 0, vdn = VDN } = {}) {
    const callEndAt = typeof time === 'string' ? at(time) : time;
    const raw = new Date(callEndAt).toISOString().slice(0, 19).replace('T', ' ');
    ended.push({
      vdn,
      callId,
      callerNo: `1555${String(ended.length).padStart(6, '0')}`,
      calleeNo: '31045665',
      waitBeginRaw: raw,
      callEndRaw: raw,
      waitBeginAt: callEndAt - 30_000,
      callEndAt,
      mediaType: 5,
      subMediaType: null,
      callerKey: `num:1555${String(ended.length).padStart(6, '0')}`,
      appearsAt: callEndAt + lateMs,
    });
  }
  /** Stores what the contact centre shows now, as a digest's or a question's sync does. */
  async function fetch(teamId: string, vdn: number): Promise<number> {
    const seen = ended.filter((call) => call.vdn === vdn && call.appearsAt <= clock.at);
    return calls.insertNew(teamId, vdn, seen);
  }
  const sync: Pick<Sync, 'due'> = {
    async due(request): Promise<SyncReport> {
      centre.asked.push(request);
      await Promise.race([centre.answersAfter, untilAborted(request.signal)]);
      request.signal?.throwIfAborted();
      if (centre.fails) throw centre.fails;
      const inserted = await fetch(request.teamId, request.vdn);
      const endAt = Math.floor(clock.at / 1000) * 1000;
      return {
        complete: centre.complete,
        endAt,
        fetched: inserted,
        inserted,
        malformed: 0,
        outsideWindow: 0,
      };
    },
  };

  let wakes = 0;
  const outbox = {
    wake: () => {
      wakes += 1;
    },
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const forDigests = { ...callbacks, expiredBetween: callbackStore.expiredBetween };
  const newRunner = (
    parts: { lists?: typeof lists; callbacks?: typeof forDigests; subscriptions?: typeof store } = {},
  ) =>
    createDigestRunner({
      subscriptions: store,
      sync,
      calls,
      callbacks: forDigests,
      lists,
      vdns,
      outbox,
      leases: createLeases({ log }),
      clock,
      log,
      ...parts,
    });
  const subscriptions = createSubscriptions({ store, vdns, clock, log, outbox });

  const desk = {
    knex,
    clock,
    store,
    calls,
    lists,
    callbacks: forDigests,
    outboxStore,
    centre,
    missed,
    fetch,
    subscriptions,
    runner: newRunner(),
    newRunner,
    wakes: () => wakes,

    subscribe: async (more: { channelId?: string; vdn?: number; schedule?: Schedule } = {}) =>
      (
        await subscriptions.subscribe({
          teamId: TEAM,
          channelId: 'C1',
          vdn: VDN,
          schedule: hourly,
          createdBy: 'UBOSS',
          ...more,
        })
      ).subscription,
    one: async (number = 1) => {
      const found = await store.find(TEAM, number);
      if (!found) throw new Error(`no subscription ${number}`);
      return found;
    },

    /** Lets the time pass, with every run at the moment that it is due (as a desk that is up would). */
    async passUntil(time: string | number) {
      const until = typeof time === 'string' ? at(time) : time;
      for (;;) {
        const next = await knex('subscriptions')
          .where({ state: 'active' })
          .min({ dueAt: knex.raw('coalesce(retry_at, next_run_at)') })
          .first();
        if (next?.dueAt == null || next.dueAt > until) break;
        clock.at = Math.max(clock.at, next.dueAt);
        await desk.runner.runDue();
      }
      clock.at = until;
    },

    /** What was decided to send so far, oldest first, and which calls it tells. Then it is forgotten. */
    async told() {
      const rows = await knex('outbox').orderBy('seq');
      await knex('outbox').delete();
      return Promise.all(
        rows.map(async ({ kind, channel_id, data, list_id }) => {
          const list = list_id ? await createListStore(knex).find(list_id) : undefined;
          const shown = list ? await calls.inWindow(list.teamId, list.vdn, list.window) : [];
          return {
            kind: kind as string,
            channelId: channel_id as string,
            data: JSON.parse(data) as DigestData,
            calls: shown.map(({ callId }) => callId),
          };
        }),
      );
    },
    /** The ids of the calls that were told since the last look, message by message. */
    toldCalls: async () => (await desk.told()).map((message) => message.calls),
    listCount: async () => Number((await knex('lists').count({ n: '*' }))[0]?.n),
  };
  return desk;
}

const untilAborted = (signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
