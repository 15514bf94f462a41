import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Reply } from './endpoint.ts';
import type { FaultOfKind } from './faults.ts';

/** Sends a reply as it should be. `now` goes into the Date header. */
export const send = (response: ServerResponse, reply: Reply, now: number): void => {
  sendHead(response, reply, now);
  response.end(reply.body);
};

/** Sends a reply the way that the faults have it: late, in part, or not at all. Rejects when the client goes first, or `closing` does. */
export const sendWithFaults = async (
  response: ServerResponse,
  reply: Reply,
  now: number,
  { met, closing }: { met: FaultOfKind; closing: AbortSignal },
): Promise<void> => {
  const slow = met('slow');
  const drop = met('drop')?.when;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const pauseFor = (part: 'all' | 'body') =>
    slow && (slow.part ?? 'all') === part
      ? wait(slow.ms, undefined, { signal: AbortSignal.any([closing, gone.signal]) })
      : undefined;

  await pauseFor('all');
  if (drop === 'after-reading') {
    response.destroy();
    return;
  }
  sendHead(response, reply, now);
  await pauseFor('body');
  if (drop === 'within-the-answer') {
    const half = reply.body.slice(0, Math.ceil(reply.body.length / 2));
    response.write(half, () => response.destroy());
    return;
  }
  response.end(reply.body);
};

const sendHead = (response: ServerResponse, { status, headers, body }: Reply, now: number) => {
  response.writeHead(status, {
    ...headers,
    Date: new Date(now).toUTCString(),
    'Content-Length': Buffer.byteLength(body),
  });
  response.flushHeaders();
};
