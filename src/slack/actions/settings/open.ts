import type { ModalView } from '@slack/types';
import type { KeptSettings } from '../../../vdns/settings.ts';
import type { ActionCall } from '../../interactions.ts';
import { formLate } from '../../messages/click-replies.ts';
import { unknownAction } from '../../messages/errors.ts';
import type { SlackDesk } from '../../slack-desk.ts';
import { accessView } from '../../views/settings/access.ts';
import { callbacksView } from '../../views/settings/callbacks.ts';
import { hoursView } from '../../views/settings/hours.ts';
import { addVdnView, namesView } from '../../views/settings/names.ts';
import {
  decodeSettings,
  NO_METADATA,
  type Place,
  type PlaceName,
  readPlace,
  type SettingsMetadata,
} from '../../views/settings/place.ts';
import { settingsTold } from '../../views/settings/told.ts';
import { workspaceView } from '../../views/settings/workspace.ts';
import { changeSubscription, digestFormOf } from './digest.ts';
import { overviewOf, vdnPageOf } from './pages.ts';
import { type Reader, readerOf, refusalOf, settingsFor } from './reader.ts';
import { removeVdn, tryVdn } from './vdn-acts.ts';

/** A button of the settings, wherever it is: opens what it leads to, or does what it says. */
export async function openSettings(call: ActionCall, desk: SlackDesk): Promise<void> {
  const place = readPlace(call.value);
  const reader = await readerOf(call, desk);
  if (!place) return call.reply.privately(unknownAction(reader.context));
  const { view } = call;
  const inSettings = view?.name.startsWith('settings') ? view : null;
  if (inSettings) {
    switch (place.name) {
      case 'overview':
        return desk.modals.update(inSettings, await overviewOf(reader, place.number, desk));
      case 'try':
        return tryVdn(reader, place.number, inSettings, desk);
      case 'remove-vdn':
        return removeVdn(reader, place.number, inSettings, desk);
      case 'pause':
      case 'resume':
      case 'end-digest':
        return changeSubscription(reader, place.name, place.number, inSettings, desk);
    }
  }
  const first = inSettings ? decodeSettings(inSettings.metadata)?.first === true : false;
  const content = await contentOf(place, { reader, first }, desk);
  const opened = inSettings
    ? await desk.modals.open(call, content)
    : await desk.modals.openAlone(call.triggerId, content);
  if (!opened) await call.reply.privately(formLate(reader.context));
}

interface Looking {
  reader: Reader;
  first: boolean;
}

/** What is behind a button, or a sentence why the reader does not see it. */
async function contentOf(
  { name, number }: Place,
  { reader, first }: Looking,
  desk: SlackDesk,
): Promise<ModalView> {
  const { teamId, context } = reader;
  switch (name) {
    case 'overview':
      return overviewOf(reader, number, desk);
    case 'workspace':
    case 'add-vdn': {
      const refusal = await refusalOf(reader, 'workspace', desk);
      if (refusal !== undefined) return settingsTold(refusal, context);
      if (name === 'workspace')
        return workspaceView(await desk.settings.workspace(teamId), desk.environment.language, context);
      return addVdnView(
        { metadata: NO_METADATA, names: { name: null, timeZone: null, country: null } },
        context,
      );
    }
    case 'digest': {
      const found = await desk.subscriptions.find(teamId, number);
      if (!found || found.state === 'removed') return settingsTold(context.t('settings.digestGone'), context);
      return digestFormOf(reader, { vdn: found.vdn, subscription: found, first }, desk);
    }
    case 'add-digest':
      return digestFormOf(reader, { vdn: number, subscription: null, first }, desk);
    default:
      return ofVdn(name, number, { reader, first }, desk);
  }
}

async function ofVdn(
  name: PlaceName,
  vdn: number,
  { reader, first }: Looking,
  desk: SlackDesk,
): Promise<ModalView> {
  const { context } = reader;
  const found = await settingsFor(reader, vdn, name === 'access' ? 'administer' : 'manage', desk);
  if ('refusal' in found) return settingsTold(found.refusal, context);
  const { settings } = found;
  const form = await vdnFormOf(name, settings, first, reader, desk);
  return form ?? vdnPageOf(reader, settings, { first }, desk);
}

/** A form of a VDN as it is set now; `notice`: why it is shown again. Undefined: that is none. */
export async function vdnFormOf(
  name: PlaceName,
  settings: KeptSettings,
  first: boolean,
  { context }: Reader,
  desk: SlackDesk,
  notice?: string,
): Promise<ModalView | undefined> {
  const { number: vdn, version: seen } = settings;
  const metadata: SettingsMetadata = { vdn, seen, subscription: null, first };
  const shown = { metadata, ...(notice === undefined ? {} : { notice }) };
  switch (name) {
    case 'names':
      return namesView({ ...shown, names: settings, environment: environmentOf(vdn, desk) }, context);
    case 'hours':
      return hoursView({ ...shown, hours: settings }, context);
    case 'callbacks':
      return callbacksView({ ...shown, rules: settings, groups: await groupsOf(desk) }, context);
    case 'access':
      return accessView({ ...shown, access: settings.access, groups: await groupsOf(desk) }, context);
    default:
      return undefined;
  }
}

const environmentOf = (vdn: number, { environment }: SlackDesk) =>
  environment.vdns.find(({ number }) => number === vdn);

/** Those that can be chosen; none where Slack does not say now. */
export const groupsOf = async ({ groups }: SlackDesk) => [...((await groups.all())?.values() ?? [])];
