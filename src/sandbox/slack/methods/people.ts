import { type Args, limitOf } from '../args.ts';
import type { JsonObject } from '../json.ts';
import type { Method } from '../method.ts';
import { pageOf } from '../pages.ts';
import { refuse } from '../refusal.ts';
import type { GroupSeed, PersonSeed } from '../seed.ts';
import type { Workspace } from '../workspace.ts';

/** Seconds east of UTC at `now`. */
function offsetSeconds(tz: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(
    now,
  );
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60);
}

function shownPerson(workspace: Workspace, person: PersonSeed, now: number, withLocale: boolean): JsonObject {
  return {
    id: person.id,
    team_id: person.team ?? workspace.team.id,
    name: person.handle,
    deleted: false,
    real_name: person.name,
    tz: person.tz,
    tz_label: person.tz,
    tz_offset: offsetSeconds(person.tz, now),
    profile: {
      real_name: person.name,
      real_name_normalized: person.name,
      display_name: person.name,
      display_name_normalized: person.name,
      team: person.team ?? workspace.team.id,
    },
    is_admin: person.role !== undefined,
    is_owner: person.role === 'owner',
    is_primary_owner: person.role === 'owner',
    is_bot: false,
    is_app_user: false,
    is_restricted: false,
    is_ultra_restricted: false,
    ...(withLocale ? { locale: person.locale } : {}),
  };
}

function shownBot({ team, app }: Workspace, withLocale: boolean): JsonObject {
  return {
    id: app.botUserId,
    team_id: team.id,
    name: app.name,
    deleted: false,
    real_name: app.name,
    tz: 'America/Los_Angeles',
    profile: { real_name: app.name, display_name: '', bot_id: app.botId, api_app_id: app.id },
    is_bot: true,
    is_app_user: false,
    ...(withLocale ? { locale: 'en-US' } : {}),
  };
}

/** When a group was disabled; any time in the past. */
const DISABLED_AT_S = 1_446_748_865;

const isThere = (group: GroupSeed, args: Args) => !group.disabled || args.flag('include_disabled');

function shownGroup(workspace: Workspace, group: GroupSeed, args: Args): JsonObject {
  return {
    id: group.id,
    team_id: workspace.team.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    description: '',
    is_external: false,
    auto_type: null,
    date_delete: group.disabled ? DISABLED_AT_S : 0,
    ...(args.flag('include_users') ? { users: [...group.members] } : {}),
    ...(args.flag('include_count') ? { user_count: group.members.length } : {}),
  };
}

export const peopleMethods: Record<string, Method> = {
  'users.info': {
    tier: 4,
    token: 'bot',
    scopes: ['users:read'],
    run(args, { workspace, clock }) {
      const id = args.text('user');
      const withLocale = args.flag('include_locale');
      if (id === workspace.app.botUserId) return { user: shownBot(workspace, withLocale) };
      const person = workspace.people.get(id);
      return person
        ? { user: shownPerson(workspace, person, clock.now(), withLocale) }
        : refuse('user_not_found');
    },
  },
  'users.list': {
    tier: 2,
    token: 'bot',
    scopes: ['users:read'],
    run(args, { workspace, clock }) {
      const limit = limitOf(args, 1000, 1000);
      const withLocale = args.flag('include_locale');
      const all = [...workspace.people.values()].map((person) =>
        shownPerson(workspace, person, clock.now(), withLocale),
      );
      const { page, next } = pageOf(
        [...all, shownBot(workspace, withLocale)],
        limit,
        args.textOr('cursor', ''),
      );
      return { members: page, response_metadata: { next_cursor: next } };
    },
  },
  'usergroups.list': {
    tier: 2,
    token: 'bot',
    scopes: ['usergroups:read'],
    run: (args, { workspace }) => ({
      usergroups: workspace.groups
        .filter((group) => isThere(group, args))
        .map((group) => shownGroup(workspace, group, args)),
    }),
  },
  'usergroups.users.list': {
    tier: 2,
    token: 'bot',
    scopes: ['usergroups:read'],
    run(args, { workspace }) {
      const id = args.text('usergroup');
      const group = workspace.groups.find((one) => one.id === id && isThere(one, args));
      return group ? { users: [...group.members] } : refuse('no_such_subteam');
    },
  },
};
