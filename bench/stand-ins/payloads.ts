import { TEAM } from './slack-methods.ts';

interface Place {
  channelId: string;
  userId: string;
  responseUrl: string;
}

/** `/missed TEXT`, as Slack sends it. */
export const command = (text: string, { channelId, userId, responseUrl }: Place) => ({
  token: 'bench',
  team_id: TEAM,
  team_domain: 'bench',
  channel_id: channelId,
  channel_name: 'bench',
  user_id: userId,
  user_name: 'ana',
  command: '/missed',
  text,
  api_app_id: 'A0BENCH',
  is_enterprise_install: 'false',
  response_url: responseUrl,
  trigger_id: '1.2.3',
});

/** A click on a button of a message, as Slack sends it; the message is as large as one with ten callers. */
export const click = (
  { actionId, value, ts }: { actionId: string; value: string; ts: string },
  { channelId, userId, responseUrl }: Place,
) => ({
  type: 'block_actions',
  user: { id: userId, username: 'ana', name: 'ana', team_id: TEAM },
  api_app_id: 'A0BENCH',
  token: 'bench',
  team: { id: TEAM, domain: 'bench' },
  enterprise: null,
  is_enterprise_install: false,
  container: { type: 'message', message_ts: ts, channel_id: channelId, is_ephemeral: false },
  trigger_id: '1.2.3',
  channel: { id: channelId, name: 'bench' },
  message: { type: 'message', ts, user: 'U0BENCHBOT', text: 'Missed calls', blocks: MESSAGE_BLOCKS },
  state: { values: {} },
  response_url: responseUrl,
  actions: [
    {
      type: 'button',
      action_id: actionId,
      block_id: 'b1',
      value,
      text: { type: 'plain_text', text: 'Claim', emoji: true },
      action_ts: ts,
    },
  ],
});

const MESSAGE_BLOCKS = Array.from({ length: 10 }, (_, row) => ({
  type: 'section',
  block_id: `row${row}`,
  text: {
    type: 'mrkdwn',
    text: `*+86 138 0000 000${row}* · 3 calls · waited up to 1 min 20 s · last at 14:03`,
  },
  accessory: {
    type: 'button',
    action_id: `claim:${row}`,
    text: { type: 'plain_text', text: 'Claim', emoji: true },
    value: '1.2.3.4.5',
  },
}));
