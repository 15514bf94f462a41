import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Args } from './args.ts';
import { readBody } from './http.ts';
import type { JsonObject } from './json.ts';
import { refuse } from './refusal.ts';
import type { OpenTeam } from './team.ts';

/** How the app is installed by workspaces (docs.slack.dev, Installing with OAuth). */
export interface OAuthOptions {
  clientId: string;
  clientSecret: string;
  /** What the app is configured with: a redirect_uri must begin with one of them. */
  redirectUrls: readonly string[] | (() => readonly string[]);
  /** As with a token that expires: Slack's answer has a refresh_token. */
  tokenRotation?: boolean;
}

/** What somebody does on Slack's page. */
export interface Decision {
  allow: boolean;
  teamId: string;
  /** Their user id. */
  userId: string;
}

export interface OAuth {
  /** Where Slack sends the browser of somebody who decides so; refuses an address that it would show an error for. */
  decide(address: string, decision: Decision): string;
  /** `oauth.v2.access`: a code for a token, once. */
  exchange(args: Args): JsonObject;
  /** The page where people allow the app, and what they choose there. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const CODE_LIFE_MS = 10 * 60_000;

interface Granted {
  team: OpenTeam;
  userId: string;
  scopes: string[];
  redirectUri: string;
  at: number;
  used: boolean;
}

export function openOAuth(
  options: OAuthOptions,
  parts: { teams: ReadonlyMap<string, OpenTeam>; clock: Clock },
): OAuth {
  const { clientId, clientSecret } = options;
  const { teams, clock } = parts;
  const codes = new Map<string, Granted>();
  const redirectUrls = () =>
    typeof options.redirectUrls === 'function' ? options.redirectUrls() : options.redirectUrls;

  /** What the address asks for; refuses what Slack shows an error page for, and sends no browser anywhere then. */
  function asked(address: string) {
    const query = new URL(address, 'http://slack').searchParams;
    const redirectUri = query.get('redirect_uri') ?? redirectUrls()[0] ?? '';
    const scopes = (query.get('scope') ?? '').split(',').filter((scope) => scope !== '');
    if (query.get('client_id') !== clientId) refuse('invalid_client_id');
    if (!redirectUrls().some((url) => redirectUri === url || redirectUri.startsWith(`${url}/`)))
      refuse('bad_redirect_uri');
    if (scopes.length === 0) refuse('no_scopes');
    const unknown = scopes.filter((scope) => !/^[a-z_]+(?::[a-z._]+)?$/.test(scope));
    if (unknown.length > 0) refuse('invalid_scope', { unknown });
    return { redirectUri, scopes, state: query.get('state') };
  }

  function decide(address: string, { allow, teamId, userId }: Decision): string {
    const { redirectUri, scopes, state } = asked(address);
    const back = new URL(redirectUri);
    const team = teams.get(teamId) ?? refuse('invalid_team_for_non_distributed_app');
    if (!allow) back.searchParams.set('error', 'access_denied');
    else {
      const code = `${teamId}.${randomBytes(12).toString('hex')}`;
      codes.set(code, { team, userId, scopes, redirectUri, at: clock.now(), used: false });
      back.searchParams.set('code', code);
    }
    back.searchParams.set('state', state ?? '');
    return back.href;
  }

  return {
    decide,

    exchange(args) {
      if (args.textOr('client_id', '') !== clientId) refuse('invalid_client_id');
      if (args.textOr('client_secret', '') !== clientSecret) refuse('bad_client_secret');
      const granted = codes.get(args.text('code')) ?? refuse('invalid_code');
      if (granted.used) refuse('code_already_used');
      if (clock.now() - granted.at > CODE_LIFE_MS) refuse('code_expired');
      if (args.textOr('redirect_uri', granted.redirectUri) !== granted.redirectUri)
        refuse('bad_redirect_uri');
      granted.used = true;
      const { team, userId, scopes } = granted;
      const { app, team: named } = team.workspace;
      return {
        access_token: team.install(scopes),
        token_type: 'bot',
        scope: scopes.join(','),
        bot_user_id: app.botUserId,
        app_id: app.id,
        team: { id: named.id, name: named.name },
        enterprise: null,
        authed_user: { id: userId },
        is_enterprise_install: false,
        ...(options.tokenRotation && { refresh_token: `xoxe-1-${named.id}`, expires_in: 43_200 }),
      };
    },

    async serve(request, response) {
      const address = request.url ?? '/';
      try {
        if (request.method === 'POST') {
          const form = new URLSearchParams(await readBody(request));
          const [teamId = '', userId = ''] = (form.get('who') ?? '').split(' ');
          const location = decide(address, { allow: form.get('decision') === 'allow', teamId, userId });
          response.writeHead(302, { location }).end();
          return;
        }
        const { scopes } = asked(address);
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end(page(scopes, [...teams.values()]));
      } catch (error) {
        response.writeHead(400, { 'content-type': 'text/html; charset=utf-8' });
        response.end(
          `<h1>Something went wrong</h1><p>${error instanceof Error ? error.message : 'unknown'}</p>`,
        );
      }
    },
  };
}

/** Names of the seed and scopes of a fixed form: nothing in it needs escaping. */
function page(scopes: readonly string[], teams: readonly OpenTeam[]): string {
  const who = teams.flatMap(({ workspace: { team, people } }) =>
    [...people.values()].map(
      (one) => `<option value="${team.id} ${one.id}">${team.name}: ${one.name}</option>`,
    ),
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Allow the app</title></head><body><h1>Allow the app?</h1><p>It asks for ${scopes.join(', ')}.</p>
<form method="post"><p><label>As <select name="who">${who.join('')}</select></label></p>
<button name="decision" value="allow">Allow</button> <button name="decision" value="cancel">Cancel</button></form></body></html>`;
}
