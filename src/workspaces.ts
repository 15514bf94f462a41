import type { AuthorizeResult } from '@slack/bolt';
import type { Workspace } from './workspace.ts';

/** The workspaces that this process serves. */
export interface Workspaces {
  get(teamId: string): Workspace | undefined;
  /** It is served from now on; started, if the others are. */
  add(workspace: Workspace): void;
  /** For Bolt. Throws where the workspace is not served. */
  authorize(teamId: string | undefined): Promise<AuthorizeResult>;
  start(): void;
  /** Resolves when all have ended what is in hand. */
  stop(): Promise<void>;
}

export function createWorkspaces(): Workspaces {
  const all = new Map<string, Workspace>();
  let started = false;

  return {
    get: (teamId) => all.get(teamId),

    add(workspace) {
      all.set(workspace.identity.teamId, workspace);
      if (started) workspace.start();
    },

    async authorize(teamId) {
      const workspace = teamId === undefined ? undefined : all.get(teamId);
      if (!workspace) throw new Error('This workspace is not served');
      const { identity, botToken } = workspace;
      const { botId, ...bot } = identity;
      return { botToken, ...bot, ...(botId !== null && { botId }) };
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
