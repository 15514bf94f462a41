import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { refuse } from './refusal.ts';

const MOST_BYTES = 4 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > MOST_BYTES) return refuse('request_too_large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The arguments in a body or a query, by content type; refuses with Slack's names. */
export function parseArguments(
  request: IncomingMessage,
  body: string,
): { args: JsonObject; isJson: boolean } {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://slack').searchParams);
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (body === '') return { args: query, isJson: false };
  if (type === 'application/x-www-form-urlencoded')
    return { args: { ...query, ...Object.fromEntries(new URLSearchParams(body)) }, isJson: false };
  if (type === '') return refuse('missing_post_type');
  if (type !== 'application/json') return refuse('invalid_post_type');
  const parsed = parseJson(body);
  if (parsed === undefined) return refuse('invalid_json');
  return isObject(parsed) ? { args: { ...query, ...parsed }, isJson: true } : refuse('json_not_object');
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
