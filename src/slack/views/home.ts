import type { HomeView, KnownBlock } from '@slack/types';
import { LIST_PAGE_SIZE, type ListRow } from '../../callbacks/list-page.ts';
import type { Load } from '../../callbacks/queue.ts';
import type { QueueLook } from '../../callbacks/queue-service.ts';
import { unnamedVdn, type Vdn } from '../../calls/vdn.ts';
import { mention } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { ACTIONS, actionId, encodeAction } from '../messages/actions.ts';
import { callRow } from '../messages/call-row.ts';
import { encodeClaimNext } from '../messages/claim-next.ts';
import { digestCommand, missedCommand } from '../messages/command.ts';
import { actions, button, context as greyPrint, section } from '../messages/message.ts';
import { subscriptionLines } from '../messages/subscription-list.ts';
import type { SubscriptionView } from '../messages/subscription-replies.ts';
import { vdnLabel } from '../messages/vdn-label.ts';
import { placeAction, placeValue } from './settings/place.ts';

/** Digests that are shown; the others are in `/missed digest list`. */
const DIGESTS_SHOWN = 10;

/** What one person's Home shows. */
export interface HomeData extends QueueLook {
  readerId: string;
  /** The reader's; IANA. */
  timeZone: string;
  /** Whether the desk knows of any VDN at all. */
  anyVdn: boolean;
  /** Whether the reader may claim in any. */
  mayClaim: boolean;
  /** By number, those that the reader may see. */
  vdns: ReadonlyMap<number, Vdn>;
  digests: readonly SubscriptionView[];
}

/**
 * The App Home: what its reader has to do, what waits for somebody, the team, the digests. `notice`: what came of the click that
 * it follows; mrkdwn.
 */
export function homeView(data: HomeData, notice: string | null, context: MessageContext): HomeView {
  const told = notice === null ? [] : [section(notice)];
  const blocks = data.vdns.size === 0 ? nothingToSee(data, context) : desk(data, context);
  return { type: 'home', callback_id: 'home', blocks: [...told, ...blocks] };
}

function nothingToSee({ anyVdn }: HomeData, { t }: MessageContext): KnownBlock[] {
  if (anyVdn) return [section(t('home.notYours'))];
  return [
    section(t('home.noVdn', { ask: missedCommand('vdn 159 today') })),
    actions(settingsButton(t('settings.addVdn'))),
    greyPrint(t('home.noVdnMore')),
  ];
}

/** Where no VDN is named, it leads through the first one. */
const settingsButton = (label: string) => button(label, placeAction('overview'), placeValue('overview'));

function desk(data: HomeData, context: MessageContext): KnownBlock[] {
  return [
    ...summary(data, context),
    DIVIDER,
    ...ownClaims(data, context),
    DIVIDER,
    ...openQueue(data, context),
    ...team(data, context),
    DIVIDER,
    ...digests(data, context),
  ];
}

const DIVIDER = { type: 'divider' } as const;

/** How things stand in a line, the button that most people come for, and for managers the way to the settings. */
function summary({ own, queue, mayClaim, team }: HomeData, { t }: MessageContext): KnownBlock[] {
  const parts = [
    ...(queue.open > 0 ? [t('home.open', { count: queue.open })] : []),
    ...(queue.overdue > 0 ? [t('home.overdue', { count: queue.overdue })] : []),
    ...(own.claimed > 0 ? [t('home.yours', { count: own.claimed })] : []),
  ];
  const buttons = [
    ...(queue.open > 0 && mayClaim
      ? [button(t('button.claimNext'), actionId(ACTIONS.claimNext, 0), encodeClaimNext(null))]
      : []),
    ...(team === null ? [] : [settingsButton(t('settings.title'))]),
  ];
  return [
    ...(parts.length > 0 ? [section(parts.join(' · '))] : []),
    ...(buttons.length > 0 ? [actions(...buttons)] : []),
  ];
}

