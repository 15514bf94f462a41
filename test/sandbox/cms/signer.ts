import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import {
  type ContactCentre,
  type ContactCentreOptions,
  startContactCentre,
} from '../../../src/sandbox/cms/server.ts';

/** A signer and a client of the tests' own, written from the specification: neither the desk's nor the stand-in's. */
export const accessKey = 'AKTEST0001';
export const secretKey = 'SKtest-secret-0001';
export const path = '/rest/cmsapp/v1/callin/queryMissedCalls';
export const noonAt = Date.parse('2026-11-20T12:00:00Z');

/** How to get it wrong. */
export interface Wrong {
  lineForEmptyQuery?: boolean;
  key?: 'base64' | 'bytes';
  text?: 'base64' | 'upper';
  plainPunctuation?: boolean;
  hostWithoutPort?: boolean;
}

const encode = (text: string, wrong: Wrong) =>
  wrong.plainPunctuation
    ? encodeURIComponent(text)
    : encodeURIComponent(text).replace(
        /[!'()*]/g,
        (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
      );

export interface ToSign {
  at: number;
  host: string;
  body: string;
  method?: string;
  /** That of queryMissedCalls by default. */
  target?: string;
  accessKey?: string;
  secretKey?: string;
  wrong?: Wrong;
}

/** The Authorization header that signs `host` alone. */
export const authorization = ({ at, host, body, wrong = {}, ...rest }: ToSign): string => {
  const timestamp = new Date(at).toISOString().replace(/\.\d+/, '');
  const prefix = `auth-v2/${rest.accessKey ?? accessKey}/${timestamp}/host`;
  const first = createHmac('sha256', rest.secretKey ?? secretKey).update(prefix);
  const key = wrong.key === 'bytes' ? first.digest() : first.digest(wrong.key ?? 'hex');
  const canonical = [
    rest.method ?? 'POST',
    rest.target ?? path,
    ...(wrong.lineForEmptyQuery ? [''] : []),
    'host',
    `host:${encode(wrong.hostWithoutPort ? host.replace(/:\d+$/, '') : host, wrong)}`,
    encode(body, wrong),
  ].join('\n');
  const signature = createHmac('sha256', key).update(canonical);
  if (wrong.text === 'upper') return `${prefix}/${signature.digest('hex').toUpperCase()}`;
  return `${prefix}/${signature.digest(wrong.text ?? 'hex')}`;
};

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The body as JSON; undefined when it is none. */
  json: Page | undefined;
}

/** An answer's body, with what the tests look at. */
export interface Page {
  returnCode: string;
  total: number;
  returnDesc: string;
  missedCalls: Record<string, unknown>[];
}

export interface Asking {
  at?: number;
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  wrong?: Wrong;
  secretKey?: string;
}

/** Asks over HTTP as a client would. Rejects when the connection is dropped. */
export const ask = (centre: ContactCentre, query: object | string, asking: Asking = {}): Promise<Answer> => {
  const body = typeof query === 'string' ? query : JSON.stringify(query);
  const host = `127.0.0.1:${centre.port}`;
  const { at = noonAt, method = 'POST', headers = {}, path: target = path, ...rest } = asking;
  return send(centre.port, target, method, body, {
    Host: host,
    'Content-Type': 'application/json; charset=UTF-8',
    Authorization: authorization({ at, host, body, method, target, ...rest }),
    ...headers,
  });
};

export const send = (
  port: number,
  target: string,
  method: string,
  body: string,
  headers: Record<string, string>,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = method === 'GET' ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const options = { port, host: '127.0.0.1', path: target, method, headers: { ...headers, ...length } };
    const outgoing = request({ ...options, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: asJson(text) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(method === 'GET' ? undefined : body);
  });

const asJson = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A whole day's query of a VDN. */
export const dayOf = (vdn: number, day: string, offset = 0, limit = 5000) => ({
  vdn,
  offset,
  limit,
  beginTime: `${day} 00:00:00`,
  endTime: `${day} 23:59:59`,
});

/** A stand-in at noon of 2026-11-20 whose clock the test moves; pass the rest as the test needs it. */
export const startAtNoon = async (
  options: Pick<ContactCentreOptions, 'timeZone' | 'seed' | 'callsEdition'> = {},
) => {
  const time = { at: noonAt };
  const clock = { now: () => time.at };
  const centre = await startContactCentre({
    port: 0,
    host: '127.0.0.1',
    clock,
    accessKey,
    secretKey,
    ...options,
  });
  return { centre, time };
};
