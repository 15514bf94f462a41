import type { Clock } from '../../clock.ts';
import type { Changes } from './changes.ts';
import { type MessageStore, openMessages } from './messages.ts';
import type { AppSeed, ChannelSeed, GroupSeed, PersonSeed, WorkspaceSeed } from './seed.ts';
import { openViews, type ViewStore } from './views.ts';

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelSeed['kind'];
  readonly shared: boolean;
  /** User ids. */
  readonly members: Set<string>;
  archived: boolean;
}

/** The state of the workspace: who is there, what was said, what is open. Tests may change it directly. */
export interface Workspace {
  readonly team: WorkspaceSeed['team'];
  readonly app: AppSeed;
  readonly people: ReadonlyMap<string, PersonSeed>;
  readonly groups: readonly GroupSeed[];
  readonly channels: Map<string, Channel>;
  readonly messages: MessageStore;
  readonly views: ViewStore;
  /** By id or handle; throws an Error that lists who there is. */
  person(ref: string): PersonSeed;
  /** By id, `#name` or name; throws an Error that lists the channels. */
  channel(ref: string): Channel;
  /** The direct message of exactly these two, opened if there was none; undefined when it is to be found only. */
  directMessage(one: string, other: string, open?: boolean): Channel | undefined;
  isMember(channel: Channel): boolean;
}

/** Slack's own user, who tells people what went wrong with a command. */
export const SLACKBOT = 'USLACKBOT';

export function openWorkspace(seed: WorkspaceSeed, clock: Clock, changes: Changes): Workspace {
  const people = new Map(seed.people.map((person) => [person.id, { ...person }]));
  const channels = new Map<string, Channel>();
  for (const { id, name, kind, members, archived, shared } of seed.channels) {
    channels.set(id, {
      id,
      name,
      kind,
      members: new Set(members),
      archived: archived ?? false,
      shared: shared ?? false,
    });
  }
  const messages = openMessages(clock, changes);
  const app = { ...seed.app, scopes: [...seed.app.scopes], events: [...seed.app.events] };

  const directMessage = (one: string, other: string, open = true) => {
    for (const channel of channels.values()) {
      const { kind, members } = channel;
      if (kind === 'im' && members.size === 2 && members.has(one) && members.has(other)) return channel;
    }
    if (!open) return undefined;
    const id = `D0OPENED${channels.size}`;
    const members = new Set([one, other]);
    const channel: Channel = {
      id,
      name: 'directmessage',
      kind: 'im',
      members,
      archived: false,
      shared: false,
    };
    channels.set(id, channel);
    return channel;
  };

  return {
    team: seed.team,
    app,
    people,
    groups: seed.groups.map((group) => ({ ...group, members: [...group.members] })),
    channels,
    messages,
    views: openViews(changes, () => messages.nextTs()),
    person(ref) {
      const found = people.get(ref) ?? [...people.values()].find((person) => person.handle === ref);
      if (found) return found;
      const known = [...people.values()].map((person) => `${person.handle} (${person.id})`);
      throw new Error(`Nobody called ${ref} here; there are ${known.join(', ')}`);
    },
    channel(ref) {
      const name = ref.replace(/^#/, '');
      const found =
        channels.get(ref) ??
        [...channels.values()].find((channel) => channel.kind !== 'im' && channel.name === name);
      if (found) return found;
      const known = [...channels.values()].map((channel) => `${channel.name} (${channel.id})`);
      throw new Error(`No channel ${ref} here; there are ${known.join(', ')}`);
    },
    directMessage,
    isMember: (channel) => channel.members.has(app.botUserId),
  };
}
