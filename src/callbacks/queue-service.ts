import type { CallerDisplay, CallerSource } from '../calls/caller.ts';
import { groupByCaller } from '../calls/grouping.ts';
import type { VdnStore } from '../calls/vdn.ts';
import type { Clock } from '../clock.ts';
import type { OutboxDraft } from '../outbox/outbox.ts';
import type { Callback } from './callback.ts';
import { LIST_PAGE_SIZE, type ListRow } from './list-page.ts';
import type { ListStore } from './list-store.ts';
import { noticeMessage, noticesOf } from './notices.ts';
import { overdueUntil, type Target } from './overdue.ts';
import type { ClaimedNext, ClaimNext, Load, OpenQueue, OwnClaims, QueuedVdn, QueueStore } from './queue.ts';

/** Of somebody's claims, as many are shown. */
const OWN_SHOWN = 10;
/** Of a team as many. */
const TEAM_SHOWN = 15;

export interface QueueRequest {
  teamId: string;
  userId: string;
  /** What they may see. */
  vdns: readonly number[];
  /** The page of what is open, from 0. */
  page: number;
  /** Of these the team's load is wanted, with what was done since then; null: it is not. */
  team: { vdns: readonly number[]; doneFromAt: number } | null;
}

/** Everything as it stands now. */
export interface QueueLook {
  own: Omit<OwnClaims, 'callbacks'> & { rows: ListRow[] };
  /** `page`: a page beyond the last is the last; `pages`: at least 1. */
  queue: Omit<OpenQueue, 'callbacks'> & { rows: ListRow[]; page: number; pages: number };
  /** null: it was not wanted. */
  team: Load[] | null;
}

/** What waits for whom. */
export interface Queue {
  look(request: QueueRequest): Promise<QueueLook>;
  /** Numbers of the VDNs of which a callback is not done. */
  vdns(teamId: string): Promise<number[]>;
  /** See QueueStore; undefined: nothing is open there. */
  claimNext(request: Omit<ClaimNext, 'vdns'> & { vdns: readonly number[] }): Promise<ClaimedNext | undefined>;
  /** The message that shows its owner what they have got so; its list is saved. */
  messageOf(claimed: Callback): Promise<OutboxDraft>;
}

export interface QueueParts {
  store: QueueStore;
  lists: Pick<ListStore, 'save'>;
  vdns: Pick<VdnStore, 'find'>;
  /** By VDN's number. */
  targetsOf(teamId: string): Promise<(vdn: number) => Target>;
  /** How a caller is shown, in the VDN's country. */
  display(source: CallerSource, country: string | null): CallerDisplay;
  /** A new UUID. */
  newId(): string;
  /** Called after a claim: messages are to be edited. */
  onClaimed(): void;
  clock: Clock;
}

export function createQueue(parts: QueueParts): Queue {
  const { store, lists, vdns, targetsOf, display, newId, onClaimed, clock } = parts;

  async function queued(teamId: string, numbers: readonly number[], now: number): Promise<QueuedVdn[]> {
    const targetOf = await targetsOf(teamId);
    return numbers.map((vdn) => ({ vdn, overdueUntil: overdueUntil(targetOf(vdn), now) }));
  }

  /** Callbacks of which no call is kept are left out: nothing is left to show of them. */
  async function rowsOf(teamId: string, callbacks: readonly Callback[], from: number): Promise<ListRow[]> {
    const calls = await store.callsOf(callbacks.map(({ id }) => id));
    const byCallback = Map.groupBy(calls, ({ callbackId }) => callbackId);
    const countries = new Map<number, string | null>();
    for (const vdn of new Set(callbacks.map((callback) => callback.vdn)))
      countries.set(vdn, (await vdns.find(teamId, vdn))?.country ?? null);
    return callbacks.flatMap((callback, n) => {
      const [figures] = groupByCaller(byCallback.get(callback.id) ?? []);
      if (!figures) return [];
      const { mediaType = null, subMediaType = null } = figures.media[0] ?? {};
      const source = { callerNo: figures.callerNo, mediaType, subMediaType };
      const caller = display(source, countries.get(callback.vdn) ?? null);
      return [{ position: from + n, caller, figures, callback, unclaimable: null, laterCalls: 0 }];
    });
  }

  async function openPage(teamId: string, where: readonly QueuedVdn[], wanted: number) {
    const page = Math.max(0, Math.trunc(wanted) || 0);
    const read = (number: number) => store.open(teamId, where, number * LIST_PAGE_SIZE, LIST_PAGE_SIZE);
    const found = await read(page);
    const pages = Math.max(1, Math.ceil(found.open / LIST_PAGE_SIZE));
    return page < pages ? { ...found, page, pages } : { ...(await read(pages - 1)), page: pages - 1, pages };
  }

  return {
    async look({ teamId, userId, vdns: seen, page, team }) {
      const where = await queued(teamId, seen, clock.now());
      const { callbacks: claims, ...own } = await store.claims(teamId, where, userId, OWN_SHOWN);
      const { callbacks: open, ...queue } = await openPage(teamId, where, page);
      // What was claimed between the two looks is in the first one only.
      const others = open.filter(({ id }) => !claims.some((claim) => claim.id === id));
      const ofTeam = where.filter(({ vdn }) => team?.vdns.includes(vdn));
      return {
        own: { ...own, rows: await rowsOf(teamId, claims, 0) },
        queue: { ...queue, rows: await rowsOf(teamId, others, queue.page * LIST_PAGE_SIZE) },
        team: team && (await store.load(teamId, ofTeam, team.doneFromAt, TEAM_SHOWN)),
      };
    },

    vdns: (teamId) => store.vdns(teamId),

    async claimNext({ vdns: numbers, ...request }) {
      const now = clock.now();
      const where = await queued(request.teamId, numbers, now);
      const claimed = await store.claimNext({ ...request, vdns: where }, now, noticesOf);
      if (claimed?.outcome === 'changed') onClaimed();
      return claimed;
    },

    async messageOf(callback) {
      const { id: callbackId, ownerId } = callback;
      if (ownerId === null) throw new Error('Nobody has claimed this callback');
      const entry = { notice: 'next' as const, callbackId, actorId: ownerId, callback };
      const telling = { to: ownerId, entries: [entry], calls: null };
      const calls = await store.callsOf([callbackId]);
      const { list, rows, draft } = noticeMessage(telling, calls, { now: clock.now(), newId });
      await lists.save(list, rows);
      return draft;
    },
  };
}
