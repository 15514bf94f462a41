import { refuse } from './refusal.ts';
import type { Channel, Workspace } from './workspace.ts';

/** Refuses with `missing_scope` unless the bot token has one of these. */
export function needScope(workspace: Workspace, ...anyOf: string[]): void {
  const { scopes } = workspace.app;
  if (!anyOf.some((scope) => scopes.includes(scope)))
    refuse('missing_scope', { needed: anyOf.join(','), provided: scopes.join(',') });
}

/** The scope for a channel of this kind: `channels:read`, `groups:history`, `im:read` … */
export function scopeFor(channel: Channel, what: 'read' | 'history'): string {
  const prefix = { public: 'channels', private: 'groups', im: 'im' }[channel.kind];
  return `${prefix}:${what}`;
}

/** The channel, if the app may know of it: a private one that it is not in is as if it were not there. */
export function knownChannel(workspace: Workspace, id: string): Channel {
  const channel = workspace.channels.get(id);
  if (!channel) return refuse('channel_not_found');
  if (channel.kind !== 'public' && !workspace.isMember(channel)) return refuse('channel_not_found');
  return channel;
}

/** The channel, if the app may read what is said there. */
export function readableChannel(workspace: Workspace, id: string): Channel {
  const channel = knownChannel(workspace, id);
  needScope(workspace, scopeFor(channel, 'history'));
  if (!workspace.isMember(channel)) refuse('not_in_channel');
  return channel;
}

/**
 * The channel to post to, by channel id, user id (the direct message with that person) or name.
 * Refuses as chat.postMessage does.
 */
export function postableChannel(workspace: Workspace, ref: string): Channel {
  const channel = channelToPost(workspace, ref);
  if (channel.archived) refuse('is_archived');
  const isPublic = workspace.app.scopes.includes('chat:write.public') && !channel.shared;
  if (!workspace.isMember(channel) && !isPublic) refuse('not_in_channel');
  return channel;
}

function channelToPost(workspace: Workspace, ref: string): Channel {
  if (workspace.people.has(ref)) {
    const dm = workspace.directMessage(ref, workspace.app.botUserId);
    if (dm) return dm;
  }
  const name = ref.replace(/^#/, '');
  const named = [...workspace.channels.values()].find((one) => one.kind !== 'im' && one.name === name);
  return knownChannel(workspace, named?.id ?? ref);
}

/** The channel to change a message in: only an id will do. */
export function channelById(workspace: Workspace, id: string): Channel {
  const channel = knownChannel(workspace, id);
  if (channel.archived) refuse('is_archived');
  return channel;
}
