import type { WebClient } from '@slack/web-api';
import type { SlackIdentity, SlackPort, SocketPort, Told } from '../doctor/slack.ts';
import type { SlackWay } from './clients.ts';
import { remedyFor } from './error-names.ts';
import { identityRefused } from './identity.ts';
import { slackFailure } from './slack-error.ts';
import { tokenRefused } from './sockets.ts';

/** Slack as the doctor asks it. */
export function createSlackLook(client: WebClient, apiUrl: string): SlackPort {
  return {
    identity: () =>
      told(
        async (): Promise<SlackIdentity> => {
          const {
            team_id: teamId,
            team,
            user_id: botUserId,
            response_metadata: meta,
          } = await client.auth.test();
          if (!teamId || !botUserId) throw new Error('Slack names no workspace');
          // Of the header x-oauth-scopes.
          return { teamId, team: team ?? teamId, botUserId, scopes: meta?.scopes ?? null };
        },
        (_, error) => identityRefused(error, apiUrl),
      ),
    appOf: (botUserId) =>
      told(async () => {
        const { user } = await client.users.info({ user: botUserId });
        return user?.profile?.api_app_id || null;
      }),
    channel: (id) =>
      told(async () => {
        const { channel } = await client.conversations.info({ channel: id });
        return { member: channel?.is_member ?? true, archived: channel?.is_archived ?? false };
      }),
  };
}

/** Socket Mode as the doctor tries it. */
export function createSocketLook(appToken: string, way: SlackWay): SocketPort {
  const client = way.withToken(appToken);
  const { fetch = globalThis.fetch } = way.options();
  return {
    // xapp-1-A0123456789-…: not documented, and only believed where it looks so.
    appId: /^xapp-\d+-(?<app>A[A-Z0-9]+)-/.exec(appToken)?.groups?.app ?? null,
    async line() {
      const address = await told(async () => (await client.apps.connections.open()).url ?? '', tokenRefused);
      if ('refused' in address) return address;
      if (!URL.canParse(address.told))
        return { refused: { name: 'no_address', message: tokenRefused('no_address') } };
      const { host, protocol } = new URL(address.told);
      // Without the ticket it is no line: whatever is answered shows that the server can be reached.
      const reached = await fetch(`${protocol === 'ws:' ? 'http' : 'https'}://${host}/`).then(
        (response) => response.text().then(() => true),
        () => false,
      );
      if (reached) return { told: host };
      const message = `Let this machine reach ${host} by HTTPS, through HTTPS_PROXY where it needs one: Socket Mode is a WebSocket to it.`;
      return { refused: { name: 'server_not_reached', message } };
    },
  };
}

async function told<T>(
  ask: () => Promise<T>,
  remedy: (name: string, error: unknown) => string = remedyFor,
): Promise<Told<T>> {
  try {
    return { told: await ask() };
  } catch (error) {
    const failure = slackFailure(error);
    const name = failure.kind === 'later' ? 'later' : failure.error;
    return { refused: { name, message: remedy(name, error) } };
  }
}
