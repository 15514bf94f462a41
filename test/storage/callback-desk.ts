import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { PersonsChange } from '../../src/callbacks/callback.ts';
import { createJoinedDrafts } from '../../src/callbacks/joined.ts';
import { createListService } from '../../src/callbacks/lists.ts';
import { noticeMessage } from '../../src/callbacks/notices.ts';
import { messagesBy } from '../../src/callbacks/quiet.ts';
import { createCallbackService } from '../../src/callbacks/service.ts';
import type { CallWindow } from '../../src/calls/call-list.ts';
import { displayCaller } from '../../src/calls/caller.ts';
import type { CallFilter } from '../../src/calls/filter.ts';
import { waitMs } from '../../src/calls/grouping.ts';
import type { StoredCall } from '../../src/calls/missed-call.ts';
import { toldByDigest } from '../../src/storage/callback-told.ts';
import { createCallbackStore } from '../../src/storage/callbacks-store.ts';
import { createCallStore } from '../../src/storage/calls-store.ts';
import { createListStore } from '../../src/storage/lists-store.ts';
import { createNoticeStore } from '../../src/storage/notice-store.ts';
import { inTransaction } from '../../src/storage/transactions.ts';
import { createVdnStore } from '../../src/storage/vdn-store.ts';
import { madeUpCall, NOON } from '../callbacks/made-up-calls.ts';

export const TEAM = 'T1';
export const VDN = 159;

export type CallbackDesk = Awaited<ReturnType<typeof callbackDesk>>;

export type SimpleAction = 'claim' | 'release' | 'take-over' | 'undo' | 'done';

/** By its name alone, Done is "reached". */
export const changeOf = (change: PersonsChange | SimpleAction): PersonsChange => {
  if (typeof change !== 'string') return change;
  return change === 'done' ? { action: 'done', outcome: 'reached', note: null } : { action: change };
};

/** Callbacks and lists over a migrated database, with a clock that tests move. It is noon. */
export function callbackDesk(knex: Knex, newId: () => string = randomUUID) {
  const clock = { time: NOON, now: () => clock.time };
  const store = createCallbackStore(knex);
  const calls = createCallStore(knex);
  const listStore = createListStore(knex);
  const notices = createNoticeStore(knex);
  const vdns = createVdnStore(knex);
  const joinedDrafts = createJoinedDrafts({ display: displayCaller, newId });
  let wakes = 0;
  const wakeOutbox = () => {
    wakes += 1;
  };
  const service = createCallbackService({ store, clock, vdns, joinedDrafts, wakeOutbox });
  const lists = createListService({
    lists: listStore,
    vdns,
    clock,
    // Enough of a filter to see that it is asked.
    matches: (call, { callee, waitOverMs = -1 }) =>
      waitMs(call) > waitOverMs && (callee === undefined || callee === call.calleeNo),
    display: displayCaller,
  });

  const everything = async (vdn: number): Promise<CallWindow> => ({
    afterSeq: 0,
    uptoSeq: await calls.maxSeq(TEAM, vdn),
    waitFromAt: null,
    waitToAt: null,
    endFromAt: null,
  });

  return {
    knex,
    clock,
    store,
    calls,
    listStore,
    notices,
    service,
    lists,
    vdns,
    wakes: () => wakes,

    /** Calls that the contact centre tells of now. */
    async arrive(...told: Partial<StoredCall>[]): Promise<void> {
      const byVdn = Map.groupBy(told.map(madeUpCall), (call) => call.vdn);
      for (const [vdn, group] of byVdn) await calls.insertNew(TEAM, vdn, group);
    },

    attach: (openedBy: 'question' | 'digest' = 'digest', vdn = VDN) =>
      service.attachNew({ teamId: TEAM, vdn, openedBy }),

    act: (actorId: string, change: PersonsChange | SimpleAction, callbackId: number, seen?: number | null) =>
      service.act({
        ...changeOf(change),
        teamId: TEAM,
        callbackId,
        actorId,
        message: 'C1/1.2',
        ...(seen !== undefined && { seen }),
      }),

    /** Who has yet to be told what, oldest first. */
    waiting: async () => (await notices.waiting()).map(({ to, notice }) => [to, notice]),

    /** Tells what is to be told by now. */
    async tell() {
      const { time: now } = clock;
      for (const one of messagesBy(now, await notices.waiting()))
        await notices.tell(one, now, (telling, calls) => noticeMessage(telling, calls, { now, newId }));
    },

    /** Every call of the VDN, in order of arrival. */
    stored: async (vdn = VDN) => await calls.inWindow(TEAM, vdn, await everything(vdn)),

    /** The callbacks that calls belong to, in order of arrival of the calls; null: none. */
    callbackIds: async (vdn = VDN) =>
      (await calls.inWindow(TEAM, vdn, await everything(vdn))).map((call) => call.callbackId),

    async callback(id: number | null | undefined) {
      const found = (await store.findAll(TEAM, [id ?? 0])).get(id ?? 0);
      if (!found) throw new Error('There is no such callback');
      return found;
    },

    /** A list of everything that has arrived, or of a part of it. */
    list: async (filter: CallFilter = {}, window: Partial<CallWindow> = {}) =>
      await lists.create({
        teamId: TEAM,
        vdn: VDN,
        window: { ...(await everything(VDN)), ...window },
        filter,
      }),

    /** A digest tells everything that has arrived. */
    async digestTells() {
      const list = await lists.create({ teamId: TEAM, vdn: VDN, window: await everything(VDN), filter: {} });
      await inTransaction(knex, (trx) => toldByDigest(trx, [list.id], clock.time));
    },

    /** The list's page; it is there. */
    async page(listId: string, page = 0) {
      const found = await lists.page(listId, page);
      if (!found) throw new Error('There is no such list');
      return found;
    },
  };
}
