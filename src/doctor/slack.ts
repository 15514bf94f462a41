import { type Finding, failed, ok, skipped, warning } from './finding.ts';

/** What Slack said, or why it said nothing: its name for that, and a sentence with the remedy. */
export type Told<T> = { told: T } | { refused: { name: string; message: string } };

export interface SlackIdentity {
  teamId: string;
  /** The workspace's name. */
  team: string;
  botUserId: string;
  /** What the token may do; null where Slack does not say. */
  scopes: readonly string[] | null;
}

/** What of Slack the doctor asks. Nothing of it is seen by anybody, or takes anything from a desk that runs. */
export interface SlackPort {
  identity(): Promise<Told<SlackIdentity>>;
  /** The id of the app that the bot belongs to; null where Slack does not say. */
  appOf(botUserId: string): Promise<Told<string | null>>;
  channel(id: string): Promise<Told<{ member: boolean; archived: boolean }>>;
}

/** Socket Mode, as far as it can be tried without taking a line: over an open one Slack would send what the desk is to get. */
export interface SocketPort {
  /** Asks for the address of a line, and whether its server answers. The server's name. */
  line(): Promise<Told<string>>;
  /** The id of the app that the token belongs to, as it says itself; null where it does not. */
  appId: string | null;
}

/** HTTP mode: a request to the desk's own endpoint, signed as Slack signs. */
export interface RequestsPort {
  port: number;
  /** Its status, and whether it gave the challenge back; null where nobody listens. */
  challenge(): Promise<{ status: number; echoed: boolean } | null>;
}

/** The token, and what it may do. `name`: what it is called in a sentence. */
export function identityFindings(
  identity: Told<SlackIdentity>,
  needed: readonly string[],
  name = 'SLACK_BOT_TOKEN',
): Finding[] {
  if ('refused' in identity) {
    const { name: error, message } = identity.refused;
    return [
      failed('slack.token', 'no-identity', `Slack does not know the desk (${error}).`, message, {
        name: error,
      }),
    ];
  }
  const { team, scopes } = identity.told;
  return [
    ok('slack.token', 'known', `${name} is for the workspace ${team}.`, { team }),
    scopesFinding(scopes, needed),
  ];
}

function scopesFinding(granted: readonly string[] | null, needed: readonly string[]): Finding {
  if (granted === null)
    return skipped('slack.scopes', 'scopes-unknown', 'Slack does not say what the token may do.');
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length === 0)
    return ok(
      'slack.scopes',
      'scopes-granted',
      `All ${needed.length} scopes that the desk needs are granted.`,
    );
  return failed(
    'slack.scopes',
    'scopes-missing',
    `The token lacks ${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(', ')}.`,
    'Give the app the scopes of slack-manifest.yml (OAuth & Permissions), install it again, and set the new SLACK_BOT_TOKEN.',
    { missing },
  );
}

/** `botApp`: the app of SLACK_BOT_TOKEN, as far as it is known. */
export async function socketFindings(socket: SocketPort, botApp: string | null): Promise<Finding[]> {
  const line = await socket.line();
  if ('refused' in line) {
    const { name, message } = line.refused;
    return [
      failed('slack.socket-mode', 'no-line', `Slack opens no connection (${name}).`, message, { name }),
    ];
  }
  if (socket.appId !== null && botApp !== null && socket.appId !== botApp)
    return [
      failed(
        'slack.socket-mode',
        'other-app',
        `SLACK_APP_TOKEN is of the app ${socket.appId}, SLACK_BOT_TOKEN of ${botApp}: the desk hears nothing.`,
        'Take both tokens from the same app on https://api.slack.com/apps.',
        { appToken: socket.appId, botToken: botApp },
      ),
    ];
  return [
    ok('slack.socket-mode', 'line-offered', `Slack offers a connection, and ${line.told} answers.`, {
      host: line.told,
    }),
  ];
}

