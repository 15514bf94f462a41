import { ErrorCode } from '@slack/web-api';
import { classOf } from './error-names.ts';

/** How a call to Slack failed, in the desk's terms. */
export type SlackFailure =
  /** Slack said no, by its own name for why; or something on the way there did (`http_403`). See error-names.ts. */
  | { kind: 'refused'; error: string }
  /** Nothing has happened, and it may be tried again after a while. */
  | { kind: 'later'; afterMs: number }
  /** It may have happened: the answer was lost, or Slack failed on its side. */
  | { kind: 'unknown'; error: string };

/** The connection was never made, so the request never left. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const UNREACHABLE_WAIT_MS = 5_000;
const BAD_RETRY_HEADER_WAIT_MS = 30_000;

/** Sorts whatever a WebClient (retries off, rate-limited calls rejected) throws. */
export function slackFailure(error: unknown): SlackFailure {
  const code = field(error, 'code');
  if (code === ErrorCode.PlatformError) {
    const name = slackErrorName(error) ?? 'unknown_error';
    const sort = classOf(name);
    if (sort === 'limited') return { kind: 'later', afterMs: BAD_RETRY_HEADER_WAIT_MS };
    return { kind: sort === 'fault' ? 'unknown' : 'refused', error: name };
  }
  if (code === ErrorCode.RateLimitedError)
    return { kind: 'later', afterMs: Number(field(error, 'retryAfter')) * 1000 };
  if (code === ErrorCode.HTTPError) {
    const status = Number(field(error, 'statusCode'));
    return status >= 400 && status < 500
      ? { kind: 'refused', error: `http_${status}` }
      : { kind: 'unknown', error: `http_${status}` };
  }
  if (code === ErrorCode.RequestError) {
    const name = causeCode(error);
    return name !== undefined && neverLeft.has(name)
      ? { kind: 'later', afterMs: UNREACHABLE_WAIT_MS }
      : { kind: 'unknown', error: name ?? 'no_answer' };
  }
  // web-api throws a plain Error for one thing only: a 429 whose Retry-After it cannot read.
  return { kind: 'later', afterMs: BAD_RETRY_HEADER_WAIT_MS };
}

/** Slack's name for why it refused (`channel_not_found`), or undefined when it was not Slack that refused. */
export function slackErrorName(error: unknown): string | undefined {
  if (field(error, 'code') !== ErrorCode.PlatformError) return undefined;
  const name = field(field(error, 'data'), 'error');
  return typeof name === 'string' ? name : undefined;
}

/** The system's code at the bottom of a chain of causes, such as ECONNRESET. */
function causeCode(error: unknown): string | undefined {
  let found: string | undefined;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = field(at, 'code');
    if (typeof code === 'string' && !code.startsWith('slack_')) found = code;
  }
  return found;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
