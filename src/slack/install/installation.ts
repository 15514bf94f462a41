/** The app in one workspace. Times are epoch milliseconds. */
export interface Installation {
  teamId: string;
  teamName: string;
  botUserId: string;
  /** null where Slack does not say. */
  botId: string | null;
  botToken: string;
  scopes: readonly string[];
  /** Slack user id. */
  installedBy: string;
  installedAt: number;
}

/** What is kept of one, as far as it tells them apart. */
export interface Known {
  teamId: string;
  /** Another one with each installation. */
  mark: string;
}

/** Keeps who has installed the app, with their tokens encrypted, and who has left. */
export interface InstallationStore {
  /** The workspace is served from now on; what waited for it while it was away goes on. Takes the place of a former installation. */
  save(installation: Installation): Promise<void>;
  all(): Promise<Known[]>;
  /** With its token decrypted. Throws SealError. */
  find(teamId: string): Promise<(Installation & Known) | undefined>;
  /**
   * The workspace has left: its token is removed, and nothing more is done for it. Only the installation with that mark:
   * false where there is another one by now, or none.
   */
  leave(known: Known, now: number): Promise<boolean>;
  /** Encrypts tokens with the first key that are encrypted with a former one; how many. Those of no key that is given stay. */
  reseal(): Promise<number>;
  /**
   * Of all workspaces that the database knows, those that have installed the app and are to be served go on where they were,
   * and the others count as having left. Those that do so from now on.
   */
  settle(served: Pick<ReadonlySet<string>, 'has'>, now: number): Promise<string[]>;
  /** Workspaces that left before. */
  leftBefore(at: number): Promise<string[]>;
  /** Removes all that is kept of a workspace that left before, unless it has come back. */
  erase(teamId: string, leftBeforeAt: number): Promise<void>;
}
