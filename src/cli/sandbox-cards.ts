import type { DeliveryOptions, Slack } from '../sandbox/slack/slack.ts';

/** What one needs to start a desk on this stand-in Slack, and to act in it. */
export function slackCard(slack: Slack, delivery: DeliveryOptions): string {
  const origin = new URL(slack.url).origin;
  const { people, channels } = slack.workspace;
  const handles = [...people.values()].map(({ handle }) => handle).join(', ');
  const names = [...channels.values()].filter(({ kind }) => kind !== 'im').map(({ name }) => `#${name}`);
  const hearing =
    delivery.mode === 'socket'
      ? [`export SLACK_APP_TOKEN=${slack.appToken}`]
      : [`export SLACK_SIGNING_SECRET='${delivery.signingSecret.replaceAll("'", "'\\''")}'`];
  return `The stand-in Slack listens on ${origin}. People: ${handles}. Channels: ${names.join(', ')}.

A desk in another terminal takes it for Slack with these; it needs a contact centre too
(npm run sandbox -- --only cms):

  export SLACK_API_URL=${slack.url}
  export SLACK_BOT_TOKEN=${slack.botToken}
  ${hearing.join('\n  ')}
  npm start

Type a command, read the channel, click a button (docs/sandbox.md has the rest):

  ${post(origin, 'command', { as: 'tom', channel: '#support', command: '/missed', text: 'vdn 161 today' })}
  curl '${origin}/_sandbox/messages?as=tom&channel=support'
  ${post(origin, 'click', { as: 'tom', channel: '#support', ts: 'TS OF THE MESSAGE', button: 'Claim' })}

Ctrl+C ends it.`;
}

/** What one needs to start a desk on this stand-in contact centre, and to have somebody call. */
export function contactCentreCard(url: string, keys: { accessKey: string; secretKey: string }): string {
  return `The stand-in contact centre listens on ${url}. VDN 159 holds the documented sample of 2022-11-17;
160 is quiet, 161 busy, 162 has 12,000 calls a day.

A desk in another terminal asks it with these, of which the last one keeps the sample of 2022; it needs
a Slack too (npm run sandbox -- --only slack):

  export CMS_URL=${url}
  export CMS_ACCESS_KEY=${keys.accessKey}
  export CMS_SECRET_KEY=${keys.secretKey}
  export CMS_CC_ID=1
  npm start

Have somebody call in vain, have them called back, break it, mend it (docs/sandbox.md has the rest):

  ${post(url, 'ring', { vdn: 159, callerNo: '442079460101', waitMs: 45000 })}
  ${post(url, 'call-out', { vdn: 159, calleeNo: '442079460101' })}
  ${post(url, 'fault', { fault: { kind: 'status', status: 503 } })}
  ${post(url, 'clear', { faults: true })}

Ctrl+C ends it.`;
}

const post = (origin: string, what: string, body: object) =>
  `curl ${origin}/_sandbox/${what} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
