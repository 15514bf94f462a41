import { type App, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../log.ts';
import { boltLog } from './bolt-log.ts';
import type { SlackWay } from './clients.ts';
import { markOfEnvelope } from './redelivery.ts';

/** Why a connection comes to its end: Slack's reasons (docs.slack.dev, Using Socket Mode, "Disconnect"), or it just closed. */
export type Farewell =
  | 'warning'
  | 'refresh_requested'
  | 'link_disabled'
  | 'too_many_websockets'
  | 'closed'
  /** Of a reason that Slack has come up with since. */
  | 'other';

/** One WebSocket of Socket Mode, from its opening to its end; it is never opened again. */
export interface Connection {
  /** Resolves when Slack has greeted. Rejects with NotOpened, or with what the Web API threw; then it is closed. */
  opened: Promise<void>;
  /** Resolves when another one should take its place. Until it is closed it still takes and acknowledges envelopes. */
  leaving: Promise<Farewell>;
  closed: Promise<void>;
  close(): void;
}

export interface ConnectionOptions {
  app: App;
  appToken: string;
  way: Pick<SlackWay, 'options' | 'socketDispatcher'>;
  log: Log;
}

/** Slack greets as soon as the WebSocket is there. */
const GREETED_WITHIN_MS = 30_000;

export function openConnection({ app, appToken, way, log }: ConnectionOptions): Connection {
  const receiver = new SocketModeReceiver({
    appToken,
    // The library would wait for seconds before it opens the next one, and end the process where Slack refuses that.
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: way.options() },
    ...(way.socketDispatcher ? { dispatcher: way.socketDispatcher } : {}),
    customPropertiesExtractor: markOfEnvelope,
    logger: boltLog(log),
  });
  receiver.init(app);
  const { client } = receiver;
  const leaving = Promise.withResolvers<Farewell>();
  const closed = Promise.withResolvers<void>();

  // The library closes the socket as soon as Slack says goodbye, and hears nothing that is on its way to it. Here the socket
  // stays open until another one has taken its place.
  for (const take of client.listeners('ws_message')) {
    client.off('ws_message', take);
    client.on('ws_message', (data: unknown, isBinary: boolean) => {
      const farewell = farewellIn(data);
      if (farewell) leaving.resolve(farewell);
      else take(data, isBinary);
    });
  }
  client.on('disconnected', () => {
    leaving.resolve('closed');
    closed.resolve();
  });

  let closing = false;
  const close = () => {
    closing = true;
    leaving.resolve('closed');
    void client.disconnect();
  };
  const started = receiver.start();
  const opened = Promise.race([
    started.then(() => {}),
    leaving.promise.then((farewell) => Promise.reject(new NotOpened(farewell))),
  ]);
  const late = setTimeout(close, GREETED_WITHIN_MS);
  opened.catch(close).finally(() => clearTimeout(late));
  // The library goes on opening what was closed before it had an address to open.
  started.then(
    () => closing && close(),
    () => {},
  );
  return { opened, leaving: leaving.promise, closed: closed.promise, close };
}

/** Slack took the connection back before it had greeted. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened';
  readonly farewell: Farewell;

  constructor(farewell: Farewell) {
    super(`Slack opened no connection (${farewell})`);
    this.farewell = farewell;
  }
}

const known: ReadonlySet<string> = new Set<Farewell>([
  'warning',
  'refresh_requested',
  'link_disabled',
  'too_many_websockets',
]);

/** Slack's reason in a message `{"type":"disconnect","reason":…}`; undefined in any other message. */
function farewellIn(data: unknown): Farewell | undefined {
  // Payloads can be large, and only few messages are goodbyes.
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return undefined;
  try {
    const message = JSON.parse(data) as { type?: unknown; reason?: unknown } | null;
    if (message?.type !== 'disconnect') return undefined;
    return typeof message.reason === 'string' && known.has(message.reason)
      ? (message.reason as Farewell)
      : 'other';
  } catch {
    return undefined;
  }
}
