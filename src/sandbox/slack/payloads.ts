import type { JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import type { PersonSeed } from './seed.ts';
import { shownMessage, shownView } from './shown.ts';
import type { View } from './views.ts';
import type { Channel, Workspace } from './workspace.ts';

/** Slack's legacy verification token; apps that check signatures ignore it. */
const TOKEN = 'sandbox';

/** `channel_name` in a payload: direct messages and private channels have names of their own kind. */
function channelName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}

export interface Handles {
  triggerId: string;
  responseUrl: string;
}

/** The form of a slash command. */
export function commandPayload(
  workspace: Workspace,
  person: PersonSeed,
  channel: Channel,
  given: { command: string; text: string } & Handles,
): JsonObject {
  return {
    token: TOKEN,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.id,
    user_name: person.handle,
    command: given.command,
    text: given.text,
    api_app_id: workspace.app.id,
    is_enterprise_install: 'false',
    response_url: given.responseUrl,
    trigger_id: given.triggerId,
  };
}

function common(workspace: Workspace, person: PersonSeed): JsonObject {
  const { team, app } = workspace;
  return {
    user: { id: person.id, username: person.handle, name: person.handle, team_id: team.id },
    api_app_id: app.id,
    token: TOKEN,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A click, choice or entry in a message. */
export function messageActionPayload(
  workspace: Workspace,
  person: PersonSeed,
  channel: Channel,
  message: Message,
  given: { action: JsonObject; values: JsonObject } & Handles,
): JsonObject {
  const isEphemeral = message.ephemeralTo !== undefined;
  // Of an ephemeral message Slack sends only where it is, not what it says.
  const shown = isEphemeral ? {} : { message: shownMessage(workspace, message, true) };
  return {
    type: 'block_actions',
    ...common(workspace, person),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    trigger_id: given.triggerId,
    channel: { id: channel.id, name: channelName(channel) },
    ...shown,
    state: { values: given.values },
    response_url: given.responseUrl,
    actions: [given.action],
  };
}

/** A click, choice or entry in a modal or on the Home tab: there is no `response_url`. */
export function viewActionPayload(
  workspace: Workspace,
  person: PersonSeed,
  view: View,
  given: { action: JsonObject; values: JsonObject; triggerId: string },
): JsonObject {
  return {
    type: 'block_actions',
    ...common(workspace, person),
    container: { type: 'view', view_id: view.id },
    trigger_id: given.triggerId,
    view: shownView(workspace, view, given.values),
    actions: [given.action],
  };
}

/** A global shortcut: it says nothing of where the person is. */
export function shortcutPayload(
  workspace: Workspace,
  person: PersonSeed,
  given: { callbackId: string; triggerId: string },
): JsonObject {
  return {
    type: 'shortcut',
    ...common(workspace, person),
    action_ts: workspace.messages.nextTs(),
    callback_id: given.callbackId,
    trigger_id: given.triggerId,
  };
}

export function submissionPayload(
  workspace: Workspace,
  person: PersonSeed,
  view: View,
  given: { values: JsonObject; triggerId: string },
): JsonObject {
  return {
    type: 'view_submission',
    ...common(workspace, person),
    trigger_id: given.triggerId,
    view: shownView(workspace, view, given.values),
    response_urls: [],
  };
}

export function closedPayload(
  workspace: Workspace,
  person: PersonSeed,
  view: View,
  cleared: boolean,
): JsonObject {
  return {
    type: 'view_closed',
    ...common(workspace, person),
    view: shownView(workspace, view),
    is_cleared: cleared,
  };
}
