import type { Knex } from 'knex';
import {
  LANGUAGES,
  MASKINGS,
  UNSET_WORKSPACE,
  type WorkspaceSettings,
  type WorkspaceSettingsStore,
} from '../vdns/workspace.ts';

export function createWorkspaceStore(knex: Knex): WorkspaceSettingsStore {
  return {
    async find(teamId) {
      const record = await knex<WorkspaceRecord>('workspaces').where({ team_id: teamId }).first();
      return record ? toSettings(record) : UNSET_WORKSPACE;
    },

    all: async () =>
      (await knex<WorkspaceRecord>('workspaces')).map((record) => ({
        teamId: record.team_id,
        settings: toSettings(record),
      })),

    async change(teamId, { language, masking, version }) {
      const next = { language, masking, version: version + 1 };
      const [changed] =
        version === UNSET_WORKSPACE.version
          ? await knex('workspaces')
              .insert({ team_id: teamId, ...next })
              .onConflict('team_id')
              .ignore()
              .returning<WorkspaceRecord[]>('*')
          : await knex<WorkspaceRecord>('workspaces')
              .where({ team_id: teamId, version })
              .update(next)
              .returning('*');
      return changed && toSettings(changed);
    },
  };
}

interface WorkspaceRecord {
  team_id: string;
  language: string | null;
  masking: string | null;
  version: number;
}

/** What this desk does not know (a newer one has set it) counts as not set. */
const toSettings = ({ language, masking, version }: WorkspaceRecord): WorkspaceSettings => ({
  language: LANGUAGES.find((one) => one === language) ?? null,
  masking: MASKINGS.find((one) => one === masking) ?? null,
  version,
});
