import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../../log.ts';
import type { Changes } from '../changes.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import type { Ack, Delivery, DeliveryKind, Retry } from './delivery.ts';

const MOST_CONNECTIONS = 10;
/** Well within the 30 seconds after which clients think that Slack is gone. */
const PING_EVERY_MS = 10_000;

/** Delivery by Socket Mode: the app holds WebSocket connections, Slack sends envelopes over any of them. */
export interface SocketDelivery extends Delivery {
  /** The connections that have been greeted. */
  connections(): number;
  /** A new address; it opens one connection, once. */
  ticketUrl(): string;
  /** Tells clients to go and come again, as Slack does now and then; it is they who go. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled', which: Which): void;
  /** Breaks connections without a word. */
  drop(which: Which): void;
}

/** All connections, or the one that has been open for longest: each has a life of its own. */
export type Which = 'all' | 'oldest';

export interface SocketParts {
  server: Server;
  base(): string;
  appId: string;
  ackLimitMs: number;
  changes: Changes;
  log: Log;
}

interface Envelope extends JsonObject {
  envelope_id: string;
  type: DeliveryKind;
}

export function openSocketDelivery(parts: SocketParts): SocketDelivery {
  const { changes, log } = parts;
  const sockets = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  /** Those that have been told to go. */
  const leaving = new WeakSet<WebSocket>();
  const waiting = new Map<string, { over: WebSocket; acked(body: unknown): void }>();
  let last: Envelope | undefined;
  let turn = 0;

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://slack');
    if (url.pathname !== '/link/' || !tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, greet);
  };
  parts.server.on('upgrade', onUpgrade);

  const greet = (socket: WebSocket) => {
    socket.on('error', (error) => log.warn({ error: error.message }, 'A Socket Mode connection failed'));
    if (open.length >= MOST_CONNECTIONS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close(1000);
      return;
    }
    open.push(socket);
    socket.on('message', (data) => onAck(socket, data.toString()));
    socket.on('close', () => {
      const at = open.indexOf(socket);
      if (at >= 0) open.splice(at, 1);
      changes.tell();
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.length,
        connection_info: { app_id: parts.appId },
        debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
      }),
    );
    changes.tell();
  };

  const onAck = (socket: WebSocket, text: string) => {
    const ack = parseJson(text);
    const id = isObject(ack) && typeof ack.envelope_id === 'string' ? ack.envelope_id : undefined;
    if (id === undefined || !isObject(ack))
      return log.warn({}, 'A Socket Mode client sent what is no acknowledgement');
    const sent = waiting.get(id);
    // Nobody says that Slack takes it over another connection: an app that relies on it will be found out.
    if (sent?.over === socket) sent.acked(ack.payload);
  };

  const pings = setInterval(() => {
    for (const socket of open) socket.ping();
  }, PING_EVERY_MS);
  pings.unref();

  /**
   * Any connection will do, so each gets its turn: an app that minds which one it is will be found out. That includes one
   * that was told to go, until it has gone. What is lost with a connection is not sent again.
   */
  const send = (envelope: Envelope): Promise<Ack> => {
    const began = performance.now();
    const withinMs = () => Math.round(performance.now() - began);
    turn += 1;
    const ready = open.filter((socket) => socket.readyState === socket.OPEN);
    const socket = ready[turn % Math.max(1, ready.length)];
    if (!socket) {
      const why = 'no Socket Mode connection is open';
      return Promise.resolve({ status: 'dispatch_failed', withinMs: 0, why });
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(envelope.envelope_id);
        resolve({ status: 'operation_timeout', withinMs: withinMs() });
      }, parts.ackLimitMs);
      const acked = (body: unknown) => {
        clearTimeout(timer);
        waiting.delete(envelope.envelope_id);
        resolve({ status: 'acked', withinMs: withinMs(), body });
      };
      waiting.set(envelope.envelope_id, { over: socket, acked });
      socket.send(JSON.stringify(envelope));
    });
  };

  return {
    connections: () => open.length,
    ticketUrl() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${parts.base().replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${parts.appId}`;
    },
    deliver(kind: DeliveryKind, payload: JsonObject, retry?: Retry) {
      const takesPayload = kind !== 'events_api';
      last = {
        envelope_id: randomUUID(),
        type: kind,
        payload,
        accepts_response_payload: takesPayload,
        ...(kind === 'events_api'
          ? { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? '' }
          : {}),
      };
      return send(last);
    },
    redeliver() {
      if (!last) throw new Error('Nothing has been delivered yet');
      return send(last);
    },
    disconnect(reason, which) {
      const staying = open.filter((socket) => !leaving.has(socket));
      for (const socket of which === 'all' ? [...open] : staying.slice(0, 1)) {
        leaving.add(socket);
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
      }
    },
    drop(which) {
      for (const socket of which === 'all' ? [...open] : open.slice(0, 1)) socket.terminate();
    },
    async close() {
      clearInterval(pings);
      parts.server.off('upgrade', onUpgrade);
      for (const socket of [...open]) socket.terminate();
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}
