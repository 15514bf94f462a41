import type { JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import type { View } from './views.ts';
import type { Channel, Workspace } from './workspace.ts';

/** A message as the Web API and payloads show it. */
export function shownMessage(workspace: Workspace, message: Message, withMetadata: boolean): JsonObject {
  const { app, team, messages } = workspace;
  const replies = messages
    .inChannel(message.channel)
    .filter((one) => one.threadTs === message.ts && one.ts !== message.ts && !one.ephemeralTo);
  return {
    type: 'message',
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ts: message.ts,
    ...(message.byApp ? { bot_id: app.botId, app_id: app.id } : {}),
    text: message.text,
    team: team.id,
    ...(message.blocks.length > 0 ? { blocks: structuredClone(message.blocks) } : {}),
    ...(message.attachments.length > 0 ? { attachments: structuredClone(message.attachments) } : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(replies.length > 0
      ? { thread_ts: message.ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts }
      : {}),
    ...(withMetadata && message.metadata ? { metadata: structuredClone(message.metadata) } : {}),
  };
}

/** A conversation as `conversations.*` show it. */
export function shownChannel(workspace: Workspace, channel: Channel): JsonObject {
  const { team, app } = workspace;
  const shared = { is_shared: channel.shared, is_ext_shared: channel.shared, is_org_shared: false };
  if (channel.kind === 'im') {
    const user = [...channel.members].find((member) => member !== app.botUserId);
    return { id: channel.id, is_im: true, is_archived: channel.archived, user, ...shared };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.archived,
    is_general: false,
    is_member: workspace.isMember(channel),
    context_team_id: team.id,
    ...shared,
  };
}

/** A view as `views.*` and payloads show it, with what the person has entered in `state`. */
export function shownView(workspace: Workspace, view: View, values: JsonObject = {}): JsonObject {
  const { team, app } = workspace;
  return {
    callback_id: '',
    external_id: '',
    private_metadata: '',
    title: null,
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    ...structuredClone(view.definition),
    id: view.id,
    team_id: team.id,
    type: view.type,
    blocks: structuredClone(view.blocks),
    state: { values },
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}
