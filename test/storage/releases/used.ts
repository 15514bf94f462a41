import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { REST_MS } from '../../../src/callbacks/vdn-rules.ts';
import type { OutboxDraft } from '../../../src/outbox/outbox.ts';
import { createBacklogStore } from '../../../src/storage/backlog-store.ts';
import { createStores } from '../../../src/storage/stores.ts';
import { OPEN_ACCESS } from '../../../src/vdns/access.ts';
import { DAY, HOUR, MINUTE, NOON } from '../../callbacks/made-up-calls.ts';
import { callbackDesk, TEAM, VDN } from '../callback-desk.ts';

const wish = {
  teamId: TEAM,
  channelId: 'C1',
  vdn: VDN,
  schedule: { every: { dailyAt: { hour: 9, minute: 30 } }, weekdays: true, hours: null, allClear: true },
  createdBy: 'U0ANA',
  createdAt: NOON - DAY,
  startsAt: NOON - DAY,
  nextRunAt: NOON + HOUR,
};
const draft = (text: string, channelId: string, more: Partial<OutboxDraft> = {}): OutboxDraft => ({
  id: randomUUID(),
  teamId: TEAM,
  channelId,
  kind: 'text',
  data: { text },
  ...more,
});

const SOCIAL = 'social:2:1000000000000004711';

/** Made-up callers: of the numbers that Ofcom keeps for drama, and of no country. */
const CALLERS = ['tel:+442079460101', 'tel:+442079460102', 'tel:+442079460103', 'num:5550104', SOCIAL];

/** Fills a migrated database with something of everything, by the stores: what a desk keeps after some days of work. */
export async function use(knex: Knex): Promise<void> {
  const stores = createStores(knex);
  const desk = callbackDesk(knex);
  const { clock } = desk;

  await stores.vdns.seed(TEAM, [
    { number: VDN, name: 'Support "客服"', timeZone: 'Europe/London', country: 'GB' },
    { number: 160, name: null, timeZone: null, country: null },
  ]);
  const support = await stores.vdnSettings.find(TEAM, VDN);
  if (!support) throw new Error('It was just seeded');
  await stores.vdnSettings.change(TEAM, {
    ...support,
    week: Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: 9 * 60, to: 18 * 60 }] : [])),
    holidays: [{ date: '2026-12-25', open: [] }],
    targetMs: HOUR,
    restMs: REST_MS,
    raise: [{ afterMs: HOUR, to: { kind: 'group', groupId: 'S0DESK' } }],
    access: { ...OPEN_ACCESS, manage: { kind: 'some', groupIds: [], userIds: ['U0ANA'], channelIds: [] } },
  });
  await stores.vdnSettings.remove(TEAM, 160, NOON);
  const unset = await stores.workspaces.find(TEAM);
  await stores.workspaces.change(TEAM, { ...unset, language: 'zh-CN', masking: 'channels' });

  // Some days ago: what retention has removed, and what expired.
  await desk.arrive({ callEndAt: NOON - 40 * DAY }, { callEndAt: NOON - 3 * DAY, callerKey: 'num:5550109' });
  await stores.calls.removeEndedBefore(NOON - 32 * DAY);

  await desk.arrive(...CALLERS.flatMap((callerKey) => [{ callerKey }, { callerKey }]), { callerKey: null });
  await desk.attach('digest');
  const ids = [...new Set(await desk.callbackIds())].filter((id) => id !== null);
  const [old = 0, claimed = 0, attempted = 0, done = 0, open = 0, taken = 0] = ids;
  const answer = await desk.list();
  await desk.act('U0TOM', 'claim', claimed);
  await desk.act('U0TOM', 'claim', attempted);
  clock.time += MINUTE;
  await desk.act(
    'U0TOM',
    { action: 'attempt', outcome: 'no-answer', note: 'Rings, “nobody” there', dueAt: NOON + 3 * HOUR },
    attempted,
  );
  await desk.act('U0LI', 'claim', done);
  clock.time += MINUTE;
  await desk.act('U0LI', { action: 'done', outcome: 'reached', note: 'Solved' }, done);
  await desk.act('U0LI', 'claim', taken);
  await desk.act('U0TOM', { action: 'assign', toId: 'U0ANA' }, taken);
  await desk.act('U0LI', 'claim', old);
  await desk.act('U0LI', 'release', old);
  // Of one who called again, a call that joined.
  await desk.arrive({ callerKey: CALLERS[0] ?? '', callEndAt: NOON + MINUTE });
  await desk.attach('digest');
  const erased = { teamId: TEAM, vdn: VDN, keys: [SOCIAL] };
  await stores.erasure.erase(erased, { actorId: 'U0ANA', now: clock.time });
  await knex('waiting_notices').insert({
    team_id: TEAM,
    recipient: 'C1',
    calls: 'null',
    notice: 'back',
    callback_id: open,
    actor_id: null,
    at: clock.time,
  });

  const { subscription } = await stores.subscriptions.create(wish);
  await stores.subscriptions.move(
    { read: subscription, change: { cursor: 5, previousEndAt: NOON }, drafts: [] },
    NOON,
  );
  for (const [channelId, change] of [
    ['C2', { state: 'paused', pausedBy: 'person' }],
    ['C3', { state: 'paused', pausedBy: 'error', pauseError: 'is_archived' }],
    ['C4', { state: 'removed' }],
    ['C5', { failures: 2, retryAt: NOON + MINUTE }],
  ] as const) {
    const { subscription: another } = await stores.subscriptions.create({ ...wish, channelId });
    await stores.subscriptions.move({ read: another, change, drafts: [] }, NOON);
  }
  await stores.subscriptions.beat(NOON);
  await stores.subscriptions.saveOutage({ fromAt: NOON - HOUR, toAt: NOON - MINUTE });

  const { outbox } = stores;
  const drafts = ['C1', 'C6', 'C7', 'C8'].map((channel) => draft(`for ${channel}`, channel));
  await outbox.insert(drafts, NOON);
  const rows = await outbox.claimDue(NOON, NOON + MINUTE, 10);
  for (const row of rows) {
    if (row.channelId === 'C1') await outbox.markSent(row.id, { channelId: 'C1', ts: '1764000000.000100' });
    if (row.channelId === 'C6') await outbox.markFailed(row, 'channel_not_found');
    if (row.channelId === 'C7') await outbox.markLater(row, NOON + HOUR, { shrunk: 1 });
  }
  await outbox.insert(
    [
      draft('waits', 'C1', {
        subscriptionId: subscription.id,
        listId: answer.id,
        threadTs: '1764000000.000100',
      }),
    ],
    NOON,
  );
  await outbox.keep(draft('private', 'C9'), NOON);
  const [first] = rows;
  if (first) await outbox.revise(first.id, { page: 1 });

  await stores.syncs.save(TEAM, VDN, undefined, { knownFromAt: 1, lastEndAt: NOON, lookedBackAt: 2 });
  await stores.syncs.saveTimeZone('UTC');
  await stores.channels.saveAnswer(TEAM, 'C1', { shared: true, askedAt: NOON, events: 0 });
  await stores.deliveries.remember('11111111-2222-4333-8444-555555555555', NOON);
  await stores.homes.open({ teamId: TEAM, userId: 'U0TOM' }, NOON);
  // Only kept where several desks share a database.
  await knex('leases').insert({ name: 'digests T1 159', owner: 'a-desk', ends_at: NOON, signs: 3 });
}

