import { type Granted, isGranted } from '../calls/granted.ts';
import { unnamedVdn, type Vdn, type VdnStore } from '../calls/vdn.ts';
import type { Rights } from './rights.ts';

/** What was not given to the workspace, nobody there has a right to, whatever people have set: not even its admins. */
export function onlyGranted(rights: Rights, granted: Granted): Rights {
  if (granted === 'any') return rights;
  const given = (vdn: number) => isGranted(granted, vdn);
  return {
    ...rights,
    isGranted: given,
    may: async (actor, vdn, right) => given(vdn) && rights.may(actor, vdn, right),
    judge: async (actor, vdn, right) => (given(vdn) ? rights.judge(actor, vdn, right) : 'no'),
    which: (actor, vdns, right) => rights.which(actor, vdns.filter(given), right),
    mayReceive: async (teamId, channelId, vdn) => given(vdn) && rights.mayReceive(teamId, channelId, vdn),
  };
}

/** VDNs that people named when they had them, and that were taken from the workspace since, are not spoken of. */
export function onlyGrantedVdns(vdns: VdnStore, granted: Granted): VdnStore {
  if (granted === 'any') return vdns;
  return {
    ...vdns,
    list: async (teamId) => (await vdns.list(teamId)).filter(({ number }) => isGranted(granted, number)),
    find: async (teamId, number) => (isGranted(granted, number) ? vdns.find(teamId, number) : undefined),
  };
}

/** What the environment seeds a workspace with: of the VDNs that it names, those that the workspace was given, and these in any case. */
export function seedOf(vdns: readonly Vdn[], granted: Granted): readonly Vdn[] {
  if (granted === 'any') return vdns;
  return granted.map((number) => vdns.find((vdn) => vdn.number === number) ?? unnamedVdn(number));
}
