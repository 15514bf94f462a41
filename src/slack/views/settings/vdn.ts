import type { KnownBlock, ModalView } from '@slack/types';
import type { SourceError, SourceErrorCode } from '../../../calls/source.ts';
import { type Vdn, zoneOf } from '../../../calls/vdn.ts';
import type { Subscription } from '../../../digests/subscription.ts';
import type { KeptSettings } from '../../../vdns/settings.ts';
import { channelMention } from '../../escape.ts';
import type { MessageContext } from '../../i18n.ts';
import { actions, button, confirmed, context as greyPrint, section } from '../../messages/message.ts';
import { failureReason, failureRemedy } from '../../messages/source-failure.ts';
import { type SubscriptionView, subscriptionWords } from '../../messages/subscription-replies.ts';
import { vdnLabel, vdnPlain } from '../../messages/vdn-label.ts';
import { modal } from '../view.ts';
import { givenBlocks } from './environment.ts';
import { encodeSettings, type PlaceName, placeAction, placeValue } from './place.ts';
import { accessWords, callbackWords, openWords, placeWords } from './words.ts';

const VDN_PAGE = 'settings-vdn';

/** So many digests are shown; the others are found in their channels. */
const DIGESTS_MOST = 20;

/** What the contact centre said when it was asked for today's calls. */
export type Tried =
  | { state: 'asking' }
  | { state: 'ready'; calls: number; callers: number }
  | { state: 'failed'; code: SourceErrorCode; facts: SourceError['facts'] };

export interface VdnPage {
  settings: KeptSettings;
  subscriptions: readonly Subscription[];
  /** What the environment says of it; undefined: nothing. */
  environment: Vdn | undefined;
  /** Whether the reader may say who may do what, and remove it. */
  administers: boolean;
  /** Somebody is led through for the first time. */
  first: boolean;
  tried: Tried | null;
}

/** A VDN with all that is set, and a button for each form. */
export function vdnPageView(page: VdnPage, context: MessageContext): ModalView {
  const { t } = context;
  const { settings, first, administers } = page;
  const { number } = settings;
  const metadata = encodeSettings({ vdn: number, seen: settings.version, subscription: null, first });
  const words = {
    title: t('settings.vdnTitle', { number }),
    close: t(first ? 'log.close' : 'settings.back'),
  };
  const part = (title: string, text: string, form: PlaceName) =>
    section(`*${title}*\n${text}`, change(form, number, context));
  return modal(VDN_PAGE, metadata, words, [
    section(`*${vdnLabel(settings, context)}*`),
    ...steps(page, context),
    ...(isNextShown(page) ? buttons(page, context) : []),
    part(t('settings.names'), placeWords(settings, context), 'names'),
    part(t('settings.hours'), openWords(settings, context), 'hours'),
    part(t('settings.callbacks'), callbackWords(settings, context), 'callbacks'),
    ...(administers ? [part(t('settings.access'), accessWords(settings, context), 'access')] : []),
    section(`*${t('settings.digests')}*`),
    ...digestBlocks(page, context),
    ...(isNextShown(page) ? [] : buttons(page, context)),
    ...givenBlocks(settings, page.environment, context),
  ]);
}

const change = (form: PlaceName, number: number, { t }: MessageContext) =>
  button(t('settings.change'), placeAction(form, number), placeValue(form, number));

/** Whoever is led through is not to look for the next button under all that can be set. */
const isNextShown = ({ first, subscriptions }: VdnPage) => first && subscriptions.length === 0;

/** What is to be done next by whoever is led through, and what the contact centre said. */
function steps({ first, subscriptions, tried, settings }: VdnPage, context: MessageContext): KnownBlock[] {
  const { t } = context;
  const said = tried ? [section(triedWords(tried, settings, context))] : [];
  if (!first) return said;
  if (subscriptions.length > 0) return [...said, section(t('settings.firstDone'))];
  return [...said, section(t(tried?.state === 'ready' ? 'settings.firstDigest' : 'settings.firstTry'))];
}

function triedWords(tried: Tried, { number, name }: KeptSettings, context: MessageContext): string {
  const { t } = context;
  switch (tried.state) {
    case 'asking':
      return t('answer.asking');
    case 'ready':
      return tried.calls === 0
        ? t('settings.triedNone')
        : t('settings.tried', {
            count: tried.calls,
            callers: t('settings.callers', { count: tried.callers }),
          });
    case 'failed': {
      const reason = failureReason(tried.code, tried.facts, context);
      return `⚠️ ${reason} ${failureRemedy(tried.code, tried.facts, { number, name }, context)}`;
    }
  }
}

function digestBlocks({ settings, subscriptions }: VdnPage, context: MessageContext): KnownBlock[] {
  const { t } = context;
  if (subscriptions.length === 0) return [greyPrint(t('settings.noDigests'))];
  const rest = subscriptions.length - DIGESTS_MOST;
  return [
    ...subscriptions
      .slice(0, DIGESTS_MOST)
      .map((subscription) =>
        section(digestWords(subscription, settings, context), change('digest', subscription.number, context)),
      ),
    ...(rest > 0 ? [greyPrint(t('subscription.listMore', { count: rest }))] : []),
  ];
}

export function digestWords(
  subscription: Subscription,
  vdn: Pick<Vdn, 'number' | 'name' | 'timeZone'>,
  context: MessageContext,
): string {
  const { t } = context;
  const view: SubscriptionView = { subscription, vdn, timeZone: zoneOf(vdn) };
  const words = { ...subscriptionWords(view, context), channel: channelMention(subscription.channelId) };
  const state =
    subscription.state === 'paused' ? t('settings.digestPaused') : t('subscription.rowNext', words);
  return `${t('settings.digest', words)}\n${state}`;
}

function buttons(page: VdnPage, context: MessageContext): KnownBlock[] {
  const { settings, administers, first, tried } = page;
  const { t } = context;
  const { number } = settings;
  const make = (name: PlaceName, label: string) =>
    button(label, placeAction(name, number), placeValue(name, number));
  const next = tried?.state === 'ready' ? 'add-digest' : 'try';
  const isNext = (name: PlaceName) => isNextShown(page) && name === next;
  const primary = (name: PlaceName, label: string) =>
    isNext(name) ? { ...make(name, label), style: 'primary' as const } : make(name, label);
  return [
    actions(
      primary('try', t('settings.try')),
      primary('add-digest', t('settings.addDigest')),
      ...(administers && !first
        ? [
            confirmed(make('remove-vdn', t('settings.remove')), {
              title: t('settings.removeTitle', { vdn: vdnPlain(settings, context) }),
              text: t('settings.removeText'),
              confirm: t('settings.remove'),
              deny: t('log.cancel'),
            }),
          ]
        : []),
    ),
  ];
}
