import type { VdnStore } from '../calls/vdn.ts';

/** The zone of a VDN's schedules: its own, or UTC where nobody set one. */
export async function zoneOf(
  vdns: Pick<VdnStore, 'find'>,
  { teamId, vdn }: { teamId: string; vdn: number },
): Promise<string> {
  return (await vdns.find(teamId, vdn))?.timeZone ?? 'UTC';
}
