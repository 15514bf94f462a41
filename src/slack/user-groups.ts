import type { WebClient } from '@slack/web-api';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createAsked } from './asked.ts';
import { slackErrorName } from './slack-error.ts';

export interface UserGroup {
  id: string;
  /** Without the @. */
  handle: string;
  /** User ids. */
  members: ReadonlySet<string>;
}

export interface UserGroups {
  /** By id, those that are in use; undefined: Slack does not say now. */
  all(): Promise<ReadonlyMap<string, UserGroup> | undefined>;
}

const ALL = 'all';

/** usergroups.list with its members: one call (twenty a minute are allowed) serves everybody for a few minutes. */
export function createUserGroups(client: WebClient, clock: Clock, log: Log): UserGroups {
  async function ask(): Promise<ReadonlyMap<string, UserGroup>> {
    try {
      const { usergroups = [] } = await client.usergroups.list({ include_users: true });
      return new Map(
        usergroups.flatMap(({ id, handle = '', users = [] }) =>
          id === undefined ? [] : [[id, { id, handle, members: new Set(users) }]],
        ),
      );
    } catch (error) {
      // A workspace whose plan has no user groups has nobody in any.
      if (slackErrorName(error) === 'plan_upgrade_required') return new Map();
      throw error;
    }
  }
  const asked = createAsked({ ask, what: 'user groups', clock, log });
  return { all: () => asked.get(ALL) };
}
