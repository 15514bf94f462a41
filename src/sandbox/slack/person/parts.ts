import type { Delivery } from '../delivery/delivery.ts';
import type { Events } from '../events.ts';
import type { ResponseUrls } from '../response-urls.ts';
import type { Triggers } from '../triggers.ts';
import type { Channel, Workspace } from '../workspace.ts';

/** What a person's client works with. */
export interface PersonParts {
  workspace: Workspace;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  delivery: Delivery;
  events: Events;
}

/** The channel by id, `#name` or `@handle`, if this person sees it; throws an Error if not. */
export function channelSeenBy(workspace: Workspace, user: string, ref: string): Channel {
  const channel = ref.startsWith('@')
    ? workspace.directMessage(
        user,
        ref === '@app' ? workspace.app.botUserId : workspace.person(ref.slice(1)).id,
      )
    : workspace.channel(ref);
  if (!channel) throw new Error(`No direct message with ${ref}`);
  if (channel.kind !== 'public' && !channel.members.has(user))
    throw new Error(`${workspace.person(user).name} does not see ${channel.name} (${channel.id})`);
  return channel;
}

/** The channel, if this person may write there; throws an Error if not. */
export function channelOf(workspace: Workspace, user: string, ref: string): Channel {
  const channel = channelSeenBy(workspace, user, ref);
  if (!channel.members.has(user))
    throw new Error(`${workspace.person(user).name} is not in #${channel.name}`);
  if (channel.archived) throw new Error(`#${channel.name} is archived`);
  return channel;
}
