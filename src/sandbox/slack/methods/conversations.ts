import { knownChannel, needScope, readableChannel, scopeFor } from '../access.ts';
import type { Args } from '../args.ts';
import type { Message } from '../messages.ts';
import type { Method } from '../method.ts';
import { pageOf } from '../pages.ts';
import { refuse } from '../refusal.ts';
import { shownChannel, shownMessage } from '../shown.ts';
import type { Channel } from '../workspace.ts';

const ALL_READ = ['channels:read', 'groups:read', 'mpim:read', 'im:read'];
const ALL_HISTORY = ['channels:history', 'groups:history', 'mpim:history', 'im:history'];

function limitOf(args: Args, otherwise: number, most: number): number {
  const limit = args.integerOr('limit', otherwise);
  return limit < 1 || limit > most ? refuse('invalid_limit') : limit;
}

/** Whether a message lies between `oldest` and `latest`; the ends belong to it only when `inclusive`. */
function inRange(args: Args): (message: Message) => boolean {
  const bound = (name: 'oldest' | 'latest', otherwise: number) => {
    const value = Number(args.textOr(name, '') || otherwise);
    return Number.isNaN(value) ? refuse(`invalid_ts_${name}`) : value;
  };
  const oldest = bound('oldest', 0);
  const latest = bound('latest', Number.POSITIVE_INFINITY);
  const inclusive = args.flag('inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

const history: Method = {
  tier: 3,
  token: 'bot',
  scopes: [],
  run(args, { workspace }) {
    needScope(workspace, ...ALL_HISTORY);
    const channel = readableChannel(workspace, args.text('channel'));
    const limit = limitOf(args, 100, 999);
    const all = workspace.messages
      .inChannel(channel.id)
      .filter((message) => !message.ephemeralTo && (!message.threadTs || message.broadcast))
      .filter(inRange(args))
      .reverse();
    const { page, next } = pageOf(all, limit, args.textOr('cursor', ''));
    const withMetadata = args.flag('include_all_metadata');
    return {
      messages: page.map((message) => shownMessage(workspace, message, withMetadata)),
      has_more: next !== '',
      pin_count: 0,
      response_metadata: { next_cursor: next },
    };
  },
};

const replies: Method = {
  tier: 3,
  token: 'bot',
  scopes: [],
  run(args, { workspace }) {
    needScope(workspace, ...ALL_HISTORY);
    const channel = readableChannel(workspace, args.text('channel'));
    const ts = args.text('ts');
    const parent = workspace.messages.find(channel.id, ts);
    if (!parent) return refuse('thread_not_found');
    const limit = limitOf(args, 1000, 1000);
    const thread = workspace.messages
      .inChannel(channel.id)
      .filter((message) => !message.ephemeralTo && message.threadTs === parent.ts)
      .filter(inRange(args));
    const { page, next } = pageOf([parent, ...thread], limit, args.textOr('cursor', ''));
    const withMetadata = args.flag('include_all_metadata');
    return {
      messages: page.map((message) => shownMessage(workspace, message, withMetadata)),
      has_more: next !== '',
      response_metadata: { next_cursor: next },
    };
  },
};

const info: Method = {
  tier: 3,
  token: 'bot',
  scopes: [],
  run(args, { workspace }) {
    needScope(workspace, ...ALL_READ);
    const channel = knownChannel(workspace, args.text('channel'));
    needScope(workspace, scopeFor(channel, 'read'));
    const counted = args.flag('include_num_members') ? { num_members: channel.members.size } : {};
    return { channel: { ...shownChannel(workspace, channel), ...counted } };
  },
};

const members: Method = {
  tier: 4,
  token: 'bot',
  scopes: [],
  run(args, { workspace }) {
    needScope(workspace, ...ALL_READ);
    const channel = knownChannel(workspace, args.text('channel'));
    needScope(workspace, scopeFor(channel, 'read'));
    const { page, next } = pageOf([...channel.members], limitOf(args, 100, 1000), args.textOr('cursor', ''));
    return { members: page, response_metadata: { next_cursor: next } };
  },
};

const join: Method = {
  tier: 3,
  token: 'bot',
  scopes: ['channels:join'],
  run(args, { workspace }) {
    const channel = knownChannel(workspace, args.text('channel'));
    if (channel.kind !== 'public') refuse('method_not_supported_for_channel_type');
    if (channel.archived) refuse('is_archived');
    const already = workspace.isMember(channel);
    channel.members.add(workspace.app.botUserId);
    const warning = {
      warning: 'already_in_channel',
      response_metadata: { warnings: ['already_in_channel'] },
    };
    return { channel: shownChannel(workspace, channel), ...(already ? warning : {}) };
  },
};

const open: Method = {
  tier: 3,
  token: 'bot',
  scopes: ['im:write'],
  run(args, { workspace }) {
    const { botUserId } = workspace.app;
    const users = args.textOr('users', '').split(',').filter(Boolean);
    if (args.has('channel')) {
      const channel = knownChannel(workspace, args.text('channel'));
      if (channel.kind !== 'im') refuse('method_not_supported_for_channel_type');
      return { no_op: true, already_open: true, channel: { id: channel.id } };
    }
    const [user, ...others] = users;
    if (user === undefined) return refuse('users_list_not_supplied');
    if (others.length > 0) needScope(workspace, 'mpim:write');
    if (users.some((id) => !workspace.people.has(id))) refuse('user_not_found');
    if (others.length > 0) return refuse('not_enabled');
    const already = workspace.directMessage(user, botUserId, false);
    const channel = already ?? workspace.directMessage(user, botUserId);
    if (!channel) return refuse('user_not_found');
    const shown = args.flag('return_im') ? shownChannel(workspace, channel) : { id: channel.id };
    return { ...(already ? { no_op: true, already_open: true } : {}), channel: shown };
  },
};

const TYPES: Record<string, Channel['kind'] | 'mpim'> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

const listed: Method = {
  tier: 2,
  token: 'bot',
  scopes: [],
  run(args, { workspace }) {
    const asked = args.textOr('types', '') || 'public_channel';
    const kinds = asked.split(',').map((type) => TYPES[type.trim()] ?? refuse('invalid_types'));
    const scopes = { public: 'channels:read', private: 'groups:read', im: 'im:read', mpim: 'mpim:read' };
    for (const kind of kinds) needScope(workspace, scopes[kind]);
    const all = [...workspace.channels.values()]
      .filter((channel) => kinds.includes(channel.kind))
      .filter((channel) => channel.kind === 'public' || workspace.isMember(channel))
      .filter((channel) => !(channel.archived && args.flag('exclude_archived')));
    const { page, next } = pageOf(all, limitOf(args, 100, 1000), args.textOr('cursor', ''));
    const channels = page.map((channel) => ({
      ...shownChannel(workspace, channel),
      num_members: channel.members.size,
    }));
    return { channels, response_metadata: { next_cursor: next } };
  },
};

export const conversationMethods: Record<string, Method> = {
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.join': join,
  'conversations.open': open,
  'conversations.list': listed,
};
