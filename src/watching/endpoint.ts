import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { Log } from '../log.ts';

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};
/** https://prometheus.io/docs/instrumenting/exposition_formats */
const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

/** `/metrics`, for whoever knows METRICS_TOKEN. */
export function createMetricsEndpoint(
  token: string,
  figures: () => Promise<string>,
  log: Log,
): RequestListener {
  const expected = digest(`Bearer ${token}`);
  return (request, response) => {
    const answer = (status: number, body: string, more = {}) => {
      response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8', ...more });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected))
      return answer(401, 'METRICS_TOKEN is asked for, as a bearer token\n', { 'www-authenticate': 'Bearer' });
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'Metrics are read\n');
    figures().then(
      (text) => answer(200, text, { 'content-type': TEXT_FORMAT }),
      (err: unknown) => {
        log.error({ err }, 'The metrics could not be read');
        answer(500, 'The metrics could not be read\n');
      },
    );
  };
}

/** Of the same length for all, so that nothing can be learnt from how long a comparison takes. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
