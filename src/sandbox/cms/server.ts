import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../clock.ts';
import { type Log, silentLog } from '../../log.ts';
import type { CallsEdition } from './calls-answer.ts';
import { type CallsOnRecord, createCallsOnRecord } from './calls-on-record.ts';
import { type Controlled, control } from './control.ts';
import { exchange } from './exchange.ts';
import { createFaults, type Faults } from './faults.ts';
import { createRequestsOnRecord, type RequestOnRecord } from './requests-on-record.ts';
import { seedScenarios } from './scenarios.ts';
import { createTalks, type Talks } from './talks.ts';
import { formatterFor } from './wall-time.ts';

export interface ContactCentreOptions {
  /** 0, the default: any free one. */
  port?: number;
  /** Only loopback: the stand-in is for trying, and can be told to do anything. Default 127.0.0.1. */
  host?: '127.0.0.1' | '::1' | 'localhost';
  clock: Clock;
  accessKey: string;
  secretKey: string;
  /** PEM texts; with them it speaks https. */
  tls?: { key: string; cert: string };
  /** IANA zone of its answers' times; the default is UTC. Requests are UTC always. */
  timeZone?: string;
  /** How far a signature's time may be from its clock, either way; default 15 minutes. */
  toleranceMs?: number;
  /** What the seeded scenarios (scenarios.ts) are made from; null for none. Default 1. */
  seed?: number | null;
  /** The shape of querycalls' answers; default newer. */
  callsEdition?: CallsEdition;
  /** Called after each request that came. */
  onRequest?: () => void;
  log?: Log;
}

/** A contact centre that runs. */
export interface ContactCentre {
  /** Without a slash at the end, as CMS_URL wants it. */
  url: string;
  port: number;
  calls: CallsOnRecord;
  /** Calls that were answered, or made. */
  talks: Talks;
  faults: Faults;
  /** The last 200, oldest first; control requests are not among them. */
  readonly requests: RequestOnRecord[];
  /** Drops what is in hand. */
  close(): Promise<void>;
}

const quarterOfAnHourMs = 15 * 60_000;

/**
 * Starts a stand-in contact centre: queryMissedCalls and querycalls (v2) as documented, strictly, with the scenarios of scenarios.ts, the faults of fault.ts, and the remote
 * control of control.ts. Throws a RangeError for an unknown time zone; rejects when the port cannot be had.
 */
export const startContactCentre = async (options: ContactCentreOptions): Promise<ContactCentre> => {
  const { clock, accessKey, secretKey, timeZone = 'UTC', toleranceMs = quarterOfAnHourMs } = options;
  const { seed = 1, host = '127.0.0.1', log = silentLog } = options;
  formatterFor(timeZone);
  const calls = createCallsOnRecord(clock, seed === null ? undefined : seedScenarios(seed));
  const faults = createFaults();
  const requests = createRequestsOnRecord(undefined, options.onRequest);
  const talks = createTalks(clock);
  const controlled = { calls, talks, faults, requests };
  const { callsEdition = 'newer' } = options;
  const endpoint = { accessKey, secretKey, toleranceMs, timeZone, calls, talks, callsEdition };
  const closing = new AbortController();
  const context = { endpoint, faults, requests, clock, log, closing: closing.signal };

  const listener = (message: IncomingMessage, response: ServerResponse) => {
    const answered = message.url?.startsWith('/_sandbox/')
      ? answerControl(controlled, message, response)
      : exchange(context, message, response);
    answered.catch((error: unknown) => {
      // A client that went, and the stand-in's own end, come here too; a mistake of the stand-in must be seen.
      if (!response.destroyed && !closing.signal.aborted)
        log.error({ error: error instanceof Error ? error.stack : String(error) }, 'the stand-in failed');
      response.destroy();
    });
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `${options.tls ? 'https' : 'http'}://${host === '::1' ? '[::1]' : host}:${port}`,
    port,
    calls,
    talks,
    faults,
    get requests() {
      return requests.list();
    },
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const answerControl = async (on: Controlled, message: IncomingMessage, response: ServerResponse) => {
  const { status, body } = await control(on, message);
  response.writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
};
