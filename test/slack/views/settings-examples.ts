import type { ModalView } from '@slack/types';
import type { Subscription } from '../../../src/digests/subscription.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import { accessView } from '../../../src/slack/views/settings/access.ts';
import { callbacksView } from '../../../src/slack/views/settings/callbacks.ts';
import { digestView, startingSchedule } from '../../../src/slack/views/settings/digest.ts';
import { hoursView } from '../../../src/slack/views/settings/hours.ts';
import { movedWords, standingWords } from '../../../src/slack/views/settings/moved.ts';
import { addVdnView, namesView } from '../../../src/slack/views/settings/names.ts';
import { overviewView } from '../../../src/slack/views/settings/overview.ts';
import { NO_METADATA } from '../../../src/slack/views/settings/place.ts';
import { settingsTold } from '../../../src/slack/views/settings/told.ts';
import { type Tried, vdnPageView } from '../../../src/slack/views/settings/vdn.ts';
import { workspaceView } from '../../../src/slack/views/settings/workspace.ts';
import { type KeptSettings, unsetSettings } from '../../../src/vdns/settings.ts';
import { UNSET_WORKSPACE } from '../../../src/vdns/workspace.ts';
import { at, ZONE } from '../messages/examples.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Longer than any sentence of ours. */
const LONG = 'word '.repeat(1000);

export const kept = (more: Partial<KeptSettings> = {}): KeptSettings => ({
  ...unsetSettings({ number: 159, name: 'Support', timeZone: ZONE, country: 'CN' }),
  version: 3,
  ...more,
});

export const subscriptionOf = (more: Partial<Subscription> = {}): Subscription => ({
  id: 1,
  teamId: 'T01',
  number: 1,
  channelId: 'C0SUP',
  vdn: 159,
  schedule: { every: { minutes: 60 }, weekdays: true, hours: { from: 9, to: 18 }, allClear: true },
  state: 'active',
  pausedBy: null,
  pauseError: null,
  createdBy: 'U0ANA',
  createdAt: at('09:00'),
  startsAt: at('09:00'),
  cursor: 0,
  previousEndAt: at('09:00'),
  nextRunAt: at('15:00'),
  retryAt: null,
  failures: 0,
  downToldAt: null,
  gapCause: null,
  ...more,
});

/** All that can be set, as much of it as can be. */
export function everythingSet(name: string | null = 'x'.repeat(60)): KeptSettings {
  const ids = (letter: string) =>
    Array.from({ length: 50 }, (_, n) => `${letter}0${String(n).padStart(8, '0')}`);
  const some = { kind: 'some' as const, groupIds: ids('S'), userIds: ids('U'), channelIds: ids('C') };
  const steps = Array.from({ length: 12 }, (_, n) => ({ from: n * 100, to: n * 100 + 50 }));
  return kept({
    name,
    week: Array.from({ length: 7 }, (_, day) =>
      steps.map(({ from, to }) => ({ from: from + day, to: to + day })),
    ),
    holidays: Array.from({ length: 200 }, (_, n) => ({
      date: new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10),
      open: steps,
    })),
    targetMs: 45 * MINUTE,
    restMs: null,
    raise: [
      { afterMs: 7 * MINUTE, to: { kind: 'channel' } },
      { afterMs: 15 * MINUTE, to: { kind: 'group', groupId: 'S0GONE' } },
      { afterMs: 30 * MINUTE, to: { kind: 'person', userId: 'U0ANA' } },
    ],
    access: { see: some, claim: some, manage: some },
  });
}

const groups = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `S0${n}`, handle: `group-${n}-${'y'.repeat(80)}` }));

/**
 * Every view of the settings, in its variants, with little and with much, by the function that makes it. `name`: of VDNs, as much of
 * it as may be kept.
 */
