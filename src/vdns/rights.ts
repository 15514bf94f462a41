import type { Access, Right } from './access.ts';
import type { Verdict } from './decision.ts';

/** Somebody, and where they act: null in a direct message, in the App Home, or where Slack does not say. */
export interface Actor {
  teamId: string;
  userId: string;
  channelId: string | null;
}

/** Who may do what, as people have set it; asked before every command, click and submitted view is obeyed. */
export interface Rights {
  /** False also where Slack does not say now who is what. */
  may(actor: Actor, vdn: number, right: Right): Promise<boolean>;
  /** The same with the reason for a no. `administer`: give and take rights of the VDN. */
  judge(actor: Actor, vdn: number, right: Right | 'administer'): Promise<Verdict>;
  /** Whether somebody may change what holds for all VDNs: admins, and whoever may administer each of them. */
  judgeWorkspace(actor: Actor): Promise<Verdict>;
  /** Those of these VDNs for which `judge` says yes, in their order. */
  which(actor: Actor, vdns: readonly number[], right: Right | 'administer'): Promise<number[]>;
  /** Admins and owners of the workspace, by Slack's word. */
  isAdmin(userId: string): Promise<boolean>;
  /** Whether a VDN's data may be posted to that channel. */
  mayReceive(teamId: string, channelId: string, vdn: number): Promise<boolean>;
  /** What people have set, also of a VDN that was removed: its calls are still there. */
  accessOf(teamId: string, vdn: number): Promise<Access>;
}
