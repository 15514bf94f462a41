import type { Right } from './access.ts';

/** Somebody, and where they act: null in a direct message, in the App Home, or where Slack does not say. */
export interface Actor {
  teamId: string;
  userId: string;
  channelId: string | null;
}

/** Who may do what, as people have set it; asked before every command, click and submitted view is obeyed. */
export interface Rights {
  may(actor: Actor, vdn: number, right: Right): Promise<boolean>;
  /** Those of these VDNs for which `may` says yes. */
  which(actor: Actor, vdns: readonly number[], right: Right): Promise<number[]>;
  /** Admins and owners of the workspace, by Slack's word. */
  isAdmin(userId: string): Promise<boolean>;
  /** Whether a VDN's data may be posted to that channel. */
  mayReceive(teamId: string, channelId: string, vdn: number): Promise<boolean>;
}
