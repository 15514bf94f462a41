import type { Knex } from 'knex';
import type { MadeChange, NoticeFor } from '../callbacks/notices.ts';
import type { By, Following, NameTaken, Rekeyed, SettingsChanges } from '../vdns/changes.ts';
import type { VdnSettings } from '../vdns/settings.ts';
import { createAuditStore } from './audit-store.ts';
import { writeNotices } from './callback-notices.ts';
import { rekeyCallbacks } from './callback-rekey.ts';
import { toNumber } from './numbers.ts';
import { insertDrafts } from './outbox-store.ts';
import type { SubscriptionRecord } from './subscription-records.ts';
import { inTransaction, takeTurn } from './transactions.ts';
import { endAllOf } from './vdn-removal.ts';
import { createVdnSettingsStore } from './vdn-settings-store.ts';
import type { VdnRecord } from './vdn-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

/** So many changes are told to whoever comes too late. */
const SINCE_MOST = 5;

/** Of an entry of the audit. */
interface MadeChanges {
  changed: string[];
  version: number;
}

const NOTHING: Rekeyed = { moved: 0, merged: [], detached: 0 };

export function createSettingsChanges(knex: Knex): SettingsChanges {
  return {
    add: (by, settings) =>
      inTransaction(knex, async (trx) => {
        const taken = await nameTaken(trx, by.teamId, settings);
        if (taken) return taken;
        const store = createVdnSettingsStore(trx);
        // One that comes back begins afresh, but is nobody's who could not see it before: its calls are still there.
        const kept = (await store.accessOf(by.teamId, [settings.number])).get(settings.number);
        const added = await store.add(by.teamId, { ...settings, access: kept ?? settings.access });
        if (added) await audit(trx, by, 'add-vdn', added.number, {});
        return added;
      }),

    change: (by, wished, following) =>
      inTransaction(knex, async (trx) => {
        const { teamId, now } = by;
        const { number: vdn, country } = wished;
        // The turns come first: whoever waits for one must hold nothing that another one wants.
        if (following.country) await takeTurn(trx, 'calls', teamId, vdn);
        await takeTurn(trx, 'callbacks', teamId, vdn);
        const taken = following.changed.includes('name') && (await nameTaken(trx, teamId, wished));
        if (taken) return taken;
        const settings = await createVdnSettingsStore(trx).change(teamId, wished);
        if (!settings) return undefined;
        const rekeyed = following.country ? await rekey(trx, { teamId, vdn, country, now }) : NOTHING;
        if (following.rules)
          await trx('callbacks')
            .where({ team_id: teamId, vdn })
            .whereNot('state', 'done')
            .update({ wake_at: now });
        if (following.nextRunAt) await reschedule(trx, teamId, vdn, following.nextRunAt);
        const { version } = settings;
        await audit(trx, by, 'change-vdn', vdn, { changed: following.changed, version });
        return { settings, rekeyed };
      }),

    remove: (by, vdn, drafts) =>
      inTransaction(knex, async (trx) => {
        const { teamId, actorId, now } = by;
        await takeTurn(trx, 'callbacks', teamId, vdn);
        if (!(await createVdnSettingsStore(trx).remove(teamId, vdn, now))) return undefined;
        const ended = await endAllOf(trx, { teamId, vdn, actorId, now });
        await insertDrafts(trx, drafts(ended), now);
        await audit(trx, by, 'remove-vdn', vdn, {
          subscriptions: ended.subscriptions.map(({ number }) => number),
          callbacks: ended.callbacks,
        });
        return ended;
      }),

    changeWorkspace: (by, wished, changed) =>
      inTransaction(knex, async (trx) => {
        const settings = await createWorkspaceStore(trx).change(by.teamId, wished);
        if (!settings) return undefined;
        await audit(trx, by, 'change-workspace', null, { ...settings, changed });
        return settings;
      }),

    since: async (teamId, vdn, version) => {
      const entries = await knex('audit')
        .where({ team_id: teamId, vdn, action: vdn === null ? 'change-workspace' : 'change-vdn' })
        .orderBy('id', 'desc')
        .limit(SINCE_MOST)
        .select<{ actor_id: string; detail: string }[]>('actor_id', 'detail');
      return entries
        .map(({ actor_id: actorId, detail }) => ({ actorId, ...(JSON.parse(detail) as MadeChanges) }))
        .filter((made) => made.version > version)
        .map(({ actorId, changed }) => ({ actorId, changed }));
    },

    rekey: (teamId, vdn, now) =>
      inTransaction(knex, async (trx) => {
        await takeTurn(trx, 'calls', teamId, vdn);
        await takeTurn(trx, 'callbacks', teamId, vdn);
        // A statement that writes, first: on SQLite the transaction waits for its turn there.
        const [named] = await trx<VdnRecord>('vdns')
          .where({ team_id: teamId, number: vdn })
          .update({ number: vdn })
          .returning('country');
        return await rekey(trx, { teamId, vdn, country: named?.country ?? null, now });
      }),
  };
}

/** Nobody gives a name meanwhile: two who give the same one come one after the other. */
async function nameTaken(
  trx: Knex.Transaction,
  teamId: string,
  { number, name }: Pick<VdnSettings, 'number' | 'name'>,
): Promise<NameTaken | undefined> {
  if (name === null) return undefined;
  await takeTurn(trx, 'names', teamId, 0);
  const same = (await createVdnSettingsStore(trx).list(teamId)).find(
    (other) => other.number !== number && other.name?.toLowerCase() === name.toLowerCase(),
  );
  return same && { nameTakenBy: same.number };
}

async function rekey(
  trx: Knex.Transaction,
  place: { teamId: string; vdn: number; country: string | null; now: number },
): Promise<Rekeyed> {
  const rekeyed = await rekeyCallbacks(trx, place);
  await writeNotices(trx, place.teamId, lostTo(rekeyed.merged), place.now);
  return rekeyed;
}

/** Whoever had claimed what is another one's now is told so; the other one has nothing new to do. */
const lostTo = (merged: readonly MadeChange[]): NoticeFor[] =>
  merged.flatMap(({ before, after }) =>
    before.ownerId === null || before.ownerId === after.ownerId
      ? []
      : [{ to: before.ownerId, calls: null, notice: 'taken', callbackId: after.id, actorId: after.ownerId }],
  );

async function reschedule(
  trx: Knex.Transaction,
  teamId: string,
  vdn: number,
  nextRunAt: NonNullable<Following['nextRunAt']>,
): Promise<void> {
  const subscriptions = await trx<SubscriptionRecord>('subscriptions')
    .where({ team_id: teamId, vdn, state: 'active' })
    .update({ state: 'active' })
    .returning(['id', 'schedule']);
  for (const { id, schedule } of subscriptions)
    await trx('subscriptions')
      .where({ id: toNumber(id) })
      .update({ next_run_at: nextRunAt(JSON.parse(schedule)) });
}

const audit = (
  trx: Knex.Transaction,
  { teamId, actorId, now: at }: By,
  action: 'add-vdn' | 'change-vdn' | 'remove-vdn' | 'change-workspace',
  vdn: number | null,
  detail: Readonly<Record<string, unknown>>,
) => createAuditStore(trx).write({ teamId, at, actorId, action, vdn, callbackId: null, detail });
