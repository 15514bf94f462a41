import type { AuditEntry } from '../audit.ts';

/** A change of a callback, as an export tells it: its note is not in it, which may name the caller. */
export interface HistoryEntry {
  id: number;
  at: number;
  actorId: string | null;
  action: string;
  vdn: number;
  callbackId: number;
  fromState: string | null;
  toState: string;
  fromOwnerId: string | null;
  toOwnerId: string | null;
  outcome: string | null;
}

/** From `fromAt` until just before `toAt`, at most `limit` after `afterId`, in order of id, which is that of time. */
export interface ExportPage {
  fromAt: number;
  toAt: number;
  afterId: number;
  limit: number;
}

export interface HistoryStore {
  history(teamId: string, vdns: readonly number[], page: ExportPage): Promise<HistoryEntry[]>;
}

export interface ExportPorts {
  history: HistoryStore;
  audit: { read(teamId: string, page: ExportPage): Promise<(AuditEntry & { id: number })[]> };
}

export interface ExportRequest {
  teamId: string;
  fromAt: number;
  toAt: number;
  /** Of which VDNs. */
  vdns: readonly number[];
  /** Also what was done to the workspace as a whole. */
  workspace: boolean;
}

export interface Export {
  /** CSV (RFC 4180) with a line of headings. */
  csv: string;
  rows: number;
  /** There is more than one file holds: it goes up to this time, exclusive; null: it is whole. */
  cutAt: number | null;
}

const HEADINGS = [
  'time_utc',
  'actor',
  'action',
  'vdn',
  'callback',
  'from_state',
  'to_state',
  'from_owner',
  'to_owner',
  'outcome',
  'detail',
];
const PAGE = 1000;
/** Some ten megabytes, which one desk can hold for a moment. */
const MOST_ROWS = 50_000;

/** Who did what with callbacks, data and settings, oldest first: no caller's number is in it, nor notes. */
export async function exportAudit(
  request: ExportRequest,
  ports: ExportPorts,
  mostRows = MOST_ROWS,
): Promise<Export> {
  const lines = [HEADINGS.join(',')];
  let cutAt: number | null = null;
  for await (const { at, cells } of merged(historyRows(request, ports), auditRows(request, ports))) {
    if (lines.length > mostRows) {
      cutAt = at;
      break;
    }
    lines.push([new Date(at).toISOString(), ...cells].map(csvCell).join(','));
  }
  return { csv: `${lines.join('\r\n')}\r\n`, rows: lines.length - 1, cutAt };
}

type Cell = string | number | null;
interface Row {
  at: number;
  cells: Cell[];
}

async function* historyRows({ teamId, vdns, fromAt, toAt }: ExportRequest, { history }: ExportPorts) {
  const read = (afterId: number) => history.history(teamId, vdns, { fromAt, toAt, afterId, limit: PAGE });
  for await (const one of paged(read)) {
    const { at, actorId, action, vdn, callbackId, fromState, toState, fromOwnerId, toOwnerId, outcome } = one;
    const states = [fromState, toState, fromOwnerId, toOwnerId, outcome];
    yield { at, cells: [actorId ?? 'desk', action, vdn, callbackId, ...states, null] } satisfies Row;
  }
}

async function* auditRows({ teamId, vdns, workspace, fromAt, toAt }: ExportRequest, { audit }: ExportPorts) {
  const read = (afterId: number) => audit.read(teamId, { fromAt, toAt, afterId, limit: PAGE });
  for await (const { at, actorId, action, vdn, callbackId, detail } of paged(read)) {
    if (vdn === null ? !workspace : !vdns.includes(vdn)) continue;
    const rest = [null, null, null, null, null, JSON.stringify(detail)];
    yield { at, cells: [actorId ?? 'desk', action, vdn, callbackId, ...rest] } satisfies Row;
  }
}

async function* paged<T extends { id: number }>(read: (afterId: number) => Promise<T[]>): AsyncGenerator<T> {
  for (let afterId = 0; ; ) {
    const page = await read(afterId);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    afterId = last.id;
  }
}

async function* merged(one: AsyncGenerator<Row>, other: AsyncGenerator<Row>): AsyncGenerator<Row> {
  let [a, b] = [await one.next(), await other.next()];
  while (!a.done || !b.done) {
    if (!a.done && (b.done || a.value.at <= b.value.at)) {
      yield a.value;
      a = await one.next();
    } else if (!b.done) {
      yield b.value;
      b = await other.next();
    }
  }
}

/** Programs that open it take a cell that begins with one of these for a formula. */
const FORMULA = /^[\s]*[=+\-@\t\r|%]/;

/** One cell: quoted where it has to be, and never a formula. https://owasp.org/www-community/attacks/CSV_Injection */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
