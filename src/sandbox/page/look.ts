import type { Message } from '../slack/messages.ts';
import type { PersonSeed } from '../slack/seed.ts';
import type { Slack } from '../slack/slack.ts';
import type { View } from '../slack/views.ts';
import { type Channel, SLACKBOT, type Workspace } from '../slack/workspace.ts';
import type { ChannelShown, MessageShown, NamesShown, ViewShown } from './scene.ts';

/** So many of a channel's latest messages are shown. */
const MOST_MESSAGES = 120;

/** The channels and direct messages that a person has in the sidebar; `unread` by channel id. */
export function channelsSeenBy(
  { channels, app }: Workspace,
  person: PersonSeed,
  unread: (channel: Channel) => number,
): ChannelShown[] {
  return [...channels.values()]
    .filter((one) => one.members.has(person.id) || (one.kind === 'public' && !one.archived))
    .map((channel) => {
      const { id, name, kind, members, archived, shared } = channel;
      const other = kind === 'im' ? ([...members].find((member) => member !== person.id) ?? null) : null;
      const member = members.has(person.id);
      return { id, name, kind, with: other, member, archived, shared, unread: unread(channel) };
    })
    .sort((a, b) => rank(a, app.botUserId) - rank(b, app.botUserId));
}

/** Channels in the order of the workspace, archived ones last; the desk first among the direct messages. */
function rank(channel: ChannelShown, botUserId: string): number {
  if (channel.kind === 'im') return channel.with === botUserId ? 2 : 3;
  return channel.archived ? 1 : 0;
}

export function namesIn({ people, app, channels, groups }: Workspace, appName: string): NamesShown {
  return {
    users: [
      ...[...people.values()].map(({ id, name }) => ({ id, name })),
      { id: app.botUserId, name: appName },
      { id: SLACKBOT, name: 'Slackbot' },
    ],
    channels: [...channels.values()].map(({ id, name }) => ({ id, name })),
    groups: groups.map(({ id, handle }) => ({ id, name: handle })),
  };
}

export function messagesSeenBy(slack: Slack, person: PersonSeed, channel: string): MessageShown[] {
  return slack.as(person.id).messages(channel).slice(-MOST_MESSAGES).map(shownMessage);
}

function shownMessage(message: Message): MessageShown {
  const { ts, user, byApp, text, blocks, ephemeralTo, editedTs, threadTs, broadcast, files } = message;
  return {
    ts,
    user,
    byApp,
    text,
    blocks,
    ephemeral: ephemeralTo !== undefined,
    edited: editedTs !== undefined,
    threadTs: threadTs ?? null,
    broadcast,
    files: files.map(({ title }) => String(title)),
  };
}

export function shownView(view: View | undefined): ViewShown | null {
  if (!view) return null;
  const { id, hash, definition, blocks, entered } = view;
  return { id, hash, definition, blocks, entered: Object.fromEntries(entered) };
}
