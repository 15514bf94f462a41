import type { RequestListener } from 'node:http';
import type { AuthorizeResult } from '@slack/bolt';
import type { Config } from './config/config.ts';
import type { Foundation } from './foundation.ts';
import type { Log } from './log.ts';
import type { Shared } from './shared.ts';
import type { SlackWay } from './slack/clients.ts';
import { identify } from './slack/identity.ts';
import { openWorkspace } from './workspace.ts';
import { authorized, type Workspaces } from './workspaces.ts';

/** Which workspaces are served, and by whose word. */
export interface Tenancy {
  /** Who the desk is in the workspace that Slack names. Throws NotServed. */
  authorize(teamId: string | undefined): Promise<AuthorizeResult>;
  /** Slack does not take the workspace's token: perhaps it has left. */
  doubt(teamId: string): void;
  /** The pages by which workspaces come. */
  pages: RequestListener | undefined;
  start(): void;
  stop(): Promise<void>;
}

export interface TenancyParts {
  config: Config;
  foundation: Foundation;
  way: SlackWay;
  workspaces: Workspaces;
  shared: Shared;
  log: Log;
}

/** One workspace, whose token is given. Throws StartError. */
export async function serveOne(botToken: string, parts: TenancyParts): Promise<Tenancy> {
  const { config, foundation, way, workspaces, shared, log } = parts;
  const clients = way.clientsFor(botToken);
  const identity = await identify(clients.interactive, config.slack.apiUrl);
  await foundation.welcome(identity.teamId);
  const workspace = await openWorkspace(
    {
      identity,
      botToken,
      clients,
      granted: 'any',
      onGone: async () =>
        log.error({}, 'Slack says that the app was taken out of the workspace, or its token'),
    },
    config,
    shared,
  );
  await workspaces.put(workspace);
  return {
    // The token's workspace, whatever team a payload names: in a shared channel that may be another one.
    authorize: async () => authorized(workspace),
    // The outbox says so itself, and goes on when a person has mended it.
    doubt() {},
    pages: undefined,
    start() {},
    stop: async () => {},
  };
}
