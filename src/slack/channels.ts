import type { WebClient } from '@slack/web-api';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Sharing } from './sharing.ts';
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
  /** Asks Slack, and keeps the answer. Throws what the Web API throws. */
  describe(channelId: string): Promise<ChannelAccess>;
  /** Slack says by itself that the channel is shared now, or is so no more. */
  sharingChanged(channelId: string, shared: boolean): Promise<void>;
  /** Makes the desk a member of a public channel; 'invite' where a person has to do that, 'direct' where nobody can. */
  join(channelId: string): Promise<'member' | 'invite' | 'direct'>;
}

const KEEP_MS = 60_000;
const KEEP_AT_MOST = 5000;

export interface ChannelsParts {
  client: WebClient;
  sharing: Sharing;
  clock: Clock;
  log: Log;
}

/** conversations.info: membership kept for a minute (it allows 50 calls a minute), whether it is shared in the database. */
export function createChannels({ client, sharing, clock, log }: ChannelsParts): Channels {
  const kept = new Map<string, { until: number; access: ChannelAccess }>();

  const describe = (channelId: string) =>
    sharing.asked(channelId, async (): Promise<ChannelAccess> => {
      const { channel } = await client.conversations.info({ channel: channelId });
      const shared = (channel?.is_ext_shared || channel?.is_pending_ext_shared) ?? false;
      // Slack always says; where another server does not, posting will tell.
      return { member: channel?.is_member ?? true, kind: channel?.is_private ? 'private' : 'public', shared };
    });

  async function ask(channelId: string): Promise<ChannelAccess> {
    try {
      return await describe(channelId);
    } catch (error) {
      // The last word that there was; the people of a channel that Slack hides have nobody else with them.
      const shared = (await sharing.known(channelId))?.shared ?? false;
      // Slack hides private channels from an app that was not invited.
      const name = slackErrorName(error);
      if (name === 'channel_not_found') return { member: false, kind: 'private', shared };
      // Not Slack, but a server that speaks some of its methods: posting will tell.
      if (name === 'unknown_method') return { member: true, kind: 'unknown', shared };
      // Not knowing must not mean not answering: privately is always possible.
      log.warn({ err: error, channelId }, 'Slack did not describe a channel: answering privately');
      return { member: false, kind: 'unknown', shared };
    }
  }

  const channels: Channels = {
    async access(channelId) {
      if (/^[DUW]/.test(channelId)) return { member: false, kind: 'direct', shared: false };
      const before = kept.get(channelId);
      if (before && before.until > clock.now()) {
        // Another desk may have heard meanwhile that it is shared.
        const known = await sharing.known(channelId);
        if (known?.fresh) return { ...before.access, shared: known.shared };
      }
      const access = await ask(channelId);
      if (kept.size >= KEEP_AT_MOST) kept.clear();
      // What a person is just about to mend (inviting the desk) is not remembered.
      if (access.member) kept.set(channelId, { until: clock.now() + KEEP_MS, access });
      return access;
    },

    async shared(channelId) {
      if (!/^[CG]/.test(channelId)) return false;
      try {
        const known = await sharing.known(channelId);
        return known?.fresh ? known.shared : (await describe(channelId)).shared;
      } catch (error) {
        const failure = slackFailure(error);
        if (failure.kind !== 'refused') return 'later';
        // A channel that is not there refuses the post, too, and says better why.
        const harmless = failure.error === 'channel_not_found' || failure.error === 'unknown_method';
        return harmless ? false : { refused: failure.error };
      }
    },

    describe,
    sharingChanged: (channelId, shared) => sharing.changed(channelId, shared),

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
