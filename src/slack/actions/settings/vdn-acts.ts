import { SourceError } from '../../../calls/source.ts';
import { zoneOf } from '../../../calls/vdn.ts';
import type { OpenView } from '../../interactions.ts';
import type { SlackDesk } from '../../slack-desk.ts';
import { decodeSettings } from '../../views/settings/place.ts';
import { settingsTold } from '../../views/settings/told.ts';
import type { Tried } from '../../views/settings/vdn.ts';
import { overviewOf, vdnPageOf } from './pages.ts';
import { type Reader, settingsFor } from './reader.ts';

/** Asks the contact centre for the VDN's calls of today, and says so meanwhile. */
export async function tryVdn(reader: Reader, vdn: number, view: OpenView, desk: SlackDesk): Promise<void> {
  const { teamId, context } = reader;
  const found = await settingsFor(reader, vdn, 'manage', desk);
  if ('refusal' in found) return desk.modals.update(view, settingsTold(found.refusal, context));
  const { settings } = found;
  const first = decodeSettings(view.metadata)?.first === true;
  const page = async (tried: Tried) => vdnPageOf(reader, settings, { first, tried }, desk);
  await desk.modals.update(view, await page({ state: 'asking' }));
  const answer = await desk.tryVdn({ teamId, vdn, timeZone: zoneOf(settings) });
  const tried: Tried =
    answer instanceof SourceError
      ? { state: 'failed', code: answer.code, facts: answer.facts }
      : { state: 'ready', ...answer };
  await desk.modals.refresh(view.id, await page(tried));
}

export async function removeVdn(reader: Reader, vdn: number, view: OpenView, desk: SlackDesk): Promise<void> {
  const { teamId, userId: actorId, context } = reader;
  const found = await settingsFor(reader, vdn, 'administer', desk);
  if ('refusal' in found) return desk.modals.update(view, settingsTold(found.refusal, context));
  const ended = await desk.settings.remove({ teamId, actorId }, vdn);
  const words = ended
    ? context.t('settings.removed', {
        digests: context.t('settings.digestCount', { count: ended.subscriptions.length }),
        callbacks: context.t('settings.callbackCount', { count: ended.callbacks }),
      })
    : context.t('settings.vdnGone');
  await desk.modals.update(view, settingsTold(words, context));
  if (view.rootId !== view.id) await desk.modals.refresh(view.rootId, await overviewOf(reader, 0, desk));
}
