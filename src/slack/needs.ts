import type { Right } from '../vdns/access.ts';
import { clickedRow } from './actions/clicked.ts';
import type { ActionCall, ViewCall } from './interactions.ts';
import { decodeAction } from './messages/actions.ts';
import { decodeChangeDigest } from './messages/change-digest.ts';
import type { Message } from './messages/message.ts';
import { refused, refusedWorkspace } from './refused.ts';
import type { SlackDesk } from './slack-desk.ts';
import { decodeMetadata } from './views/metadata.ts';

/** What whoever does something must be allowed to: every listener says one, and the table's register asks for it first. */
export type Need<Call> =
  | {
      right: Right | 'administer';
      /**
       * The VDNs that it is about, by what the desk keeps: a value or a form's private data only says which record. None: there
       * is nothing of it any more, as the listener then says.
       */
      vdns(call: Call, desk: SlackDesk): Promise<readonly number[]>;
    }
  /** What holds for all VDNs. */
  | { workspace: true }
  /** Its VDN is known only when it has been understood, or it shows nothing of any: says where that is looked at. */
  | { itself: string };

/** Why it is refused; undefined: it may be done. */
export async function refusedBy<Call extends { teamId: string; userId: string; channelId?: string | null }>(
  need: Need<Call>,
  call: Call,
  desk: SlackDesk,
): Promise<Message | undefined> {
  if ('itself' in need) return undefined;
  const { teamId, userId, channelId = null } = call;
  const actor = { teamId, userId, channelId };
  if ('workspace' in need) return refusedWorkspace(actor, desk);
  for (const vdn of await need.vdns(call, desk)) {
    const refusal = await refused(actor, vdn, need.right, desk);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Of the callback that a button, or the form that it is in, is of. */
export const inCallback = (right: Right): Need<ActionCall> => ({
  right,
  async vdns({ view, value }, { vdnsOf }) {
    const inForm = view && decodeMetadata(view.metadata)?.callbackId;
    const ids = [inForm, decodeAction(value)?.callbackId].filter((id) => typeof id === 'number');
    const found = await Promise.all(ids.map((id) => vdnsOf.callback(id)));
    return found.flat();
  },
});

/** Of the callback that a form is of. */
export const inForm = (right: Right): Need<ViewCall> => ({
  right,
  async vdns({ view }, { vdnsOf }) {
    const metadata = decodeMetadata(view.metadata);
    return metadata ? vdnsOf.callback(metadata.callbackId) : [];
  },
});

/** Of the message that was clicked; where it shows several, what somebody may not see is left out of it. */
export const inMessage = (right: Right): Need<ActionCall> => ({
  right,
  async vdns(call, desk) {
    const value = decodeAction(call.value);
    const row = value && (await clickedRow(call, value, desk));
    const vdns = row ? await desk.vdnsOf.row(row) : [];
    const held = await desk.rights.which(call, vdns, right);
    return held.length > 0 ? held : vdns;
  },
});

/** Of the digest that a button changes. */
export const inDigest = (right: Right): Need<ActionCall> => ({
  right,
  async vdns({ teamId, value }, { subscriptions }) {
    const offer = decodeChangeDigest(value);
    const found = offer && (await subscriptions.find(teamId, offer.subscriptionNumber));
    return found ? [found.vdn] : [];
  },
});
