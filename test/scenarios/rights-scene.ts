import type { Message } from '../../src/sandbox/slack/messages.ts';
import type { Team } from '../../src/sandbox/slack/team.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createVdnSettingsStore } from '../../src/storage/vdn-settings-store.ts';
import { type Access, type Holders, OPEN_ACCESS } from '../../src/vdns/access.ts';
import type { Scene } from './scene.ts';

export const only = (ids: Partial<Extract<Holders, { kind: 'some' }>>): Holders => ({
  kind: 'some',
  groupIds: [],
  userIds: [],
  channelIds: [],
  ...ids,
});

/** Ana and Tom; Li is none of them, and Ana owns the workspace besides. */
export const MANAGERS = only({ groupIds: ['S0MANAGER'] });
export const LI = 'U0LIWEI01';
export const TOM = 'U0TOMBAKE';

export const GROUPS_KEPT_MS = 3 * 60_000;

/** Sets who may do what with a VDN, as the settings do. */
export async function restrict(
  { config, slack }: Pick<Scene, 'config'> & { slack: Pick<Team, 'teamId'> },
  number: number,
  access: Partial<Access>,
): Promise<void> {
  const knex = await openDatabase(config.databaseUrl);
  const settings = createVdnSettingsStore(knex);
  const kept = await settings.find(slack.teamId, number);
  if (!kept) throw new Error(`Nobody has named VDN ${number}`);
  await settings.change(slack.teamId, { ...kept, access: { ...OPEN_ACCESS, ...access } });
  await knex.destroy();
}

/** Takes somebody out of the managers, or puts them in. */
export function changeManagers({ slack }: Pick<Scene, 'slack'>, members: string[]): void {
  const [managers] = slack.workspace.groups;
  if (!managers) throw new Error('There are no managers');
  managers.members = members;
}

/** The message with other values in its buttons, as somebody might make them up. */
export function forged(message: Message, change: (value: string) => string): Message {
  const copy = structuredClone(message);
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const fields = part as Record<string, unknown>;
    if (typeof fields.value === 'string') fields.value = change(fields.value);
    for (const field of Object.values(fields)) walk(field);
  };
  walk(copy.blocks);
  return copy;
}

/** The value of a message's first button with this action. */
export function buttonValue(message: Message, action: string): string {
  const found = JSON.stringify(message.blocks).match(
    new RegExp(`"action_id":"${action}:[^"]*","value":"(?<value>[^"]+)"`),
  );
  if (!found?.groups?.value) throw new Error(`No button ${action} there`);
  return found.groups.value;
}

/** Whether anything anywhere calls people: what refuses somebody must not. */
export const callsSomebody = (message: Message): boolean =>
  /<[@!]/.test(JSON.stringify([message.text, message.blocks]));
