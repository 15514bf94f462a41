import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identifyCaller } from '../../src/calls/caller.ts';
import { createSubscriptions } from '../../src/digests/service.ts';
import { silentLog } from '../../src/log.ts';
import { createAuditStore } from '../../src/storage/audit-store.ts';
import { createSettingsChanges } from '../../src/storage/settings-changes.ts';
import { createSubscriptionStore } from '../../src/storage/subscriptions-store.ts';
import { createVdnSettingsStore } from '../../src/storage/vdn-settings-store.ts';
import { createWorkspaceStore } from '../../src/storage/workspace-store.ts';
import { createSettings, type Settings } from '../../src/vdns/service.ts';
import { unsetSettings } from '../../src/vdns/settings.ts';
import { HOUR, MINUTE, NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';

const MIA = { teamId: TEAM, actorId: 'mia' };
const SUPPORT = unsetSettings({ number: VDN, name: 'Support', timeZone: 'UTC', country: null });
const HOURLY = { every: { minutes: 60 }, weekdays: false, hours: null, allClear: false } as const;

/** The settings of a desk whose callbacks are at hand, too. */
export function settingsOf(desk: CallbackDesk): Settings {
  const { knex } = desk;
  return createSettings({
    vdns: createVdnSettingsStore(knex),
    workspaces: createWorkspaceStore(knex),
    changes: createSettingsChanges(knex),
    attachNew: (request) => desk.service.attachNew(request),
    clock: desk.clock,
    newId: randomUUID,
    wakeOutbox() {},
    wakeCallbacks() {},
    showWorkspace() {},
  });
}

/** What follows from changed settings, on every database. `openDatabase`: a new one, migrated. */
export function settingsChangesContract(openDatabase: () => Promise<Knex>): void {
  let desk: CallbackDesk;
  let settings: Settings;
  beforeEach(async () => {
    desk = callbackDesk(await openDatabase());
    settings = settingsOf(desk);
    await settings.add(MIA, SUPPORT);
  });
  afterEach(() => desk.knex.destroy());

  const subscriptionsOf = () => {
    const { knex, clock, vdns } = desk;
    const store = createSubscriptionStore(knex);
    return createSubscriptions({ store, vdns, clock, log: silentLog, outbox: { wake() {} } });
  };
  const subscribe = async (channelId: string) =>
    await subscriptionsOf().subscribe({
      teamId: TEAM,
      channelId,
      vdn: VDN,
      schedule: HOURLY,
      createdBy: 'mia',
    });
  /** Changes what stands now. */
  const change = async (patch: Parameters<Settings['change']>[3]) => {
    const { version } = (await settings.find(TEAM, VDN)) ?? { version: 0 };
    return await settings.change(MIA, VDN, version, patch);
  };
  /** Calls from numbers as people wrote them, read by the VDN's country. */
  const called = async (...numbers: string[]) => {
    const { country } = (await settings.find(TEAM, VDN)) ?? { country: null };
    await desk.arrive(
      ...numbers.map((callerNo) => {
        const source = { callerNo, mediaType: 5, subMediaType: null };
        return { ...source, callerKey: identifyCaller(source, country).key };
      }),
    );
    await desk.attach();
  };
  const outbox = async () =>
    (await desk.knex('outbox').orderBy('seq')).map(({ channel_id: to, kind, data }) => ({
      to,
      kind,
      ...JSON.parse(data),
    }));
  const audit = async () =>
    await createAuditStore(desk.knex).read(TEAM, { fromAt: 0, toAt: NOON * 2, afterId: 0, limit: 100 });
  const states = async (ids: (number | null)[]) =>
    await Promise.all(ids.map(async (id) => (await desk.callback(id)).state));

  it('writes down who changed what, and refuses whoever has not seen the latest', async () => {
    const first = await settings.change(MIA, VDN, 2, { name: 'Help', targetMs: HOUR });
    expect(first).toMatchObject({
      outcome: 'changed',
      settings: { name: 'Help', targetMs: HOUR, version: 3 },
    });
    const late = await settings.change({ ...MIA, actorId: 'lin' }, VDN, 2, { name: 'Late' });
    expect(late).toMatchObject({ outcome: 'moved', settings: { name: 'Help' } });
    expect(await settings.since(TEAM, VDN, 2)).toEqual([{ actorId: 'mia', changed: ['name', 'targetMs'] }]);
    expect(await settings.since(TEAM, VDN, 3)).toEqual([]);
    expect(await settings.change(MIA, VDN, 3, { name: 'Help' })).toMatchObject({ outcome: 'unchanged' });
    expect(await settings.change(MIA, 7, 1, { name: 'No' })).toEqual({ outcome: 'gone' });

    await settings.add(MIA, { ...SUPPORT, number: 160, name: 'Sales' });
    expect(await settings.change(MIA, VDN, 3, { name: 'sales' })).toEqual({ outcome: 'name-taken', by: 160 });
    expect(await settings.add(MIA, { ...SUPPORT, number: 161, name: 'SALES' })).toEqual({
      outcome: 'name-taken',
      by: 160,
    });
    expect(await settings.add(MIA, { ...SUPPORT, name: 'Again' })).toMatchObject({ outcome: 'there' });
    expect(await audit()).toMatchObject([
      { action: 'add-vdn', vdn: VDN, actorId: 'mia' },
      { action: 'change-vdn', vdn: VDN, actorId: 'mia', at: NOON, detail: { changed: ['name', 'targetMs'] } },
      { action: 'add-vdn', vdn: 160 },
    ]);
  });

  it('lets one of several win who change the same at once', async () => {
    const names = ['One', 'Two', 'Three', 'Four'];
    const results = await Promise.all(names.map((name) => settings.change(MIA, VDN, 2, { name })));
    const won = results.filter(({ outcome }) => outcome === 'changed');
    expect(won).toHaveLength(1);
    expect(results.filter(({ outcome }) => outcome === 'moved')).toHaveLength(names.length - 1);
    expect(won).toMatchObject([{ settings: { name: (await settings.find(TEAM, VDN))?.name } }]);
  });

  it('has callbacks follow other rules at once, and nothing else', async () => {
    await called('5550100', '5550101');
    const [id] = await desk.callbackIds();
    await desk.act('ana', 'done', id ?? 0);
    await desk.act('ana', 'claim', id ?? 0);
    await desk.act('ana', 'done', id ?? 0);
    const putOff = () =>
      desk
        .knex('callbacks')
        .whereNot('state', 'done')
        .update({ wake_at: NOON + HOUR });
    const wakes = async () => (await desk.knex('callbacks').orderBy('id')).map(({ wake_at }) => wake_at);
    await putOff();
    await change({ name: 'Help', targetMs: HOUR });
    expect((await wakes()).map((at) => at && Number(at))).toEqual([null, NOON + HOUR]);
    for (const rule of [
      { restMs: HOUR },
      { raise: [{ afterMs: MINUTE, to: { kind: 'channel' as const } }] },
    ]) {
      await putOff();
      await change(rule);
      expect((await wakes()).map((at) => at && Number(at))).toEqual([null, NOON]);
    }
  });

  it('has digests follow another clock', async () => {
    const { subscription } = await subscribe('C1');
    expect(subscription.nextRunAt).toBe(NOON + HOUR);
    await change({ timeZone: 'Asia/Kolkata' });
    const moved = await subscriptionsOf().find(TEAM, subscription.number);
    // At the full hour there, which is half past here.
    expect(moved?.nextRunAt).toBe(NOON + 30 * MINUTE);
  });

  it('ends everything of a VDN that is removed, tells whom it concerns, and starts afresh when it is added again', async () => {
    await subscribe('C1');
    await subscribe('C2');
    await called('5550100', '5550101', '5550102', '5550103');
    const ids = await desk.callbackIds();
    for (const [actor, id] of [
      ['ana', ids[0]],
      ['ana', ids[1]],
      ['mia', ids[2]],
    ] as const)
      await desk.act(actor, 'claim', id ?? 0);

    const ended = await settings.remove(MIA, VDN);
    expect(ended).toEqual({
      subscriptions: [
        { number: 1, channelId: 'C1' },
        { number: 2, channelId: 'C2' },
      ],
      owners: [
        { userId: 'ana', callbacks: 2 },
        { userId: 'mia', callbacks: 1 },
      ],
      callbacks: 4,
    });
    expect(await states(ids)).toEqual(['done', 'done', 'done', 'done']);
    expect(await desk.callback(ids[0])).toMatchObject({
      outcome: 'vdn-removed',
      ownerId: null,
      doneAt: NOON,
    });
    expect((await desk.store.events(TEAM, ids[0] ?? 0)).at(-1)).toMatchObject({
      action: 'expire',
      before: { state: 'claimed', ownerId: 'ana' },
      after: { state: 'done' },
    });
    const about = { kind: 'vdn-removed', vdn: { number: VDN, name: 'Support' }, actorId: 'mia' };
    // Whoever did it knows.
    expect(await outbox()).toEqual([
      { to: 'C1', ...about, about: { subscriptionNumber: 1 } },
      { to: 'C2', ...about, about: { subscriptionNumber: 2 } },
      { to: 'ana', ...about, about: { callbacks: 2 } },
    ]);
    expect(await settings.remove(MIA, VDN)).toBeUndefined();
    expect((await audit()).map(({ action }) => action)).toEqual(['add-vdn', 'remove-vdn']);
    expect((await desk.act('ana', 'claim', ids[3] ?? 0)).outcome).toBe('refused');

    desk.clock.time += MINUTE;
    expect(await settings.add(MIA, SUPPORT)).toMatchObject({ outcome: 'added' });
    expect(await subscriptionsOf().list(TEAM)).toEqual([]);
    expect((await subscribe('C1')).subscription).toMatchObject({ number: 3, state: 'active' });
    await desk.arrive({ callerNo: '5550100', callEndAt: NOON + MINUTE });
    await desk.attach();
    expect(await desk.callback((await desk.callbackIds()).at(-1))).toMatchObject({ state: 'open' });
  });

  it('opens a VDN that was removed to nobody by adding it again', async () => {
    const only = { kind: 'some' as const, groupIds: [], userIds: ['U0TOM'], channelIds: [] };
    const kept = await settings.find(TEAM, VDN);
    const access = { see: only, claim: only, manage: only };
    expect(await settings.change(MIA, VDN, kept?.version ?? 0, { access })).toMatchObject({
      outcome: 'changed',
    });
    await settings.remove(MIA, VDN);
    expect(await settings.add(MIA, SUPPORT)).toMatchObject({ outcome: 'added', settings: { access } });
  });

  it('give a name to one of two VDNs, whoever asks for it at the same instant', async () => {
    const numbers = [160, 161, 162, 163];
    const added = await Promise.all(
      numbers.map((number) => settings.add(MIA, { ...SUPPORT, number, name: 'Sales' })),
    );
    expect(added.map(({ outcome }) => outcome).sort()).toEqual([
      'added',
      'name-taken',
      'name-taken',
      'name-taken',
    ]);
    await settings.add(MIA, { ...SUPPORT, number: 200, name: 'Other' });
    const renamed = await Promise.all(
      [VDN, 200].map((vdn) => settings.change(MIA, vdn, 2, { name: 'Billing' })),
    );
    expect(renamed.map(({ outcome }) => outcome).sort()).toEqual(['changed', 'name-taken']);
  });

  it('opens nothing for a digest that was being made when its VDN was removed', async () => {
    await desk.arrive({});
    await settings.remove(MIA, VDN);
    await desk.attach();
    expect(await desk.callbackIds()).toEqual([null]);
    await settings.add(MIA, SUPPORT);
    await desk.attach();
    expect(await desk.callbackIds()).not.toEqual([null]);
  });

  it('makes one callback of those that another country knows as one caller, and keeps the older claim', async () => {
    await called('01088880990', '+861088880990', '8610 8888 0990');
    const [first, second, third] = await desk.callbackIds();
    expect(new Set([first, second, third]).size).toBe(3);
    await desk.act('bo', 'claim', third ?? 0);
    desk.clock.time += MINUTE;
    await desk.act('ana', 'claim', second ?? 0);
    const list = await desk.list();

    expect(await change({ country: 'CN' })).toMatchObject({ outcome: 'changed' });
    expect(await desk.callbackIds()).toEqual([third, third, third]);
    expect(await desk.callback(third)).toMatchObject({
      state: 'claimed',
      ownerId: 'bo',
      callerKey: 'tel:+861088880990',
    });
    expect(await desk.callback(first)).toMatchObject({ state: 'done', mergedInto: third });
    await desk.tell();
    expect(await outbox()).toMatchObject([
      {
        to: 'ana',
        kind: 'callback-notices',
        entries: [{ notice: 'taken', callbackId: third, actorId: 'bo' }],
      },
    ]);
    // What was shown before still shows it, and a click on the old one is one on this.
    const { rows } = await desk.page(list.id);
    expect(rows.map(({ callback }) => callback?.id)).toEqual([third, third, third]);
    expect(await desk.act('bo', 'done', first ?? 0)).toMatchObject({
      outcome: 'changed',
      callback: { id: third },
    });
  });

  it('gives each caller a callback of its own again where a country is taken back', async () => {
    await change({ country: 'CN' });
    await called('01088880990', '+861088880990');
    const [only] = await desk.callbackIds();
    await desk.act('ana', 'claim', only ?? 0);

    await change({ country: null });
    const [first, second] = await desk.callbackIds();
    expect(second).toBe(only);
    expect(await desk.callback(second)).toMatchObject({ callerKey: 'tel:+861088880990', ownerId: 'ana' });
    expect(first).not.toBe(only);
    expect(await desk.callback(first)).toMatchObject({
      callerKey: 'num:01088880990',
      state: 'open',
      openedBy: 'digest',
    });
  });

  it('leaves what is done to the caller that it was done for', async () => {
    await called('01088880990');
    const [id] = await desk.callbackIds();
    await desk.act('ana', 'claim', id ?? 0);
    await desk.act('ana', 'done', id ?? 0);
    await change({ country: 'CN' });
    expect(await desk.callback(id)).toMatchObject({ callerKey: 'num:01088880990', state: 'done' });
  });

  it('reads anew what a sync brought in by the country of before', async () => {
    await change({ country: 'CN' });
    await desk.arrive({ callerNo: '01088880990', callerKey: 'num:01088880990' });
    await desk.attach();
    await settings.rekey(TEAM, VDN);
    const [id] = await desk.callbackIds();
    expect(await desk.callback(id)).toMatchObject({ callerKey: 'tel:+861088880990' });
    expect((await desk.stored()).map(({ callerKey }) => callerKey)).toEqual(['tel:+861088880990']);
  });

  it('loses no call and opens no second callback where calls come while the country changes', async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => [
      `0108888${1000 + n}`,
      `+86108888${1000 + n}`,
    ]).flat();
    await called(...numbers.slice(0, 10));
    await Promise.all([
      change({ country: 'CN' }),
      ...numbers.slice(10).map((number) => called(number)),
      ...(await desk.callbackIds()).map((id) => desk.act('ana', 'claim', id ?? 0)),
    ]);
    await settings.rekey(TEAM, VDN);
    await desk.attach();
    const ids = await desk.callbackIds();
    expect(ids).not.toContain(null);
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(await desk.callback(id)).toMatchObject({ mergedInto: null });
  });
}
