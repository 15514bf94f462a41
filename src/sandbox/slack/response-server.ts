import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiCall } from './calls.ts';
import type { Faults } from './faults.ts';
import { parseArguments, readBody, sendJson } from './http.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { Refusal } from './refusal.ts';
import type { ResponseUrls } from './response-urls.ts';

const GONE = ['used_url', 'expired_url', 'invalid_url'];

/** Serves a POST to a `response_url`. The answer to what is done is the bare text `ok`: no ts, no message. */
export async function serveResponseUrl(
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
  parts: { urls: ResponseUrls; faults: Faults; record(call: Omit<ApiCall, 'at'>): void },
): Promise<void> {
  let args: JsonObject = {};
  const record = (performed: boolean, answer: JsonObject, error?: string) =>
    parts.record({
      method: 'response_url',
      key,
      args,
      performed,
      answer,
      ...(error === undefined ? {} : { error }),
    });
  try {
    const parsed = parseArguments(request, await readBody(request)).args;
    const payload = typeof parsed.payload === 'string' ? parseJson(parsed.payload) : undefined;
    args = isObject(payload) ? payload : parsed;
    const fault = parts.faults.take('response_url', args);
    if (fault?.kind === 'drop') {
      record(false, {}, 'drop');
      return void request.socket.destroy();
    }
    if (fault?.kind === 'http' && !fault.performed) {
      record(false, {}, `http ${fault.status}`);
      return sendJson(response, fault.status, {});
    }
    if (fault?.kind === 'error') throw new Refusal(fault.error);
    parts.urls.use(key, args);
    record(true, { ok: true });
    if (fault?.kind === 'accept-then-drop') return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('ok');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const answer = { ok: false, error: error.error, ...error.extra };
    record(false, answer, error.error);
    sendJson(response, GONE.includes(error.error) ? 404 : 400, answer);
  }
}
