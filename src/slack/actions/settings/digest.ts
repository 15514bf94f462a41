import { randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { zoneOf } from '../../../calls/vdn.ts';
import { digestKinds, type SubscriptionNewsData } from '../../../digests/digest.ts';
import { neverRuns } from '../../../digests/next-run.ts';
import type { Schedule } from '../../../digests/schedule.ts';
import type { Subscription } from '../../../digests/subscription.ts';
import type { KeptSettings } from '../../../vdns/settings.ts';
import type { OpenView, ViewAnswer, ViewCall } from '../../interactions.ts';
import type { SlackDesk } from '../../slack-desk.ts';
import {
  CHANNEL,
  channelEntered,
  digestView,
  scheduleEntered,
  scheduleWrong,
  startingSchedule,
} from '../../views/settings/digest.ts';
import { decodeSettings, NO_METADATA } from '../../views/settings/place.ts';
import { settingsTold } from '../../views/settings/told.ts';
import { refreshUnder } from './pages.ts';
import { type Reader, readerOf, settingsFor } from './reader.ts';

/** The form of a digest, or a sentence why the reader does not see it. `schedule`: what is chosen by now. */
export async function digestFormOf(
  reader: Reader,
  about: {
    vdn: number;
    subscription: Subscription | null;
    first: boolean;
    schedule?: Schedule;
    notice?: string;
  },
  desk: SlackDesk,
): Promise<ModalView> {
  const { subscription, first, notice } = about;
  const found = await settingsFor(reader, about.vdn, 'manage', desk);
  if ('refusal' in found) return settingsTold(found.refusal, reader.context);
  const { settings: vdn } = found;
  const schedule = about.schedule ?? startingSchedule(subscription);
  const preview = neverRuns(schedule) ? null : await desk.previewOf(vdn.number, schedule, zoneOf(vdn));
  const metadata = {
    vdn: vdn.number,
    seen: vdn.version,
    subscription: subscription?.number ?? null,
    first,
  };
  const form = {
    metadata,
    vdn,
    subscription,
    schedule,
    preview,
    ...(notice === undefined ? {} : { notice }),
  };
  return digestView(form, reader.context);
}

/** A new digest of a channel's, or another schedule of one. */
export async function submitDigest(call: ViewCall, desk: SlackDesk): Promise<ViewAnswer> {
  const { teamId, view } = call;
  const reader = await readerOf(call, desk);
  const { context } = reader;
  const metadata = decodeSettings(view.metadata) ?? NO_METADATA;
  const vdn = metadata.vdn === null ? undefined : await desk.settings.find(teamId, metadata.vdn);
  if (!vdn) return { answer: { show: settingsTold(context.t('settings.vdnGone'), context) } };
  const wrong = scheduleWrong(view, context);
  if (metadata.subscription === null) return subscribe(call, reader, vdn, wrong, desk);
  if (Object.keys(wrong).length > 0) return { answer: { errors: wrong } };

  const before = await desk.subscriptions.find(teamId, metadata.subscription);
  const gone = { answer: { show: settingsTold(context.t('settings.digestGone'), context) } };
  // A form says of itself which one it is of: only one of a VDN that its sender may manage is changed.
  if (before?.vdn !== vdn.number) return gone;
  const result = await desk.subscriptions.change(teamId, before.number, scheduleEntered(view));
  if (result.outcome === 'unknown-number') return gone;
  return {
    answer: { back: true },
    async afterwards() {
      if (result.outcome === 'changed') await tell('changed', result.subscription, vdn, reader, desk);
      await refreshUnder(reader, view, metadata, desk);
    },
  };
}

async function subscribe(
  { teamId, view }: ViewCall,
  reader: Reader,
  vdn: KeptSettings,
  wrong: Record<string, string>,
  desk: SlackDesk,
): Promise<ViewAnswer> {
  const { context, userId: createdBy } = reader;
  const channelId = channelEntered(view);
  const refused =
    channelId === null ? context.t('settings.channelMissing') : await refusedIn(channelId, vdn, reader, desk);
  const errors = { ...wrong, ...(refused === undefined ? {} : { [CHANNEL]: refused }) };
  if (channelId === null || Object.keys(errors).length > 0) return { answer: { errors } };

  const schedule = scheduleEntered(view);
  const made = await desk.subscriptions.subscribe({
    teamId,
    channelId,
    vdn: vdn.number,
    schedule,
    createdBy,
  });
  if (made.outcome === 'already') {
    const { number } = made.subscription;
    return { answer: { errors: { [CHANNEL]: context.t('settings.already', { number }) } } };
  }
  const metadata = decodeSettings(view.metadata) ?? NO_METADATA;
  return {
    answer: { back: true },
    async afterwards() {
      await tell('created', made.subscription, vdn, reader, desk);
      await refreshUnder(reader, view, metadata, desk);
      // What is new since its slot began comes at once, as its first digest.
      await desk.digests.now(made.subscription);
    },
  };
}

/** Why digests of the VDN cannot or may not go there. */
async function refusedIn(
  channelId: string,
  { number }: KeptSettings,
  { teamId, context: { t } }: Reader,
  { channels, rights, numbersInSharedChannels }: SlackDesk,
): Promise<string | undefined> {
  if (!(await rights.mayReceive(teamId, channelId, number))) return t('settings.channelNoRight');
  const { shared } = await channels.access(channelId);
  if (shared && !numbersInSharedChannels) return t('settings.channelShared');
  switch (await channels.join(channelId)) {
    case 'member':
      return undefined;
    case 'invite':
      return t('settings.channelInvite');
    case 'direct':
      return t('settings.channelDirect');
  }
}

const CHANGES = {
  pause: { act: 'pause', news: 'paused' },
  resume: { act: 'resume', news: 'resumed' },
  'end-digest': { act: 'remove', news: 'removed' },
} as const;

/** Pauses, resumes or ends a digest, and says so in its channel and in the form. */
export async function changeSubscription(
  reader: Reader,
  name: keyof typeof CHANGES,
  number: number,
  view: OpenView,
  desk: SlackDesk,
): Promise<void> {
  const { teamId, context } = reader;
  const { act, news } = CHANGES[name];
  const before = await desk.subscriptions.find(teamId, number);
  const found = await settingsFor(reader, before?.vdn ?? null, 'manage', desk);
  if ('refusal' in found) return desk.modals.update(view, settingsTold(found.refusal, context));
  const result = await desk.subscriptions[act](teamId, number);
  const metadata = decodeSettings(view.metadata) ?? NO_METADATA;
  const { settings: vdn } = found;
  if (result.outcome === 'unknown-number')
    return desk.modals.update(view, settingsTold(context.t('settings.digestGone'), context));
  const { subscription } = result;
  await desk.modals.update(
    view,
    act === 'remove'
      ? settingsTold(context.t('settings.ended'), context)
      : await digestFormOf(reader, { vdn: vdn.number, subscription, first: metadata.first }, desk),
  );
  await refreshUnder(reader, view, { ...metadata, vdn: vdn.number }, desk);
  if (result.outcome === 'changed') await tell(news, subscription, vdn, reader, desk);
}

/** Everybody in the channel should know, and the audit. */
async function tell(
  change: SubscriptionNewsData['change'],
  subscription: Subscription,
  settings: KeptSettings,
  { teamId, userId: actorId }: Reader,
  { outbox, audit, clock }: SlackDesk,
): Promise<void> {
  const { number, name } = settings;
  const { id, channelId } = subscription;
  const data: SubscriptionNewsData = {
    change,
    subscription,
    vdn: { number, name },
    timeZone: zoneOf(settings),
  };
  await audit.write({
    teamId,
    at: clock.now(),
    actorId,
    action: change === 'created' ? 'subscribe' : 'change-digest',
    vdn: number,
    callbackId: null,
    detail: { subscription: subscription.number, channelId, change },
  });
  await outbox.sendNow({
    id: randomUUID(),
    teamId,
    channelId,
    kind: digestKinds.subscriptionNews,
    data,
    ...(change === 'removed' ? {} : { subscriptionId: id }),
  });
}
