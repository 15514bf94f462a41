import { type Access, type Holders, RIGHTS, type Right } from './access.ts';

/** unknown: Slack does not say now who is what. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** Those that a right is given to by name. */
export type Named = Extract<Holders, { kind: 'some' }>;

/** What is known of somebody; undefined: not known. */
export interface Facts {
  userId: string;
  /** Where they act; null: in no channel. */
  channelId: string | null;
  isAdmin: boolean | undefined;
  /** Whether they are in a user group or channel. */
  isIn(id: string): boolean | undefined;
}

const NOBODY: Named = { kind: 'some', groupIds: [], userIds: [], channelIds: [] };

/**
 * Who has a right, workspace admins aside. Whoever is named for a greater right has the smaller ones, too; "everyone" means
 * everyone who has the right before it: a VDN that some may see is claimed and managed by them alone, whatever else is left open.
 */
export function whoMay(access: Access, right: Right): Holders {
  const until = RIGHTS.indexOf(right);
  const narrowest = RIGHTS.findLastIndex((one, n) => n <= until && access[one].kind === 'some');
  if (narrowest < 0) return { kind: 'everyone' };
  return RIGHTS.slice(narrowest)
    .map((one) => access[one])
    .filter((holders) => holders.kind === 'some')
    .reduce(together, NOBODY);
}

/** Who may give rights of the VDN and change what its data depends on: those who are named to manage it. */
export const whoAdministers = ({ manage }: Access): Named => (manage.kind === 'some' ? manage : NOBODY);

/** Whether somebody has the right; what is not known counts only where it matters. */
export function decide(access: Access, right: Right, facts: Facts): Verdict {
  const holders = whoMay(access, right);
  return holders.kind === 'everyone' ? 'yes' : isNamed(holders, facts);
}

/** The same for changing who has which right. */
export const decideAdministers = (access: Access, facts: Facts): Verdict =>
  isNamed(whoAdministers(access), facts);

function isNamed({ groupIds, userIds, channelIds }: Named, facts: Facts): Verdict {
  const { userId, channelId, isAdmin, isIn } = facts;
  if (isAdmin || userIds.includes(userId)) return 'yes';
  if (channelId !== null && channelIds.includes(channelId)) return 'yes';
  const memberships = [...groupIds, ...channelIds].map(isIn);
  if (memberships.includes(true)) return 'yes';
  return isAdmin === undefined || memberships.includes(undefined) ? 'unknown' : 'no';
}

/** Whether the VDN's calls may be shown in a channel, to whoever reads it. */
export function mayReceive(access: Access, channelId: string): boolean {
  const holders = whoMay(access, 'see');
  return holders.kind === 'everyone' || holders.channelIds.includes(channelId);
}

const together = (one: Named, other: Named): Named => ({
  kind: 'some',
  groupIds: union(one.groupIds, other.groupIds),
  userIds: union(one.userIds, other.userIds),
  channelIds: union(one.channelIds, other.channelIds),
});

const union = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])];
