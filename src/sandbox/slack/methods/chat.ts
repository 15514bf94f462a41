import { channelById, knownChannel, needScope, postableChannel } from '../access.ts';
import type { Args } from '../args.ts';
import { type Content, contentOf, metadataOf, mustSaySomething } from '../content.ts';
import type { Message } from '../messages.ts';
import type { Method, MethodContext } from '../method.ts';
import { refuse } from '../refusal.ts';
import { shownMessage } from '../shown.ts';
import type { Workspace } from '../workspace.ts';

/** chat.update takes less text than chat.postMessage. */
const MOST_UPDATE_TEXT = 4_000;

const scopes = ['chat:write'];

const postMessage: Method = {
  tier: 'post',
  token: 'bot',
  scopes,
  run(args, context) {
    const { workspace } = context;
    const channel = postableChannel(workspace, args.text('channel'));
    if (['username', 'icon_emoji', 'icon_url'].some((name) => args.has(name)))
      needScope(workspace, 'chat:write.customize');
    const content = contentOf(args);
    mustSaySomething(content);
    const message = workspace.messages.post({
      ...posted(workspace, channel.id, content),
      metadata: metadataOf(args) ?? undefined,
      threadTs: threadOf(workspace, channel.id, args),
      broadcast: args.flag('reply_broadcast'),
    });
    announceOwn(context, message);
    return { channel: channel.id, ts: message.ts, message: shownMessage(workspace, message, true) };
  },
};

const postEphemeral: Method = {
  tier: 4,
  token: 'bot',
  scopes,
  run(args, { workspace }) {
    const channel = knownChannel(workspace, args.text('channel'));
    const user = args.text('user');
    if (channel.archived) refuse('is_archived');
    if (!workspace.isMember(channel)) refuse('not_in_channel');
    if (!workspace.people.has(user)) refuse('user_not_found');
    if (!channel.members.has(user)) refuse('user_not_in_channel');
    const content = contentOf(args);
    mustSaySomething(content);
    const message = workspace.messages.post({
      ...posted(workspace, channel.id, content),
      threadTs: threadOf(workspace, channel.id, args),
      ephemeralTo: user,
    });
    return { message_ts: message.ts };
  },
};

const update: Method = {
  tier: 3,
  token: 'bot',
  scopes,
  run(args, context) {
    const { workspace } = context;
    const message = ownMessage(workspace, args, 'cant_update_message');
    const content = contentOf(args, MOST_UPDATE_TEXT);
    const { text, blocks, attachments } = content;
    const said = text !== undefined && text !== '';
    // Blocks that are not sent again stay, unless new text is given: then it replaces them.
    const next = {
      text: said ? text : message.text,
      blocks: blocks ?? (said ? [] : message.blocks),
      attachments: attachments ?? (said || blocks ? [] : message.attachments),
    };
    if (!said && blocks === undefined && attachments === undefined) refuse('no_text');
    mustSaySomething(next);
    const metadata = metadataOf(args);
    const before = shownMessage(workspace, message, false);
    workspace.messages.change(message, {
      ...next,
      ...(metadata === undefined ? {} : { metadata: metadata ?? undefined }),
      ...(next.blocks.length === 0 ? { editedTs: workspace.messages.nextTs() } : {}),
    });
    announceOwn(context, message, { subtype: 'message_changed', previous_message: before });
    const shown = shownMessage(workspace, message, true);
    return { channel: message.channel, ts: message.ts, text: message.text, message: shown };
  },
};

const remove: Method = {
  tier: 3,
  token: 'bot',
  scopes,
  run(args, { workspace }) {
    const message = ownMessage(workspace, args, 'cant_delete_message');
    workspace.messages.remove(message);
    return { channel: message.channel, ts: message.ts };
  },
};

const getPermalink: Method = {
  tier: 'free',
  token: 'bot',
  scopes: [],
  run(args, { workspace }) {
    const channel = knownChannel(workspace, args.text('channel'));
    const ts = args.text('message_ts');
    if (!workspace.messages.find(channel.id, ts)) refuse('message_not_found');
    const permalink = `https://${workspace.team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
    return { channel: channel.id, permalink };
  },
};

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};

function posted(workspace: Workspace, channel: string, content: Content) {
  return {
    channel,
    user: workspace.app.botUserId,
    byApp: true,
    text: content.text ?? '',
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
  };
}

function threadOf(workspace: Workspace, channel: string, args: Args): string | undefined {
  if (!args.has('thread_ts')) return undefined;
  const ts = args.text('thread_ts');
  if (!/^\d+\.\d{6}$/.test(ts)) refuse('invalid_thread_ts');
  const parent = workspace.messages.find(channel, ts);
  if (!parent) return refuse('thread_not_found');
  return parent.threadTs ?? parent.ts;
}

/** The app's own message that `ts` names. An ephemeral one is not to be found, as in Slack. */
function ownMessage(workspace: Workspace, args: Args, otherwise: string): Message {
  const channel = channelById(workspace, args.text('channel'));
  const message = workspace.messages.find(channel.id, args.text('ts'));
  if (!message) return refuse('message_not_found');
  return message.byApp ? message : refuse(otherwise);
}

/** In direct messages the app hears of its own messages too. */
function announceOwn(
  context: MethodContext,
  message: Message,
  changed?: { subtype: string; previous_message: unknown },
) {
  const { workspace } = context;
  if (workspace.channels.get(message.channel)?.kind !== 'im') return;
  const shown = shownMessage(workspace, message, false);
  const where = { channel: message.channel, channel_type: 'im' };
  if (!changed) return context.announce({ ...shown, type: 'message', ...where, event_ts: message.ts });
  const ts = workspace.messages.nextTs();
  context.announce({ type: 'message', ...changed, ...where, message: shown, hidden: true, ts, event_ts: ts });
}