/** All that is in such a database, as the stores read it. */
export async function read(knex: Knex) {
  const stores = createStores(knex);
  const desk = callbackDesk(knex);
  const everything = { fromAt: 0, toAt: NOON + DAY, afterId: 0, limit: 1000 };
  const ids = [...new Set(await desk.callbackIds())].filter((id) => id !== null);
  const outboxIds = await knex('outbox').orderBy('seq').pluck<string[]>('id');
  const listIds = await knex('lists').orderBy('created_at').orderBy('id').pluck<string[]>('id');
  const inList = async (id: string) => ({
    list: await stores.lists.find(id),
    rows: await stores.lists.rows(id, 0, 100),
  });
  return {
    vdns: await stores.vdns.list(TEAM),
    settings: await stores.vdnSettings.list(TEAM),
    removed: Object.fromEntries(await stores.vdnSettings.accessOf(TEAM, [160])),
    workspace: await stores.workspaces.find(TEAM),
    calls: await desk.stored(),
    callbacks: [...(await stores.callbacks.findAll(TEAM, ids)).values()],
    history: await Promise.all(ids.map((id) => stores.callbacks.events(TEAM, id))),
    notices: await stores.notices.waiting(),
    lists: await Promise.all(listIds.map(inList)),
    audit: await stores.audit.read(TEAM, everything),
    oldFigures: await stores.oldFigures.ofDays(TEAM, VDN, { fromAt: NOON - 41 * DAY, toAt: NOON - 39 * DAY }),
    subscriptions: await Promise.all(
      [1, 2, 3, 4, 5].map((number) => stores.subscriptions.find(TEAM, number)),
    ),
    aliveAt: await stores.subscriptions.aliveAt(),
    outage: await stores.subscriptions.lastOutage(),
    outbox: await Promise.all(outboxIds.map((id) => stores.outbox.find(id))),
    sync: await stores.syncs.find(TEAM, VDN),
    timeZone: await stores.syncs.timeZone(),
    channel: await stores.channels.find(TEAM, 'C1'),
    home: await stores.homes.find({ teamId: TEAM, userId: 'U0TOM' }, 0),
    backlog: await createBacklogStore(knex).read(),
  };
}
