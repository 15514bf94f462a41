import type { ActionCall } from '../../interactions.ts';
import { unknownAction, unknownForm } from '../../messages/errors.ts';
import type { SlackDesk } from '../../slack-desk.ts';
import { ACCESS, accessView, kindsEntered } from '../../views/settings/access.ts';
import { DIGEST, scheduleEntered } from '../../views/settings/digest.ts';
import { decodeSettings } from '../../views/settings/place.ts';
import { toldView } from '../../views/told.ts';
import { digestFormOf } from './digest.ts';
import { groupsOf } from './open.ts';
import { readerOf, settingsFor } from './reader.ts';

/** What is chosen decides what else a form of the settings asks for, and what it says. What was entered stays. */
export async function chooseInSettings(call: ActionCall, desk: SlackDesk): Promise<void> {
  const { view } = call;
  const metadata = view ? decodeSettings(view.metadata) : undefined;
  const reader = await readerOf(call, desk);
  if (!view) return call.reply.privately(unknownAction(reader.context));
  if (!metadata)
    return desk.modals.update(view, toldView(unknownForm(reader.context).text, reader.context, view.title));
  const { vdn, subscription, first } = metadata;
  if (view.name === ACCESS) {
    const found = await settingsFor(reader, vdn, 'administer', desk);
    if ('refusal' in found) return;
    const { access } = found.settings;
    // What has changed since it was opened is for the submission to say.
    const form = { metadata, access, kinds: kindsEntered(view), groups: await groupsOf(desk) };
    await desk.modals.update(view, accessView(form, reader.context));
  }
  if (view.name === DIGEST && vdn !== null) {
    const found = subscription === null ? null : await desk.subscriptions.find(call.teamId, subscription);
    if (found === undefined) return;
    const schedule = scheduleEntered(view);
    const form = { vdn, subscription: found, first, schedule };
    await desk.modals.update(view, await digestFormOf(reader, form, desk));
  }
}
