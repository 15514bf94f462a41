/** What somebody may do with a VDN: read its calls, act on its callbacks, change its settings and digests. Each includes those before it. */
export const RIGHTS = ['see', 'claim', 'manage'] as const;
export type Right = (typeof RIGHTS)[number];

/** Whom a right is given to; `decision.ts` says what that means. Workspace admins have every right besides. */
export type Holders =
  | { kind: 'everyone' }
  | {
      kind: 'some';
      /** Slack user groups (S…): their members. */
      groupIds: readonly string[];
      /** Slack users (U… or W…). */
      userIds: readonly string[];
      /** Slack channels (C…): whoever acts there, and their members elsewhere. Only to these may the VDN's data be posted. */
      channelIds: readonly string[];
    };

export type Access = Readonly<Record<Right, Holders>>;

const everyone: Holders = { kind: 'everyone' };

/** Where nobody has set anything. */
export const OPEN_ACCESS: Access = { see: everyone, claim: everyone, manage: everyone };
