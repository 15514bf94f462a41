import type { WebClient } from '@slack/web-api';
import { slackFailure } from './slack-error.ts';

/** Who the desk is in its workspace. */
export interface Identity {
  teamId: string;
  /** null where Slack does not say. */
  botId: string | null;
  botUserId: string;
}

/** The desk cannot start; the message says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The desk is in that workspace no more, or may not be. */
export class NotServed extends Error {
  override readonly name = 'NotServed';
  readonly teamId: string | undefined;

  constructor(teamId: string | undefined) {
    super('The workspace has not installed the app, or may not use it');
    this.teamId = teamId;
  }
}

/** Slack's names for a token that is good for nothing any more. */
export const badToken: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
]);

/** Asks Slack (auth.test). Throws StartError. */
export async function identify(client: WebClient, apiUrl: string): Promise<Identity> {
  const {
    team_id: teamId,
    bot_id: botId,
    user_id: botUserId,
  } = await client.auth.test().catch((cause: unknown) => {
    throw new StartError(identityRefused(cause, apiUrl), { cause });
  });
  if (teamId && botUserId) return { teamId, botId: botId ?? null, botUserId };
  throw new StartError(
    `Slack at ${apiUrl} did not say who the desk is. Check SLACK_API_URL and SLACK_BOT_TOKEN.`,
  );
}

/** Why Slack does not say who the desk is, and what to do. */
export function identityRefused(error: unknown, apiUrl: string): string {
  const failure = slackFailure(error);
  if (failure.kind === 'refused' && badToken.has(failure.error)) {
    return `Slack does not accept SLACK_BOT_TOKEN (${failure.error}). Copy it again from OAuth & Permissions, after installing the app.`;
  }
  const why = failure.kind === 'later' ? 'no connection, or too many calls' : failure.error;
  return `Slack at ${apiUrl} did not say who the desk is (${why}). Check the network, HTTPS_PROXY and SLACK_API_URL, and start again.`;
}
