import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { editsLane, historyLane, postsLane } from '../outbox/lanes.ts';
import type { Installation, InstallationStore } from '../slack/install/installation.ts';
import { type Bigint, toNumber } from './numbers.ts';
import { holdLane } from './paces.ts';
import type { Seal } from './token-seal.ts';
import { inTransaction } from './transactions.ts';

/** A lane that is held until somebody installs the app again. */
const FOR_GOOD = Number.MAX_SAFE_INTEGER;
/** What a workspace has sent for it, as a whole. */
const LANES = [postsLane, editsLane, historyLane];
/** All that is kept of a workspace; what refers to another table goes with it. */
export const OF_A_WORKSPACE: readonly string[] = [
  'subscriptions',
  'outbox',
  'lists',
  'waiting_notices',
  'callback_events',
  'callbacks',
  'missed_calls',
  'erased_calls',
  'daily_figures',
  'vdn_syncs',
  'vdns',
  'channels',
  'paces',
  'homes',
  'audit',
  'workspaces',
  'settings',
  'installations',
];
/** Whichever knows a workspace at all is among these, and they are small. */
const KNOWING = ['vdns', 'vdn_syncs', 'subscriptions', 'workspaces'];

/** What waited while the workspace was away goes on. */
async function goOn(trx: Knex.Transaction, teamId: string): Promise<void> {
  const gone = await trx('departures').where({ team_id: teamId }).delete();
  if (gone === 0) return;
  await trx('paces')
    .where({ team_id: teamId })
    .whereIn(
      'channel_id',
      LANES.map((lane) => lane(teamId).name),
    )
    .delete();
}

/** Nothing is done for it from now on. */
async function depart(trx: Knex.Transaction, teamId: string, now: number): Promise<boolean> {
  const departed = await trx('departures')
    .insert({ team_id: teamId, left_at: now })
    .onConflict('team_id')
    .ignore()
    .returning('team_id');
  for (const lane of LANES) await holdLane(trx, lane(teamId), FOR_GOOD);
  await trx('homes').where({ team_id: teamId }).delete();
  return departed.length > 0;
}

/** For a desk with one token: its workspace has not left, whatever was before. */
export const createWelcome = (knex: Knex) => (teamId: string) =>
  inTransaction(knex, (trx) => goOn(trx, teamId));

export function createInstallationStore(knex: Knex, seal: Seal): InstallationStore {
  const rows = (db: Knex = knex) => db<InstallationRecord>('installations');

  return {
    save: (installation) =>
      inTransaction(knex, async (trx) => {
        const record = toRecord(installation, seal);
        await rows(trx).insert(record).onConflict('team_id').merge();
        await goOn(trx, installation.teamId);
      }),

    all: async () =>
      (await rows().select('team_id', 'mark').orderBy('team_id')).map(({ team_id: teamId, mark }) => ({
        teamId,
        mark,
      })),

    async find(teamId) {
      const record = await rows().where({ team_id: teamId }).first();
      return record && toInstallation(record, seal);
    },

    leave: ({ teamId, mark }, now) =>
      inTransaction(knex, async (trx) => {
        const left = await rows(trx).where({ team_id: teamId, mark }).delete();
        if (left === 0) return false;
        await depart(trx, teamId, now);
        return true;
      }),

    async reseal() {
      let resealed = 0;
      for (const record of await rows()) {
        const { team_id, bot_token: before } = record;
        if (seal.isCurrent(before)) continue;
        const token = opened(record, seal);
        if (token === undefined) continue;
        // Whoever installs it at this moment has used the first key already.
        resealed += await rows()
          .where({ team_id, bot_token: before })
          .update({ bot_token: seal.close(token, placeOf(team_id)) });
      }
      return resealed;
    },

    settle: (served, now) =>
      inTransaction(knex, async (trx) => {
        const known: { team_id: string }[] = await trx.union(
          KNOWING.map((table) => trx(table).select('team_id').whereNot({ team_id: '' })),
        );
        const installed: string[] = await rows(trx).pluck('team_id');
        const isServed = (teamId: string) => served.has(teamId) && installed.includes(teamId);
        const left: string[] = [];
        for (const teamId of new Set([...known.map(({ team_id }) => team_id), ...installed])) {
          if (isServed(teamId)) await goOn(trx, teamId);
          else if (await depart(trx, teamId, now)) left.push(teamId);
        }
        return left.sort();
      }),

    leftBefore: (at) => knex('departures').where('left_at', '<', at).orderBy('left_at').pluck('team_id'),

    erase: (teamId, leftBeforeAt) =>
      inTransaction(knex, async (trx) => {
        const departed = await trx('departures')
          .where({ team_id: teamId })
          .andWhere('left_at', '<', leftBeforeAt)
          .delete();
        if (departed === 0) return;
        for (const table of OF_A_WORKSPACE) await trx(table).where({ team_id: teamId }).delete();
      }),
  };
}

/** A token that cannot be opened is told of by whoever needs it. */
function opened({ team_id, bot_token }: InstallationRecord, seal: Seal): string | undefined {
  try {
    return seal.open(bot_token, placeOf(team_id));
  } catch {
    return undefined;
  }
}

const placeOf = (teamId: string) => `installations ${teamId} bot_token`;

interface InstallationRecord {
  team_id: string;
  team_name: string;
  bot_user_id: string;
  bot_id: string | null;
  bot_token: string;
  scopes: string;
  installed_by: string;
  installed_at: Bigint;
  mark: string;
}

const toRecord = (installation: Installation, seal: Seal): InstallationRecord => ({
  team_id: installation.teamId,
  team_name: installation.teamName,
  bot_user_id: installation.botUserId,
  bot_id: installation.botId,
  bot_token: seal.close(installation.botToken, placeOf(installation.teamId)),
  scopes: installation.scopes.join(','),
  installed_by: installation.installedBy,
  installed_at: installation.installedAt,
  mark: randomUUID(),
});

const toInstallation = (record: InstallationRecord, seal: Seal) => ({
  teamId: record.team_id,
  teamName: record.team_name,
  botUserId: record.bot_user_id,
  botId: record.bot_id,
  botToken: seal.open(record.bot_token, placeOf(record.team_id)),
  scopes: record.scopes.split(','),
  installedBy: record.installed_by,
  installedAt: toNumber(record.installed_at),
  mark: record.mark,
});
