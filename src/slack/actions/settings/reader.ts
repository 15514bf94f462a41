import type { KeptSettings } from '../../../vdns/settings.ts';
import type { MessageContext } from '../../i18n.ts';
import { refused, refusedWorkspace } from '../../refused.ts';
import type { SlackDesk } from '../../slack-desk.ts';

/** Somebody who looks at settings, or changes them. */
export interface Reader {
  teamId: string;
  userId: string;
  context: MessageContext;
}

export const readerOf = async (
  { teamId, userId }: { teamId: string; userId: string },
  desk: SlackDesk,
): Promise<Reader> => ({ teamId, userId, context: await desk.contextOf(userId) });

/**
 * Whether the reader may do it, asked before a button shows or does anything; or why not. (Of submitted forms the listener table has
 * asked: their VDN is in what they carry.) manage: a VDN's settings and digests.
 * administer: who may do what with it, and its end. workspace: what holds for all VDNs.
 */
export async function refusalOf(
  { teamId, userId }: Reader,
  what: { vdn: number; right: 'manage' | 'administer' } | 'workspace',
  desk: SlackDesk,
): Promise<string | undefined> {
  const actor = { teamId, userId, channelId: null };
  const refusal =
    what === 'workspace'
      ? await refusedWorkspace(actor, desk)
      : await refused(actor, what.vdn, what.right, desk);
  return refusal?.text;
}

/** A VDN and what stands in the way of the reader, read anew: what a form carries is not trusted. */
export async function settingsFor(
  reader: Reader,
  vdn: number | null,
  right: 'manage' | 'administer',
  desk: SlackDesk,
): Promise<{ settings: KeptSettings } | { refusal: string }> {
  const settings = vdn === null ? undefined : await desk.settings.find(reader.teamId, vdn);
  if (!settings) return { refusal: reader.context.t('settings.vdnGone') };
  const refusal = await refusalOf(reader, { vdn: settings.number, right }, desk);
  return refusal === undefined ? { settings } : { refusal };
}
