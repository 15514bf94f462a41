import { needScope, readableChannel } from '../access.ts';
import { type Args, limitOf } from '../args.ts';
import type { Message } from '../messages.ts';
import type { Method } from '../method.ts';
import { pageOf } from '../pages.ts';
import { refuse } from '../refusal.ts';
import { shownMessage } from '../shown.ts';

const ALL_HISTORY = ['channels:history', 'groups:history', 'mpim:history', 'im:history'];

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

export const historyMethods: Record<string, Method> = {
  'conversations.history': history,
  'conversations.replies': replies,
};