function ownClaims(data: HomeData, context: MessageContext): KnownBlock[] {
  const { t } = context;
  const { rows, claimed, overdue } = data.own;
  const late = overdue > 0 ? ` · ${t('home.overdue', { count: overdue })}` : '';
  const title = section(`*${t('home.ownTitle')}*${late}`);
  if (claimed === 0) return [title, greyPrint(t(data.queue.open > 0 ? 'home.ownNone' : 'home.ownNoneAtAll'))];
  const rest = claimed - rows.length;
  return [
    title,
    ...listed(rows, data, context),
    ...(rest > 0 ? [greyPrint(t('home.more', { count: rest }))] : []),
  ];
}

function openQueue(data: HomeData, context: MessageContext): KnownBlock[] {
  const { t } = context;
  const { rows, open } = data.queue;
  const title = section(`*${t('home.queueTitle')}*`);
  if (open === 0) return [title, greyPrint(t('home.queueNone'))];
  return [title, ...listed(rows, data, context), ...paging(data.queue, context)];
}

/** Rows as in messages; whose they are is said where the reader sees several VDNs. */
function listed(rows: readonly ListRow[], data: HomeData, context: MessageContext): KnownBlock[] {
  const { readerId, timeZone } = data;
  const place = { page: data.queue.page, outboxId: null, timeZone, readerId };
  let above: number | undefined;
  return rows.flatMap((row) => {
    const vdn = row.callback?.vdn ?? 0;
    const isNew = data.vdns.size > 1 && vdn !== above;
    above = vdn;
    const label = isNew ? [greyPrint(vdnLabel(data.vdns.get(vdn) ?? unnamedVdn(vdn), context))] : [];
    return [...label, ...callRow(row, place, context)];
  });
}

function paging({ page, pages, rows, open }: HomeData['queue'], { t }: MessageContext): KnownBlock[] {
  if (pages <= 1) return [];
  const turnTo = (target: number, label: string) =>
    button(
      label,
      actionId(ACTIONS.homePage, target),
      encodeAction({ page: target, callbackId: null, outboxId: null }),
    );
  const from = page * LIST_PAGE_SIZE + 1;
  return [
    greyPrint(t('list.place', { from, to: Math.max(from, from + rows.length - 1), total: open })),
    actions(
      ...(page > 0 ? [turnTo(page - 1, t('button.previous'))] : []),
      ...(page < pages - 1 ? [turnTo(page + 1, t('button.next'))] : []),
    ),
  ];
}

function team({ team: loads }: HomeData, context: MessageContext): KnownBlock[] {
  const { t } = context;
  if (loads === null) return [];
  const lines = loads.map((load) => loadLine(load, context));
  return [
    DIVIDER,
    section(`*${t('home.teamTitle')}*`),
    lines.length > 0 ? section(lines.join('\n')) : greyPrint(t('home.teamNone')),
  ];
}

function loadLine({ ownerId, claimed, overdue, done }: Load, { t }: MessageContext): string {
  const parts = [
    mention(ownerId),
    t('home.claimed', { count: claimed }),
    ...(overdue > 0 ? [t('home.overdue', { count: overdue })] : []),
    t('home.doneToday', { count: done }),
  ];
  return parts.join(' · ');
}

function digests({ digests: views }: HomeData, context: MessageContext): KnownBlock[] {
  const { t } = context;
  const title = section(`*${t('subscription.listTitle')}*`);
  if (views.length === 0)
    return [title, greyPrint(t('home.digestsNone', { command: digestCommand('vdn 159 hourly') }))];
  const rest = views.length - DIGESTS_SHOWN;
  return [
    title,
    ...views.slice(0, DIGESTS_SHOWN).map((view) => section(subscriptionLines(view, context))),
    ...(rest > 0 ? [greyPrint(t('subscription.listMore', { count: rest }))] : []),
  ];
}
