import { afterEach, expect, it } from 'vitest';
import type { Slack } from '../../../src/sandbox/slack/slack.ts';
import { runClient } from './harness.ts';

let slack: Slack;
afterEach(() => slack.close());

async function open() {
  const run = await runClient();
  slack = run.slack;
  return run.client;
}
const errorOf = (call: Promise<unknown>) =>
  call.then(String, (error: { data?: { error?: string } }) => error.data?.error);

it('takes a file in three steps, and shows it where that is asked for', async () => {
  const client = await open();
  await client.files.uploadV2({ channel_id: 'D0TOMBAKE', filename: 'a.csv', content: 'a,b\r\n时\r\n' });
  const [message] = slack.as('tom').messages('@app');
  expect(message?.files).toMatchObject([{ id: 'F0UPLOAD001', name: 'a.csv' }]);
  expect(String(slack.workspace.files.get('F0UPLOAD001')?.content)).toBe('a,b\r\n时\r\n');
});

it('refuses what Slack refuses', async () => {
  const client = await open();
  const get = (length: number) => client.files.getUploadURLExternal({ filename: 'a.csv', length });
  expect(await errorOf(get(0))).toBe('invalid_arguments');
  const { upload_url: url = '', file_id: id = '' } = await get(3);
  const complete = (channel_id = 'D0TOMBAKE') =>
    client.files.completeUploadExternal({ files: [{ id }], channel_id });
  expect(await errorOf(complete())).toBe('file_upload_not_found');
  expect((await fetch(url, { method: 'POST', body: 'too long' })).status).toBe(400);
  expect((await fetch(`${url}x`, { method: 'POST', body: 'abc' })).status).toBe(404);
  expect((await fetch(url, { method: 'POST', body: 'abc' })).status).toBe(200);
  expect((await fetch(url, { method: 'POST', body: 'abc' })).status).toBe(400);
  expect(await errorOf(complete('C0SALES01x'))).toBe('channel_not_found');
  await complete();
  expect(await errorOf(complete())).toBe('file_not_found');
  slack.workspace.app.scopes.splice(0);
  expect(await errorOf(get(3))).toBe('missing_scope');
});
