import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { needScope } from './access.ts';
import { argsOf, readableArgs } from './args.ts';
import type { ApiCall } from './calls.ts';
import type { FaultKind, Faults } from './faults.ts';
import { parseArguments, readBody, sendJson } from './http.ts';
import type { JsonObject } from './json.ts';
import type { Method, MethodContext } from './method.ts';
import { methods } from './methods/table.ts';
import type { RateLimits } from './rate-limits.ts';
import { Refusal, refuse } from './refusal.ts';

export interface WebApi {
  /** Serves `POST /api/<method>`. */
  serve(method: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface WebApiParts {
  context: MethodContext;
  tokens: { bot: string; app: string };
  faults: Faults;
  rateLimits: RateLimits;
  record(call: ApiCall): void;
}

/** An answer before it is sent. */
interface Answer {
  status: number;
  body: JsonObject;
  headers?: Record<string, string>;
}

export function openWebApi(parts: WebApiParts): WebApi {
  const { context, tokens, faults, rateLimits } = parts;

  const authorise = (method: Method, token: string) => {
    if (token === '') refuse('not_authed');
    const kind = token === tokens.bot ? 'bot' : token === tokens.app ? 'app' : refuse('invalid_auth');
    if (method.token !== 'any' && method.token !== kind) refuse('not_allowed_token_type');
    for (const scope of method.scopes) needScope(context.workspace, scope);
  };

  const perform = (name: string, args: JsonObject, token: string): Answer => {
    try {
      const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
      if (!method) return refuse('unknown_method', { req_method: name });
      authorise(method, token);
      const key = method.tier === 'post' ? String(args.channel) : name;
      const waitS = rateLimits.count(method.tier, key);
      if (waitS !== undefined) return tooMany(waitS);
      return { status: 200, body: { ok: true, ...method.run(argsOf(args), context) } };
    } catch (error) {
      if (error instanceof Refusal)
        return { status: 200, body: { ok: false, error: error.error, ...error.extra } };
      throw error;
    }
  };

  const record = (method: string, args: JsonObject, answer: Answer, performed: boolean, fault?: FaultKind) =>
    parts.record({
      method,
      args: readableArgs(args),
      at: context.clock.now(),
      performed,
      answer: answer.body,
      ...(typeof answer.body.error === 'string' ? { error: answer.body.error } : {}),
      ...(fault ? { fault: fault.kind } : {}),
    });

  return {
    async serve(name, request, response) {
      const read = await readCall(request);
      if ('refused' in read) return send(response, read.refused);
      const { args, token } = read;
      const fault = faults.take(name, readableArgs(args));

      const spoilt = fault && answerInstead(fault);
      if (spoilt) {
        record(name, args, spoilt, false, fault);
        return fault.kind === 'drop' ? void request.socket.destroy() : send(response, spoilt);
      }
      const answer = perform(name, args, token);
      record(name, args, answer, answer.body.ok === true, fault);
      if (fault?.kind === 'accept-then-drop') return void request.socket.destroy();
      if (fault?.kind === 'http') return send(response, { status: fault.status, body: {} });
      if (fault?.kind === 'slow') await pause(fault.ms);
      send(response, {
        ...answer,
        headers: { 'x-oauth-scopes': context.workspace.app.scopes.join(','), ...answer.headers },
      });
    },
  };
}

/** What is answered without carrying the call out; undefined for faults that come after it. */
function answerInstead(fault: FaultKind): Answer | undefined {
  if (fault.kind === 'ratelimited') return tooMany(fault.retryAfterS);
  if (fault.kind === 'error') return { status: 200, body: { ok: false, error: fault.error } };
  if (fault.kind === 'http' && !fault.performed) return { status: fault.status, body: {} };
  if (fault.kind === 'drop') return { status: 0, body: {} };
  return undefined;
}

const tooMany = (seconds: number): Answer => ({
  status: 429,
  body: { ok: false, error: 'ratelimited' },
  headers: { 'retry-after': String(seconds) },
});

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  sendJson(response, status, body, headers);
}

type Read = { args: JsonObject; token: string } | { refused: Answer };

/** The arguments and the token of a call. A JSON body may not carry the token, as with Slack. */
async function readCall(request: IncomingMessage): Promise<Read> {
  try {
    const { args, isJson } = parseArguments(request, await readBody(request));
    const { token: inBody, ...rest } = args;
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const token = bearer ?? (isJson || typeof inBody !== 'string' ? '' : inBody);
    return { args: rest, token };
  } catch (error) {
    if (error instanceof Refusal)
      return { refused: { status: 200, body: { ok: false, error: error.error } } };
    throw error;
  }
}
