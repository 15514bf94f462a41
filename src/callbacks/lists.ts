import { randomUUID } from 'node:crypto';
import type { CallerFigures, CallList, CallWindow } from '../calls/call-list.ts';
import type { CallerDisplay, CallerSource } from '../calls/caller.ts';
import type { CallFilter } from '../calls/filter.ts';
import { groupByCaller } from '../calls/grouping.ts';
import type { StoredCall } from '../calls/missed-call.ts';
import type { VdnStore } from '../calls/vdn.ts';
import type { Clock } from '../clock.ts';
import { LIST_PAGE_SIZE, type ListPage, type ListRow } from './list-page.ts';
import { createTally } from './list-rows.ts';
import type { ListedCall, ListStore, NewListRow, StoredListRow } from './list-store.ts';

export interface ListRequest {
  teamId: string;
  vdn: number;
  window: CallWindow;
  filter: CallFilter;
  /** Callbacks that stand after its callers, each with its own calls. */
  callbacks?: readonly NewListRow[];
}

/** Lists of callers, as messages show them. */
export interface ListService {
  /**
   * Makes the list of what is stored now. Read `window.uptoSeq` first, then attach, then come here: a call that is not
   * attached yet has no callback, and its row would offer none for good.
   */
  create(request: ListRequest): Promise<CallList>;
  /** One page, from 0, as it stands now; undefined when the list is no more. A page beyond the last is the last. */
  page(listId: string, page: number): Promise<ListPage | undefined>;
  delete(listId: string): Promise<void>;
}

export interface ListServiceParts {
  lists: ListStore;
  vdns: Pick<VdnStore, 'find'>;
  clock: Clock;
  /** Whether a call passes the filter's call-level parts: all but `state`. */
  matches(call: Omit<ListedCall, 'callback'>, filter: CallFilter): boolean;
  /** How a caller is shown, in the VDN's country. */
  display(source: CallerSource, country: string | null): CallerDisplay;
}

export function createListService(parts: ListServiceParts): ListService {
  const { lists, vdns, clock, matches, display } = parts;

  async function create({ teamId, vdn, window, filter, callbacks = [] }: ListRequest): Promise<CallList> {
    const tally = createTally();
    for await (const stretch of lists.stretches({ teamId, vdn, window })) {
      for (const call of stretch) if (matches(call, filter)) tally.add(call);
    }
    const { rows: callers, figures } = tally.listed(filter);
    const rows = [...callers, ...callbacks];
    const list: CallList = {
      id: randomUUID(),
      teamId,
      vdn,
      createdAt: clock.now(),
      window,
      filter,
      ...(callbacks.length > 0 && { callbacksFrom: callers.length }),
      figures,
      rowCount: rows.length,
    };
    await lists.save(list, rows);
    return list;
  }

  async function page(listId: string, wanted: number): Promise<ListPage | undefined> {
    const list = await lists.find(listId);
    if (!list) return undefined;
    const pages = Math.max(1, Math.ceil(list.rowCount / LIST_PAGE_SIZE));
    const number = Math.min(Math.max(0, Math.trunc(wanted) || 0), pages - 1);
    const stored = await lists.rows(listId, number * LIST_PAGE_SIZE, LIST_PAGE_SIZE);
    return {
      list,
      page: number,
      pages,
      rows: await readRows(list, stored),
      ...(await lists.countCallbacks(list)),
    };
  }

  async function readRows(list: CallList, stored: StoredListRow[]): Promise<ListRow[]> {
    const figuresOfRow = await figuresIn(list, stored);
    const ids = stored.flatMap(({ callback }) => (callback ? [callback.id] : []));
    const later = await lists.laterCalls(ids, list.window.uptoSeq);
    const countries = new Map<number, string | null>();
    for (const vdn of new Set([list.vdn, ...stored.flatMap(({ callback }) => callback?.vdn ?? [])]))
      countries.set(vdn, (await vdns.find(list.teamId, vdn))?.country ?? null);
    return stored.flatMap((row) => {
      const { position, callerKey, callback } = row;
      const figures = figuresOfRow(row);
      // Erased, or older than the desk keeps calls: nothing is left to show of it. The others stay where they are.
      if (!figures) return [];
      const { mediaType = null, subMediaType = null } = figures.media[0] ?? {};
      const country = countries.get(callback?.vdn ?? list.vdn) ?? null;
      return {
        position,
        caller: display({ callerNo: figures.callerNo, mediaType, subMediaType }, country),
        figures,
        callback,
        unclaimable: callback ? null : callerKey === null ? 'no-number' : 'too-old',
        laterCalls: callback ? (later.get(callback.id) ?? 0) : 0,
      };
    });
  }

  async function figuresIn(list: CallList, stored: StoredListRow[]): Promise<FiguresOfRow> {
    const isCallback = ({ position }: StoredListRow) => position >= (list.callbacksFrom ?? list.rowCount);
    const keys = stored.filter((row) => !isCallback(row)).map(({ callerKey }) => callerKey);
    const ids = stored.filter(isCallback).flatMap(({ callback }) => (callback ? [callback.id] : []));
    const ofCallers = keys.length > 0 ? await lists.callsOf(list, keys) : [];
    const byCaller = figuresByCaller(ofCallers.filter((call) => matches(call, list.filter)));
    const byCallback = figuresByCallback(await lists.callsOfCallbacks(ids, list.window.uptoSeq));
    return (row) => (isCallback(row) ? byCallback(row) : byCaller(row));
  }

  return { create, page, delete: (listId) => lists.delete(listId) };
}

type FiguresOfRow = (row: StoredListRow) => CallerFigures | undefined;

function figuresByCaller(calls: StoredCall[]): FiguresOfRow {
  const figures = new Map(groupByCaller(calls).map((one) => [one.callerKey, one]));
  return ({ callerKey }) => figures.get(callerKey);
}

/** The same caller may have called two VDNs, and has a callback in each. */
function figuresByCallback(calls: StoredCall[]): FiguresOfRow {
  const groups = Map.groupBy(calls, (call) => call.callbackId);
  return ({ callback }) => groupByCaller(groups.get(callback?.id ?? null) ?? [])[0];
}
