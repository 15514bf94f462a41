import type { CallStore } from '../calls/call-store.ts';
import type { MissedCall, MissedCallRow } from '../calls/missed-call.ts';
import type { MissedCallSource } from '../calls/source.ts';
import { missedCallOf } from './missed-call-of.ts';
import type { SyncWindow } from './record.ts';
import type { SyncReport } from './report.ts';
import type { ZoneWatch } from './zone-watch.ts';

export interface ReadPorts {
  source: MissedCallSource;
  calls: Pick<CallStore, 'insertNew'>;
  zoneWatch: ZoneWatch;
}

export interface ReadRequest {
  teamId: string;
  vdn: number;
  window: SyncWindow;
  /** Of the contact centre's times. */
  timeZone: string;
  /** The VDN's. */
  country: string | null;
  /** Calls that ended before are not stored. */
  keepFromAt: number;
  /** How often to read again while the total moves. */
  rereads: number;
  signal?: AbortSignal;
  onPage?: () => void;
}

/**
 * Reads a window into the store, a page at a time, so that memory does not grow with it. While the total moves from page
 * to page rows may slip between two of them: then it is read again, and what all the readings found stays. A reading that
 * brings nothing beyond the one before is complete, too: the server counts calls that it does not list, or lists one twice.
 * The caller holds the VDN's lock. Throws SourceError; the pages before it are stored.
 */
export async function readWindow(ports: ReadPorts, request: ReadRequest): Promise<SyncReport> {
  let inserted = 0;
  let before: Reading | undefined;
  for (let rereads = 0; ; rereads++) {
    const reading = await readOnce(ports, request);
    const { total: _, held, ...report } = reading;
    inserted += report.inserted;
    const complete = (held && isFull(reading)) || (before !== undefined && isSame(before, reading));
    if (complete || rereads >= request.rereads) return { ...report, complete, inserted };
    before = reading;
  }
}

/** One reading of all pages. */
interface Reading extends Omit<SyncReport, 'complete'> {
  /** What the first page counted, and whether every page counted the same. */
  total: number;
  held: boolean;
}

/** As many came and went between two pages: the total says nothing, but a row is missing. */
const isFull = ({ fetched, malformed, total }: Reading) => fetched + malformed >= total;

const isSame = (before: Reading, now: Reading) =>
  before.held &&
  now.held &&
  now.inserted === 0 &&
  now.total === before.total &&
  now.fetched === before.fetched &&
  now.malformed === before.malformed;

async function readOnce(ports: ReadPorts, request: ReadRequest): Promise<Reading> {
  const { vdn, window, signal, onPage } = request;
  const reading = {
    endAt: window.endAt,
    fetched: 0,
    inserted: 0,
    malformed: 0,
    outsideWindow: 0,
    held: true,
  };
  let total: number | undefined;
  for await (const page of ports.source.pages({ vdn, ...window, ...(signal ? { signal } : {}) })) {
    signal?.throwIfAborted();
    onPage?.();
    total ??= page.total;
    if (page.total !== total) reading.held = false;
    const { inserted, outsideWindow } = await storePage(ports, request, page.rows);
    reading.fetched += page.rows.length;
    reading.inserted += inserted;
    reading.malformed += page.malformed;
    reading.outsideWindow += outsideWindow;
  }
  return { ...reading, total: total ?? 0 };
}

async function storePage(
  { calls, zoneWatch }: ReadPorts,
  { teamId, vdn, window, timeZone, country, keepFromAt }: ReadRequest,
  rows: readonly MissedCallRow[],
): Promise<{ inserted: number; outsideWindow: number }> {
  const about = { vdn, timeZone, country, askedFromAt: window.beginAt };
  const found = rows.map((row) => missedCallOf(row, about));
  const outsideWindow = found.filter((call) => isOutside(call, window)).length;
  zoneWatch.look(vdn, rows, window, outsideWindow);
  const kept = found.filter((call) => call.callEndAt >= keepFromAt);
  return { inserted: await calls.insertNew(teamId, vdn, kept), outsideWindow };
}

const isOutside = ({ waitBeginAt }: MissedCall, { beginAt, endAt }: SyncWindow) =>
  waitBeginAt < beginAt || waitBeginAt > endAt;
