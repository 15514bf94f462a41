import { knownChannel, needScope, scopeFor } from '../access.ts';
import { limitOf } from '../args.ts';
import type { Method } from '../method.ts';
import { pageOf } from '../pages.ts';
import { refuse } from '../refusal.ts';
import { shownChannel } from '../shown.ts';
import type { Channel } from '../workspace.ts';

const ALL_READ = ['channels:read', 'groups:read', 'mpim:read', 'im:read'];

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
  'conversations.info': info,
  'conversations.members': members,
  'conversations.join': join,
  'conversations.open': open,
  'conversations.list': listed,
};
