import { App } from '@slack/bolt';
import { APP_TOKEN, BOT_TOKEN } from '../stand-ins/slack-methods.ts';
import { openTable } from './table.ts';

// A bare Bolt app in Socket Mode: what an ack costs when nothing else is done. With a database file as its second argument
// it also decides claims there, by the one statement that it takes, and by nothing else.

const [slackApiUrl = '', file] = process.argv.slice(2);
const app = new App({
  token: BOT_TOKEN,
  appToken: APP_TOKEN,
  socketMode: true,
  // The desk keeps none either.
  convoStore: false,
  clientOptions: { slackApiUrl },
});
const table = file === undefined ? undefined : await openTable(file);

app.command('/missed', async ({ ack }) => {
  await ack();
});
app.action({ type: 'block_actions', action_id: /.*/ }, async ({ ack, action, body }) => {
  await ack();
  if (table && action.type === 'button') await table.claim(Number(action.value?.split('.')[2]), body.user.id);
});
await app.start();
