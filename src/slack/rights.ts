import { type Access, OPEN_ACCESS } from '../vdns/access.ts';
import {
  decide,
  decideAdministers,
  type Facts,
  mayReceive,
  type Verdict,
  whoAdministers,
  whoMay,
} from '../vdns/decision.ts';
import type { Actor, Rights } from '../vdns/rights.ts';
import type { VdnSettingsStore } from '../vdns/settings.ts';
import { shareInFlight } from '../work/in-flight.ts';
import type { ChannelMembers } from './channel-members.ts';
import type { People } from './people.ts';
import type { UserGroups } from './user-groups.ts';

export interface RightsParts {
  settings: Pick<VdnSettingsStore, 'list' | 'accessOf'>;
  people: Pick<People, 'isAdmin'>;
  groups: UserGroups;
  members: ChannelMembers;
}

/** A question about somebody that can be answered from what is known of them. */
type Decision = (facts: Facts) => Verdict;

/** Who may do what: as set in the database, with Slack's word for who is in which group and channel, and who is an admin. */
export function createRights({ settings, people, groups, members }: RightsParts): Rights {
  const shared = shareInFlight(
    async ({ teamId, vdn }: { teamId: string; vdn: number }): Promise<Access> =>
      (await settings.accessOf(teamId, [vdn])).get(vdn) ?? OPEN_ACCESS,
    ({ teamId, vdn }) => `${teamId} ${vdn}`,
  );
  const accessOf = (teamId: string, vdn: number) => shared({ teamId, vdn });

  /** Asks Slack only for what the decision depends on: most need nothing, and few whether somebody is an admin. */
  async function judged({ userId, channelId }: Actor, ids: readonly string[], decision: Decision) {
    const somebody = { userId, channelId, isAdmin: undefined };
    const atOnce = decision({ ...somebody, isIn: () => undefined });
    if (atOnce !== 'unknown') return atOnce;
    const known = new Map(
      await Promise.all(ids.map(async (id) => [id, await isMember(id, userId)] as const)),
    );
    const isIn = (id: string) => known.get(id);
    const asMember = decision({ ...somebody, isIn });
    if (asMember !== 'unknown') return asMember;
    return decision({ ...somebody, isIn, isAdmin: await people.isAdmin(userId) });
  }

  async function isMember(id: string, userId: string): Promise<boolean | undefined> {
    if (!id.startsWith('S')) return (await members.of(id))?.has(userId);
    const all = await groups.all();
    return all && (all.get(id)?.members.has(userId) ?? false);
  }

  function judgeBy(actor: Actor, access: Access, right: Parameters<Rights['judge']>[2]): Promise<Verdict> {
    if (right === 'administer') {
      const { groupIds, channelIds } = whoAdministers(access);
      return judged(actor, [...groupIds, ...channelIds], (facts) => decideAdministers(access, facts));
    }
    const holders = whoMay(access, right);
    const ids = holders.kind === 'some' ? [...holders.groupIds, ...holders.channelIds] : [];
    return judged(actor, ids, (facts) => decide(access, right, facts));
  }

  const rights: Rights = {
    accessOf,
    judge: async (actor, vdn, right) => judgeBy(actor, await accessOf(actor.teamId, vdn), right),
    may: async (actor, vdn, right) => (await rights.judge(actor, vdn, right)) === 'yes',

    async judgeWorkspace(actor) {
      const isAdmin = await people.isAdmin(actor.userId);
      if (isAdmin) return 'yes';
      const all = await settings.list(actor.teamId);
      const verdicts = await Promise.all(all.map(({ access }) => judgeBy(actor, access, 'administer')));
      if (verdicts.length > 0 && verdicts.every((verdict) => verdict === 'yes')) return 'yes';
      return isAdmin === undefined || verdicts.includes('unknown') ? 'unknown' : 'no';
    },

    async which(actor, vdns, right) {
      const all = await settings.accessOf(actor.teamId, vdns);
      const verdicts = await Promise.all(
        vdns.map((vdn) => judgeBy(actor, all.get(vdn) ?? OPEN_ACCESS, right)),
      );
      return vdns.filter((_, n) => verdicts[n] === 'yes');
    },

    isGranted: () => true,
    isAdmin: async (userId) => (await people.isAdmin(userId)) ?? false,
    mayReceive: async (teamId, channelId, vdn) => mayReceive(await accessOf(teamId, vdn), channelId),
  };
  return rights;
}
