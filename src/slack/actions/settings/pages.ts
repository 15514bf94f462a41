import type { ModalView } from '@slack/types';
import type { Subscription } from '../../../digests/subscription.ts';
import type { KeptSettings } from '../../../vdns/settings.ts';
import type { OpenView } from '../../interactions.ts';
import type { SlackDesk } from '../../slack-desk.ts';
import { addVdnView } from '../../views/settings/names.ts';
import { overviewView } from '../../views/settings/overview.ts';
import { NO_METADATA, type SettingsMetadata } from '../../views/settings/place.ts';
import { settingsTold } from '../../views/settings/told.ts';
import { type Tried, vdnPageView } from '../../views/settings/vdn.ts';
import { type Reader, refusalOf } from './reader.ts';

/**
 * What somebody sees who opens the settings: where no VDN is named yet, the form for the first one; whoever may manage
 * none is told so.
 */
export async function overviewOf(reader: Reader, page: number, desk: SlackDesk): Promise<ModalView> {
  const { teamId, userId, context } = reader;
  const all = await desk.settings.list(teamId);
  if (all.length === 0) return firstVdn(reader, desk);
  const [refusal, mine, subscriptions, workspace] = await Promise.all([
    refusalOf(reader, 'workspace', desk),
    desk.rights.which(
      { teamId, userId, channelId: null },
      all.map(({ number }) => number),
      'manage',
    ),
    desk.subscriptions.list(teamId),
    desk.settings.workspace(teamId),
  ]);
  if (refusal !== undefined && mine.length === 0)
    return settingsTold(context.t('settings.noneToManage'), context);
  const overview = {
    vdns: all.filter(({ number }) => mine.includes(number)),
    digests: new Map([...Map.groupBy(subscriptions, ({ vdn }) => vdn)].map(([vdn, of]) => [vdn, of.length])),
    page,
    workspace,
    language: desk.environment.language,
    operator: {
      callbackHorizonMs: desk.environment.callbackHorizonMs,
      retentionMs: desk.retentionMs,
      numbersInSharedChannels: desk.numbersInSharedChannels,
    },
    administers: refusal === undefined,
  };
  return overviewView(overview, context);
}

/** Of the place where its reader is, as most of its callers will be. */
async function firstVdn({ userId, context }: Reader, desk: SlackDesk): Promise<ModalView> {
  const { timeZone } = await desk.people.find(userId);
  const metadata = { ...NO_METADATA, first: true };
  return addVdnView({ metadata, names: { name: null, timeZone, country: null } }, context);
}

export interface VdnPageHow {
  first: boolean;
  tried?: Tried;
}

export async function vdnPageOf(
  reader: Reader,
  settings: KeptSettings,
  { first, tried }: VdnPageHow,
  desk: SlackDesk,
): Promise<ModalView> {
  const { teamId, context } = reader;
  const { number } = settings;
  const [refusal, subscriptions] = await Promise.all([
    refusalOf(reader, { vdn: number, right: 'administer' }, desk),
    digestsOf(teamId, number, desk),
  ]);
  const page = {
    settings,
    subscriptions,
    environment: desk.environment.vdns.find((vdn) => vdn.number === number),
    administers: refusal === undefined,
    first,
    tried: tried ?? null,
  };
  return vdnPageView(page, context);
}

const digestsOf = async (teamId: string, vdn: number, desk: SlackDesk): Promise<Subscription[]> =>
  (await desk.subscriptions.list(teamId)).filter((subscription) => subscription.vdn === vdn);

/** Shows how a VDN stands now in the pages that lie under one of its forms. */
export async function refreshUnder(
  reader: Reader,
  { id, previousId, rootId }: Pick<OpenView, 'id' | 'previousId' | 'rootId'>,
  { vdn, first }: SettingsMetadata,
  desk: SlackDesk,
): Promise<void> {
  const settings = vdn === null ? undefined : await desk.settings.find(reader.teamId, vdn);
  if (previousId !== null && settings)
    await desk.modals.refresh(previousId, await vdnPageOf(reader, settings, { first }, desk));
  if (rootId !== id && rootId !== previousId)
    await desk.modals.refresh(rootId, await overviewOf(reader, 0, desk));
}
