import type { IncomingMessage } from 'node:http';

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/**
 * Why a request is not from the page itself; null when it may be. The server listens on loopback alone, but any site in this
 * machine's browser can send requests there: the Host keeps out names that point here, the Origin every other site.
 */
export function whyNotOurs({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): string | null {
  const { host = '', origin } = headers;
  if (!loopbackHost.test(host)) return 'The Host header must be a loopback one';
  if (origin !== undefined && origin !== `http://${host}`) return 'No other site may ask';
  if (method !== 'GET' && !headers['content-type']?.startsWith('application/json'))
    return 'Content-Type must be application/json';
  return null;
}
