import { unnamedVdn } from '../calls/vdn.ts';
import type { Right } from '../vdns/access.ts';
import { type Named, whoAdministers, whoMay } from '../vdns/decision.ts';
import type { Actor } from '../vdns/rights.ts';
import type { Message } from './messages/message.ts';
import {
  channelRefused,
  type Holders,
  notGranted,
  rightRefused,
  rightUnknown,
} from './messages/right-refused.ts';
import type { SlackDesk } from './slack-desk.ts';

type Parts = Pick<SlackDesk, 'rights' | 'vdns' | 'people' | 'groups' | 'contextOf'>;

const NOBODY: Named = { kind: 'some', groupIds: [], userIds: [], channelIds: [] };

/** Why somebody may not, in a sentence that says whom to ask; undefined where they may. */
export async function refused(
  actor: Actor,
  vdn: number,
  right: Right | 'administer',
  desk: Parts,
): Promise<Message | undefined> {
  const verdict = await desk.rights.judge(actor, vdn, right);
  if (verdict === 'yes') return undefined;
  const context = await desk.contextOf(actor.userId);
  if (!desk.rights.isGranted(vdn)) return notGranted(vdn, context);
  if (verdict === 'unknown') return rightUnknown(context);
  const access = await desk.rights.accessOf(actor.teamId, vdn);
  const holders = right === 'administer' ? whoAdministers(access) : whoMay(access, right);
  return rightRefused(
    {
      wanted: { right, vdn: await nameFor(actor, vdn, desk) },
      may: await known(holders.kind === 'some' ? holders : NOBODY, desk),
      mayGive: await known(whoAdministers(access), desk),
    },
    context,
  );
}

/** The same for what holds for all VDNs. */
export async function refusedWorkspace(actor: Actor, desk: Parts): Promise<Message | undefined> {
  const verdict = await desk.rights.judgeWorkspace(actor);
  if (verdict === 'yes') return undefined;
  const context = await desk.contextOf(actor.userId);
  if (verdict === 'unknown') return rightUnknown(context);
  const nobody = await known(NOBODY, desk);
  return rightRefused({ wanted: null, may: nobody, mayGive: nobody }, context);
}

/** Why a VDN's digests may not come to a channel; undefined where they may. */
export async function refusedChannel(
  actor: Actor & { channelId: string },
  vdn: number,
  desk: Parts,
): Promise<Message | undefined> {
  const { teamId, channelId, userId } = actor;
  if (await desk.rights.mayReceive(teamId, channelId, vdn)) return undefined;
  const access = await desk.rights.accessOf(teamId, vdn);
  const holders = whoMay(access, 'see');
  return channelRefused(
    {
      vdn: await nameFor(actor, vdn, desk),
      channels: holders.kind === 'some' ? holders.channelIds : [],
      mayGive: await known(whoAdministers(access), desk),
    },
    await desk.contextOf(userId),
  );
}

/** Its name is for those who may see it. */
async function nameFor(actor: Actor, vdn: number, { rights, vdns }: Parts) {
  const named = (await rights.may(actor, vdn, 'see')) ? await vdns.find(actor.teamId, vdn) : undefined;
  return named ?? unnamedVdn(vdn);
}

/** As people know them, and no mention: whoever is named here is not called. */
async function known({ groupIds, userIds, channelIds }: Named, { people, groups }: Parts): Promise<Holders> {
  const inUse = groupIds.length > 0 ? await groups.all() : undefined;
  const found = await Promise.all(userIds.map((id) => people.find(id)));
  return {
    groups: groupIds.map((id) => inUse?.get(id)?.handle ?? null),
    people: found.map(({ id, name }) => name ?? id),
    channels: channelIds,
  };
}