export function settingsViews(name: string, context: MessageContext): Record<string, ModalView[]> {
  const metadata = { ...NO_METADATA, vdn: 159, seen: 3 };
  const notice = LONG;
  const operator = { callbackHorizonMs: 7 * DAY, retentionMs: null, numbersInSharedChannels: false };
  const much = everythingSet(name.slice(0, 60).toWellFormed());
  const made = Array.from({ length: 5 }, (_, n) => ({ actorId: `U${n}`, changed: Object.keys(much) }));
  const tried: (Tried | null)[] = [
    null,
    { state: 'asking' },
    { state: 'ready', calls: 0, callers: 0 },
    { state: 'ready', calls: 5000, callers: 1 },
    { state: 'failed', code: 'refused', facts: { returnCode: '7', returnDesc: 'z'.repeat(300) } },
  ];
  const subscriptions = Array.from({ length: 30 }, (_, n) =>
    subscriptionOf({ number: n + 1, state: n % 2 ? 'paused' : 'active' }),
  );
  const vdns = Array.from({ length: 5000 }, (_, n) => ({ ...kept({ name }), number: n + 1 }));
  const overview = {
    vdns,
    digests: new Map([[11, 2000]]),
    page: 1,
    workspace: UNSET_WORKSPACE,
    language: 'en' as const,
    operator,
    administers: true,
  };
  const page = {
    settings: much,
    subscriptions,
    environment: kept(),
    administers: true,
    first: false,
    tried: null,
  };
  const runs = [at('15:00'), at('16:00'), at('17:00')];
  const digest = {
    metadata,
    vdn: much,
    subscription: null,
    schedule: startingSchedule(null),
    preview: { runs, now: { sinceAt: at('14:00'), calls: 3, callers: 2 } },
  };
  const daily = { every: { dailyAt: { hour: 8, minute: 30 } }, weekdays: true, hours: null, allClear: true };
  return {
    overviewView: [
      overviewView(overview, context),
      overviewView({ ...overview, page: 9999 }, context),
      overviewView({ ...overview, vdns: [], administers: false, digests: new Map() }, context),
      overviewView(
        {
          ...overview,
          vdns: [kept()],
          workspace: { language: 'zh-CN', masking: 'always', version: 1 },
          operator: { callbackHorizonMs: DAY, retentionMs: 400 * DAY, numbersInSharedChannels: true },
        },
        context,
      ),
    ],
    vdnPageView: [
      ...tried.flatMap((one) => [
        vdnPageView({ ...page, tried: one }, context),
        vdnPageView({ ...page, subscriptions: [], first: true, tried: one }, context),
      ]),
      vdnPageView(
        { ...page, settings: kept({ name: null, timeZone: null, country: null }), first: true },
        context,
      ),
      vdnPageView({ ...page, settings: kept(), administers: false, environment: undefined }, context),
    ],
    namesView: [
      namesView({ metadata, names: much, notice, environment: kept({ name }) }, context),
      ...(['names', 'hours', 'callbacks', 'access'] as const).map((form) =>
        namesView(
          { metadata, names: kept(), notice: movedWords(made, standingWords(form, much, context), context) },
          context,
        ),
      ),
      namesView({ metadata, names: kept(), notice: movedWords([], '-', context) }, context),
    ],
    addVdnView: [
      addVdnView({ metadata: { ...NO_METADATA, first: true }, names: kept() }, context),
      addVdnView({ metadata: NO_METADATA, names: kept() }, context),
    ],
    hoursView: [
      hoursView({ metadata, hours: much, notice }, context),
      hoursView({ metadata, hours: kept() }, context),
    ],
    callbacksView: [
      callbacksView({ metadata, rules: much, groups: groups(1000), notice }, context),
      callbacksView({ metadata, rules: kept(), groups: [] }, context),
    ],
    accessView: [
      accessView({ metadata, access: much.access, groups: groups(1000), notice }, context),
      accessView({ metadata, access: kept().access, groups: groups(3) }, context),
    ],
    digestView: [
      digestView(digest, context),
      digestView(
        { ...digest, subscription: subscriptionOf(), schedule: daily, preview: { runs, now: null }, notice },
        context,
      ),
      digestView({ ...digest, subscription: subscriptionOf({ state: 'paused' }), preview: null }, context),
      digestView(
        { ...digest, preview: { runs, now: { sinceAt: at('14:00'), calls: 0, callers: 0 } } },
        context,
      ),
    ],
    workspaceView: [
      workspaceView(UNSET_WORKSPACE, 'zh-CN', context, notice),
      workspaceView({ language: 'en', masking: 'always', version: 2 }, 'en', context),
    ],
    settingsTold: [settingsTold('It is gone.', context), settingsTold(LONG, context)],
  };
}
