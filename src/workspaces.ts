import type { AuthorizeResult } from '@slack/bolt';
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

export function createWorkspaces(): Workspaces {
  const all = new Map<string, Workspace>();
  let started = false;

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
      for (const workspace of all.values()) workspace.start();
    },

    async stop() {
      started = false;
      await Promise.all([...all.values()].map((workspace) => workspace.stop()));
    },
  };
}

/** What Bolt needs to know of whoever is served. */
export function authorized({ identity, botToken }: Workspace): AuthorizeResult {
  const { botId, ...bot } = identity;
  return { botToken, ...bot, ...(botId !== null && { botId }) };
}
