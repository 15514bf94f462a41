import type { AuthorizeResult } from '@slack/bolt';
import type { Log } from './log.ts';
import type { WorkspaceSettingsStore } from './vdns/workspace.ts';
import { createPoll } from './work/poll.ts';
import type { Workspace } from './workspace.ts';

/** The workspaces that this process serves. */
export interface Workspaces {
  get(teamId: string): Workspace | undefined;
  /** It is served from now on, in place of the one with the same team id; started, if the others are. */
  put(workspace: Workspace): Promise<void>;
  /** It is not served from now on. */
  remove(teamId: string): Promise<void>;
  start(): void;
  /** Resolves when all have ended what is in hand. */
  stop(): Promise<void>;
}

/** Another process of the desk may have taken a change of what is set for a workspace: it holds here after so long at the latest. */
const LOOK_EVERY_MS = 5_000;

export function createWorkspaces(store: Pick<WorkspaceSettingsStore, 'all'>, log: Log): Workspaces {
  const all = new Map<string, Workspace>();
  let started = false;
  const looking = createPoll({
    name: 'settings of workspaces',
    everyMs: LOOK_EVERY_MS,
    log,
    async look() {
      for (const { teamId, settings } of await store.all()) all.get(teamId)?.show(settings);
      return undefined;
    },
  });

  return {
    get: (teamId) => all.get(teamId),

    async put(workspace) {
      const { teamId } = workspace.identity;
      const before = all.get(teamId);
      all.set(teamId, workspace);
      if (started) workspace.start();
      await before?.stop();
    },

    async remove(teamId) {
      const workspace = all.get(teamId);
      all.delete(teamId);
      await workspace?.stop();
    },

    start() {
      started = true;
      looking.start();
      for (const workspace of all.values()) workspace.start();
    },

    async stop() {
      started = false;
      await looking.stop();
      await Promise.all([...all.values()].map((workspace) => workspace.stop()));
    },
  };
}

/** What Bolt needs to know of whoever is served. */
export function authorized({ identity, botToken }: Workspace): AuthorizeResult {
  const { botId, ...bot } = identity;
  return { botToken, ...bot, ...(botId !== null && { botId }) };
}
