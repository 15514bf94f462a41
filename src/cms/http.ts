import { addAbortListener } from 'node:events';
import { type Dispatcher, request } from 'undici';
import { SourceError } from '../calls/source.ts';
import { networkError } from './network-error.ts';

export interface HttpRequest {
  url: URL;
  method: 'POST';
  headers: Readonly<Record<string, string>>;
  /** Sent as these UTF-8 bytes and no others. */
  body: string;
}

export interface HttpAnswer {
  status: number;
  /** The Date header. */
  date: string | undefined;
  /** The Retry-After header. */
  retryAfter: string | undefined;
  /** The body; "" for a status other than 2xx, which says what is wrong by itself. */
  text: string;
}

export interface HttpLimits {
  /** For the headers to come, and for each silence within the body. */
  timeoutMs: number;
  /** For all of it, so that a server that drips cannot hold the caller. */
  deadlineMs: number;
  /** Bytes of the answer's body. */
  maxBytes: number;
}

/** More than that is not worth a connection. */
const MAX_DRAINED_BYTES = 64 * 1024;

/**
 * One request, one answer, whatever its status; redirects are not followed.
 * Throws SourceError `unreachable`, or `not-understood` for what is not HTTP or too large; where `signal` was aborted, its reason.
 */
export async function send(
  dispatcher: Dispatcher,
  outgoing: HttpRequest,
  limits: HttpLimits,
  signal?: AbortSignal,
): Promise<HttpAnswer> {
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(limits.deadlineMs);
  const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    return await orAborted(exchange(dispatcher, outgoing, limits, either), either);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SourceError) throw error;
    throw networkError(deadline.aborted ? deadline.reason : error, outgoing.url);
  }
}

async function exchange(
  dispatcher: Dispatcher,
  { url, method, headers, body }: HttpRequest,
  { timeoutMs, maxBytes }: HttpLimits,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const response = await request(url, {
    dispatcher,
    method,
    headers,
    body,
    signal,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const answer = {
    status: response.statusCode,
    date: only(response.headers.date),
    retryAfter: only(response.headers['retry-after']),
  };
  if (isSuccess(answer.status)) return { ...answer, text: await readText(response.body, maxBytes) };
  // Drained so that the connection can be used again; whether that succeeds does not matter.
  await response.body.dump({ limit: MAX_DRAINED_BYTES }).catch(() => undefined);
  return { ...answer, text: '' };
}

export const isSuccess = (status: number): boolean => status >= 200 && status <= 299;

async function readText(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > maxBytes) {
      throw new SourceError(
        'not-understood',
        `The contact centre's answer is larger than ${maxBytes} bytes: check that CMS_URL leads to it and to nothing else.`,
      );
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** undici heeds a signal only once it has a connection; this does not wait for that. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  using _listener = addAbortListener(signal, () => aborted.reject(signal.reason));
  return await Promise.race([work, aborted.promise]);
}

function only(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
