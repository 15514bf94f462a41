import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { addressOf, readBody } from './http.ts';
import { APP_TOKEN, answers, BOT_TOKEN, type Sent } from './slack-methods.ts';

/**
 * As much of a Slack as it takes to measure one app in Socket Mode: it sends commands and clicks, notes to a fraction of
 * a millisecond when the ack comes back, and answers what the app calls at once.
 */
export interface MeasuringSlack {
  readonly url: string;
  readonly env: Record<string, string>;
  /** Resolves when the app holds a connection. */
  connected(): Promise<void>;
  /** Sends an envelope. Milliseconds until its ack came, and when it was sent (as by performance.now()). */
  deliver(type: 'slash_commands' | 'interactive', payload: object): Promise<Acked>;
  /** An address for a payload's response_url; what is sent there is told like the rest. */
  responseUrl(key: string): string;
  /** Resolves with the next message that fits, from now on: posted, edited, or through a response_url. */
  next(fits: (sent: Sent) => boolean): Promise<Sent>;
  /** What has been sent since the last look. */
  takeSent(): Sent[];
  close(): Promise<void>;
}

export interface Acked {
  sentAt: number;
  ms: number;
}

/** More than anybody waits for an ack. */
const GIVE_UP_MS = 30_000;

export async function startSlack(): Promise<MeasuringSlack> {
  const events = new EventEmitter<{ sent: [Sent]; connected: [] }>().setMaxListeners(0);
  const waiting = new Map<string, (at: number) => void>();
  let sent: Sent[] = [];
  let socket: WebSocket | undefined;
  const server = createServer();
  const sockets = new WebSocketServer({ server });

  sockets.on('connection', (opened) => {
    opened.on('message', (data) => {
      const at = performance.now();
      const { envelope_id: id }: { envelope_id?: string } = JSON.parse(data.toString());
      waiting.get(id ?? '')?.(at);
    });
    opened.send(
      JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0BENCH' } }),
    );
    socket = opened;
    events.emit('connected');
  });
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request);
    const { reply, message } = answers(request.url ?? '/', body, addressOf(server).replace('http', 'ws'));
    if (message) {
      sent.push(message);
      events.emit('sent', message);
    }
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(reply);
  });
  // The app's process may idle between two rounds: its connections are still good then.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `${addressOf(server)}/api/`;
  const pings = setInterval(() => socket?.ping(), 1_000);

  return {
    url,
    env: { SLACK_API_URL: url, SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN },
    async connected() {
      if (!socket) await once(events, 'connected');
    },
    deliver(type, payload) {
      const id = randomUUID();
      const envelope = JSON.stringify({ envelope_id: id, type, accepts_response_payload: true, payload });
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('An ack did not come')), GIVE_UP_MS);
        const sentAt = performance.now();
        waiting.set(id, (at) => {
          clearTimeout(late);
          waiting.delete(id);
          resolve({ sentAt, ms: at - sentAt });
        });
        socket?.send(envelope);
      });
    },
    responseUrl: (key) => `${addressOf(server)}/response/${key}`,
    next: (fits) =>
      new Promise((resolve) => {
        const look = (message: Sent) => {
          if (!fits(message)) return;
          events.off('sent', look);
          resolve(message);
        };
        events.on('sent', look);
      }),
    takeSent() {
      const taken = sent;
      sent = [];
      return taken;
    },
    async close() {
      clearInterval(pings);
      socket?.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
