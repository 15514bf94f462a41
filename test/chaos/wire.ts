import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { systemClock } from '../../src/clock.ts';

/** A wire between the desks and a stand-in, which can be cut. */
export interface Wire {
  readonly port: number;
  /** Breaks every connection and takes no other until it is mended. */
  cut(): void;
  mend(): void;
  /** When it was cut, from and until; epoch ms of real time. */
  readonly cuts: readonly { from: number; until: number }[];
  /** When somebody came to it while it was cut. */
  readonly refused: readonly number[];
  /** Requests that have not been answered yet; WebSockets do not count. */
  readonly inFlight: number;
  close(): Promise<void>;
}

/** What a WebSocket's first request begins with. */
const WEBSOCKET = Buffer.from('GET /link/');

/** Listens on loopback; `to`: the stand-in's port, read at each connection. */
export async function openWire(to: () => number): Promise<Wire> {
  const pairs = new Set<{ near: Socket; far: Socket; waiting: boolean; webSocket: boolean }>();
  const cuts: { from: number; until: number }[] = [];
  const refused: number[] = [];
  let whole = true;

  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    if (!whole) {
      refused.push(systemClock.now());
      return void near.destroy();
    }
    const far = connect(to(), '127.0.0.1');
    const pair = { near, far, waiting: false, webSocket: false };
    pairs.add(pair);
    near.on('data', (data) => {
      pair.webSocket ||= data.subarray(0, WEBSOCKET.length).equals(WEBSOCKET);
      pair.waiting = !pair.webSocket;
      far.write(data);
    });
    far.on('data', (data) => {
      pair.waiting = false;
      near.write(data);
    });
    far.on('error', () => far.destroy());
    // What a desk had sent before it died still arrives, as from a kernel's buffer.
    near.on('close', () => far.end());
    far.on('close', () => {
      near.destroy();
      pairs.delete(pair);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');

  const breakAll = () => {
    for (const { near, far } of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: address.port,
    cut() {
      if (whole) cuts.push({ from: systemClock.now(), until: Number.POSITIVE_INFINITY });
      whole = false;
      breakAll();
    },
    mend() {
      const last = cuts.at(-1);
      if (!whole && last) last.until = systemClock.now();
      whole = true;
    },
    cuts,
    refused,
    get inFlight() {
      return [...pairs].filter(({ waiting }) => waiting).length;
    },
    async close() {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}
