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
  /** The workspace whose bot has the token, and what methods work on there. `gone`: it had it once. */
  contextOf(token: string): MethodContext | 'gone' | undefined;
  /** For methods that need no bot's token. */
  anyContext: MethodContext;
  appToken: string;
  faults: Faults;
  /** Each workspace has its own. */
  rateLimitsOf(teamId: string): RateLimits;
  record(call: ApiCall): void;
}

/** An answer before it is sent. */
interface Answer {
  status: number;
  body: JsonObject;
  headers?: Record<string, string>;
}

export function openWebApi(parts: WebApiParts): WebApi {
  const { contextOf, anyContext, appToken, faults, rateLimitsOf } = parts;

  const authorise = (method: Method, token: string): MethodContext => {
    if (method.token === 'none') return anyContext;
    if (token === '') refuse('not_authed');
    const context = token === appToken ? anyContext : (contextOf(token) ?? refuse('invalid_auth'));
    if (context === 'gone') return refuse('token_revoked');
    const kind = token === appToken ? 'app' : 'bot';
    if (method.token !== 'any' && method.token !== kind) refuse('not_allowed_token_type');
    for (const scope of method.scopes) needScope(context.workspace, scope);
    return context;
  };

  const perform = (name: string, args: JsonObject, token: string): Answer => {
    try {
      const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
      if (!method) return refuse('unknown_method', { req_method: name });
      const context = authorise(method, token);
      const key = method.tier === 'post' ? String(args.channel) : name;
      const waitS = rateLimitsOf(context.workspace.team.id).count(method.tier, key);
      if (waitS !== undefined) return tooMany(waitS);
      return { status: 200, body: { ok: true, ...method.run(argsOf(args), context) } };
    } catch (error) {
      if (error instanceof Refusal)
        return { status: 200, body: { ok: false, error: error.error, ...error.extra } };
      throw error;
    }
  };

  const record = (
    { method, args, teamId }: Pick<ApiCall, 'method' | 'args' | 'teamId'>,
    answer: Answer,
    performed: boolean,
    fault?: FaultKind,
  ) =>
    parts.record({
      method,
      args: withoutSecrets(readableArgs(args)),
      ...(teamId === undefined ? {} : { teamId }),
      at: anyContext.clock.now(),
      performed,
      answer: withoutSecrets(answer.body),
      ...(typeof answer.body.error === 'string' ? { error: answer.body.error } : {}),
      ...(fault ? { fault: fault.kind } : {}),
    });

  return {
    async serve(name, request, response) {
      const read = await readCall(request);
      if ('refused' in read) return send(response, read.refused);
      const { args, token } = read;
      const fault = faults.take(name, readableArgs(args));
      const known = contextOf(token);
      const context = typeof known === 'object' ? known : undefined;
      const call = { method: name, args, ...(context && { teamId: context.workspace.team.id }) };

      const spoilt = fault && answerInstead(fault);
      if (spoilt) {
        record(call, spoilt, false, fault);
        return fault.kind === 'drop' ? void request.socket.destroy() : send(response, spoilt);
      }
      const answer = perform(name, args, token);
      record(call, answer, answer.body.ok === true, fault);
      if (fault?.kind === 'accept-then-drop') return void request.socket.destroy();
      if (fault?.kind === 'http') return send(response, { status: fault.status, body: {} });
      if (fault?.kind === 'slow') await pause(fault.ms);
      send(response, {
        ...answer,
        headers: {
          'x-oauth-scopes': (context ?? anyContext).workspace.app.scopes.join(','),
          ...answer.headers,
        },
      });
    },
  };
}

/** What gives access is kept nowhere. */
function withoutSecrets(all: JsonObject): JsonObject {
  const { client_secret, code, access_token, refresh_token, ...rest } = all;
  return rest;
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
