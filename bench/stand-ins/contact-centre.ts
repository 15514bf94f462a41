import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { addressOf, readBody } from './http.ts';
import { type MadeUp, madeUpCalls } from './made-up-calls.ts';

export const PAGE_SIZE = 5000;
export const QUERY_PATH = '/rest/cmsapp/v1/callin/queryMissedCalls';

/**
 * A contact centre that has its pages ready as bytes and looks at nothing but VDN and offset, so that it costs next to
 * nothing, whoever asks: the desk, or the bare script that the desk is held against.
 */
export interface ContactCentre {
  readonly url: string;
  /** Requests that were answered, by VDN, since the last look. */
  takeRequests(): Map<number, number>;
  /** Resolves with the time (as by performance.now()) at which the next request comes. */
  nextRequest(): Promise<number>;
  prepare(calls: MadeUp): void;
  /** Forgets a VDN's pages. */
  drop(vdn: number): void;
  close(): Promise<void>;
}

export async function startContactCentre(): Promise<ContactCentre> {
  const prepared = new Map<number, Buffer[]>();
  let requests = new Map<number, number>();
  const events = new EventEmitter<{ asked: [number] }>();
  const server = createServer(async (request, response) => {
    events.emit('asked', performance.now());
    const { vdn, offset } = readQuery(await readBody(request));
    requests.set(vdn, (requests.get(vdn) ?? 0) + 1);
    response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' });
    response.end(prepared.get(vdn)?.[offset / PAGE_SIZE] ?? NOTHING);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: addressOf(server),
    takeRequests() {
      const taken = requests;
      requests = new Map();
      return taken;
    },
    async nextRequest() {
      const [at] = await once(events, 'asked');
      return at;
    },
    prepare: (calls) => void prepared.set(calls.vdn, pagesOf(calls)),
    drop: (vdn) => void prepared.delete(vdn),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const page = (total: number, missedCalls: object[]) =>
  Buffer.from(JSON.stringify({ returnCode: '0', total, missedCalls, returnDesc: 'query success' }));
const NOTHING = page(0, []);

function pagesOf(wish: MadeUp): Buffer[] {
  const pages: Buffer[] = [];
  let rows: object[] = [];
  for (const row of madeUpCalls(wish)) {
    rows.push(row);
    if (rows.length < PAGE_SIZE) continue;
    pages.push(page(wish.calls, rows));
    rows = [];
  }
  if (rows.length > 0) pages.push(page(wish.calls, rows));
  return pages;
}

function readQuery(text: string): { vdn: number; offset: number } {
  const { vdn, offset }: Partial<Record<'vdn' | 'offset', unknown>> = JSON.parse(text);
  return { vdn: Number(vdn), offset: Number(offset) };
}