export async function requestsFindings({ port, challenge }: RequestsPort): Promise<Finding[]> {
  const answer = port === 0 ? null : await challenge();
  const facts = { port };
  if (answer === null)
    return [
      skipped(
        'slack.requests',
        'nobody-listens',
        `Not tried: no desk listens on PORT ${port}. Start it and run this again.`,
        facts,
      ),
    ];
  if (answer.echoed)
    return [
      ok(
        'slack.requests',
        'signature-taken',
        `The desk on PORT ${port} takes what is signed with SLACK_SIGNING_SECRET.`,
        facts,
      ),
    ];
  if (answer.status === 401)
    return [
      failed(
        'slack.requests',
        'signature-refused',
        `The desk on PORT ${port} refuses what is signed with SLACK_SIGNING_SECRET.`,
        'It was started with another one: set the one of the app (Basic Information → Signing Secret) and start it again.',
        facts,
      ),
    ];
  const how = answer.status === 0 ? 'it gives no answer' : `HTTP ${answer.status}`;
  return [
    failed(
      'slack.requests',
      'no-endpoint',
      `What listens on PORT ${port} does not take Slack's requests (${how}).`,
      'Stop it and start the desk, without SLACK_APP_TOKEN; or set PORT to where the desk listens.',
      { ...facts, status: answer.status },
    ),
  ];
}

/** Slack describes 50 channels a minute, and the desk itself asks too. */
const MOST_CHANNELS = 30;

/** Whether the desk is in the channels (ids) that have digests. */
export async function channelFindings(
  slack: Pick<SlackPort, 'channel'>,
  channelIds: readonly string[],
): Promise<Finding[]> {
  const check = 'slack.channels';
  if (channelIds.length === 0) return [ok(check, 'no-digests', 'No channel has a digest yet.')];
  const found: Finding[] = [];
  let looked = 0;
  for (const channel of channelIds.slice(0, MOST_CHANNELS)) {
    const described = await slack.channel(channel);
    const trouble = channelTrouble(channel, described);
    if (trouble === 'later') break;
    looked += 1;
    if (trouble) found.push(trouble);
  }
  const left = channelIds.length - looked;
  if (found.length === 0 && looked > 0)
    found.push(
      ok(
        check,
        'in-all',
        `The desk is in ${looked === 1 ? 'the channel' : `the ${looked} channels`} with digests.`,
        {
          count: looked,
        },
      ),
    );
  if (left > 0)
    found.push(
      skipped(check, 'more-channels', `${left} more with digests: Slack describes few a minute.`, {
        count: left,
      }),
    );
  return found;
}

export const CHANNELS_UNKNOWN = skipped(
  'slack.channels',
  'no-database',
  'Not looked at: which channels have digests is in the database.',
);

type Described = Awaited<ReturnType<SlackPort['channel']>>;

function channelTrouble(channel: string, described: Described): Finding | 'later' | null {
  const check = 'slack.channels';
  if ('refused' in described) {
    const { name, message } = described.refused;
    if (name === 'later') return 'later';
    if (name === 'channel_not_found')
      return failed(
        check,
        'channel-hidden',
        `The channel ${channel} has a digest, and Slack does not show it to the desk.`,
        'If it is a private one, invite the desk there; if it is gone, nothing is to be done.',
        { channel },
      );
    return warning(
      check,
      'channel-unknown',
      `Slack does not describe the channel ${channel} (${name}).`,
      message,
      {
        channel,
        name,
      },
    );
  }
  const { member, archived } = described.told;
  if (archived)
    return warning(
      check,
      'channel-archived',
      `The channel ${channel} has a digest, and is archived.`,
      'Remove its digest, or unarchive it.',
      { channel },
    );
  if (member) return null;
  return failed(
    check,
    'not-in-channel',
    `The desk is not in the channel ${channel}, which has a digest.`,
    'Invite it there: /invite @Missed Call Desk',
    { channel },
  );
}
