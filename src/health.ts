import type { VdnStore } from './calls/vdn.ts';
import type { Clock } from './clock.ts';
import type { SubscriptionStore } from './digests/store.ts';
import { type CentrePort, centreFindings, vdnsToAsk } from './doctor/contact-centre.ts';
import { type DatabaseLook, databaseFindings } from './doctor/database.ts';
import type { Finding } from './doctor/finding.ts';
import { channelFindings, identityFindings, type SlackPort } from './doctor/slack.ts';

export interface HealthParts {
  teamId: string;
  database(): Promise<DatabaseLook>;
  slack: Pick<SlackPort, 'identity' | 'channel'>;
  /** Scopes that the desk needs. */
  needed: readonly string[];
  centre: CentrePort;
  vdns: Pick<VdnStore, 'list'>;
  subscriptions: Pick<SubscriptionStore, 'list'>;
  clock: Clock;
}

/**
 * What the doctor finds from inside a desk that runs: not its settings, which it has read, nor whether Slack reaches it, since
 * somebody has asked.
 */
export function createHealth(parts: HealthParts): () => Promise<Finding[]> {
  const { teamId, slack, clock } = parts;

  return async () => {
    // Where they cannot be read, the look at the database says why.
    const unread = () => [];
    const [named, digests] = await Promise.all([
      parts.vdns.list(teamId).catch(unread),
      parts.subscriptions.list(teamId).catch(unread),
    ]);
    const wanted = digests.filter(({ pausedBy }) => pausedBy !== 'person');
    const channels = [...new Set(wanted.map(({ channelId }) => channelId))];
    const vdns = vdnsToAsk(
      named,
      wanted.map(({ vdn }) => vdn),
    );
    const found = await Promise.all([
      parts.database().then(databaseFindings),
      slack.identity().then((identity) => identityFindings(identity, parts.needed)),
      channelFindings(slack, channels),
      centreFindings(parts.centre, vdns, clock.now()),
    ]);
    return found.flat();
  };
}
