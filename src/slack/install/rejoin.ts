import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import { slackErrorName } from '../slack-error.ts';

/** conversations.join allows fifty a minute. */
const AT_MOST = 40;

/**
 * Slack takes an app that was taken out of a workspace out of its channels, too. Into the public ones it may come back by
 * itself, before anything is posted there; people have to invite it to the others, as they are then told.
 */
export async function rejoin(client: WebClient, channelIds: readonly string[], log: Log): Promise<void> {
  for (const channel of channelIds.filter((id) => id.startsWith('C')).slice(0, AT_MOST)) {
    await client.conversations.join({ channel }).catch((error: unknown) => {
      log.info(
        { channelId: channel, error: slackErrorName(error) ?? null },
        'The desk is not in a channel again',
      );
    });
  }
}
