import type { WebClient } from '@slack/web-api';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { slackErrorName, slackFailure } from './slack-error.ts';

/** What the desk may do in a conversation. */
export interface ChannelAccess {
  /** Whether it is a member and so may post, edit and look back. */
  member: boolean;
  kind: 'public' | 'private' | 'direct' | 'unknown';
  /** Another organisation reads along. */
  shared: boolean;
}

export interface Channels {
  access(channelId: string): Promise<ChannelAccess>;
  /**
   * Whether another organisation reads along; for messages that the desk sends by itself, hours after anybody looked.
   * 'later': Slack does not say now. refused: it does not say at all, by its own name for why.
   */
  shared(channelId: string): Promise<boolean | 'later' | { refused: string }>;
  /** Something about the channel has changed. */
  forget(channelId: string): void;
  /** Makes the desk a member of a public channel; 'invite' where a person has to do that, 'direct' where nobody can. */
  join(channelId: string): Promise<'member' | 'invite' | 'direct'>;
}

const KEEP_MS = 60_000;
/** Slack says when a channel is shared (channel_shared); this is for an event that was lost. */
const KEEP_SHARED_MS = 6 * 60 * 60_000;
const KEEP_AT_MOST = 5000;

/** conversations.info, kept for a minute (it allows 50 calls a minute). */
export function createChannels(client: WebClient, clock: Clock, log: Log): Channels {
  const kept = new Map<string, { until: number; access: ChannelAccess }>();

  const keptShared = new Map<string, { until: number; shared: boolean }>();

  async function describe(channelId: string): Promise<ChannelAccess> {
    const { channel } = await client.conversations.info({ channel: channelId });
    const shared = (channel?.is_ext_shared || channel?.is_pending_ext_shared) ?? false;
    if (keptShared.size >= KEEP_AT_MOST) keptShared.clear();
    keptShared.set(channelId, { until: clock.now() + KEEP_SHARED_MS, shared });
    // Slack always says; where another server does not, posting will tell.
    return { member: channel?.is_member ?? true, kind: channel?.is_private ? 'private' : 'public', shared };
  }

  async function ask(channelId: string): Promise<ChannelAccess> {
    try {
      return await describe(channelId);
    } catch (error) {
      // Slack hides private channels from an app that was not invited.
      const name = slackErrorName(error);
      if (name === 'channel_not_found') return { member: false, kind: 'private', shared: false };
      // Not Slack, but a server that speaks some of its methods: posting will tell.
      if (name === 'unknown_method') return { member: true, kind: 'unknown', shared: false };
      // Not knowing must not mean not answering: privately is always possible.
      log.warn({ err: error, channelId }, 'Slack did not describe a channel: answering privately');
      return { member: false, kind: 'unknown', shared: false };
    }
  }

  const channels: Channels = {
    async access(channelId) {
      if (channelId.startsWith('D')) return { member: false, kind: 'direct', shared: false };
      const known = kept.get(channelId);
      if (known && known.until > clock.now()) return known.access;
      const access = await ask(channelId);
      if (kept.size >= KEEP_AT_MOST) kept.clear();
      // What a person is just about to mend (inviting the desk) is not remembered.
      if (access.member) kept.set(channelId, { until: clock.now() + KEEP_MS, access });
      return access;
    },

    async shared(channelId) {
      if (!/^[CG]/.test(channelId)) return false;
      const known = keptShared.get(channelId);
      if (known && known.until > clock.now()) return known.shared;
      try {
        return (await describe(channelId)).shared;
      } catch (error) {
        const failure = slackFailure(error);
        if (failure.kind !== 'refused') return 'later';
        // A channel that is not there refuses the post, too, and says better why.
        const harmless = failure.error === 'channel_not_found' || failure.error === 'unknown_method';
        return harmless ? false : { refused: failure.error };
      }
    },

    forget(channelId) {
      kept.delete(channelId);
      keptShared.delete(channelId);
    },

    async join(channelId) {
      const access = await channels.access(channelId);
      if (access.kind === 'direct') return 'direct';
      if (access.member) return 'member';
      if (access.kind === 'private') return 'invite';
      try {
        await client.conversations.join({ channel: channelId });
        return 'member';
      } catch (err) {
        log.warn({ err, channelId }, 'Slack did not let the desk join a channel');
        // Where Slack has not even said what channel it is, posting will tell.
        return access.kind === 'unknown' ? 'member' : 'invite';
      }
    },
  };
  return channels;
}
