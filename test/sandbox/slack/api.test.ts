import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, runClient } from './harness.ts';

type Running = Awaited<ReturnType<typeof runClient>>;
let running: Running;
beforeAll(async () => {
  running = await runClient();
});
afterAll(() => running.slack.close());

/** A raw call, as clients other than Slack's own make it. */
async function raw(method: string, init: { body?: string; type?: string; token?: string } = {}) {
  const { slack } = running;
  const response = await fetch(slack.url + method, {
    method: 'POST',
    headers: {
      ...(init.type === undefined ? {} : { 'content-type': init.type }),
      ...(init.token === undefined ? {} : { authorization: `Bearer ${init.token}` }),
    },
    ...(init.body === undefined ? {} : { body: new TextEncoder().encode(init.body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}
const FORM = 'application/x-www-form-urlencoded';

describe('the door of the Web API', () => {
  it('says who the app is', async () => {
    const { slack, client } = running;
    expect(await client.auth.test()).toMatchObject({
      ok: true,
      team_id: slack.teamId,
      user_id: slack.botUserId,
    });
  });

  it('wants a token, and a right one', async () => {
    expect(await raw('auth.test')).toEqual({ ok: false, error: 'not_authed' });
    expect(await raw('auth.test', { token: 'xoxb-somebody-else' })).toMatchObject({ error: 'invalid_auth' });
    const { botToken } = running.slack;
    expect(await raw('auth.test', { type: FORM, body: `token=${botToken}` })).toMatchObject({ ok: true });
  });

  it('does not take the token from a JSON body', async () => {
    const body = JSON.stringify({ token: running.slack.botToken });
    expect(await raw('auth.test', { type: 'application/json', body })).toMatchObject({ error: 'not_authed' });
  });

  it('takes JSON with structures, and a form with structures as text', async () => {
    const token = running.slack.botToken;
    const blocks = [{ type: 'divider' }];
    const json = JSON.stringify({ channel: 'C0SUPPORT', text: 'a', blocks });
    expect(
      await raw('chat.postMessage', { token, type: 'application/json; charset=utf-8', body: json }),
    ).toMatchObject({ ok: true });
    const form = new URLSearchParams({ channel: 'C0SUPPORT', text: 'a', blocks: JSON.stringify(blocks) });
    expect(await raw('chat.postMessage', { token, type: FORM, body: `${form}` })).toMatchObject({ ok: true });
  });

  it('refuses bodies that it cannot read', async () => {
    const token = running.slack.botToken;
    const send = (type: string | undefined, body: string) =>
      raw('auth.test', { token, body, ...(type === undefined ? {} : { type }) });
    expect(await send('application/json', '{')).toMatchObject({ error: 'invalid_json' });
    expect(await send('application/json', '[]')).toMatchObject({ error: 'json_not_object' });
    expect(await send('application/xml', '<a/>')).toMatchObject({ error: 'invalid_post_type' });
    expect(await send(undefined, 'a=b')).toMatchObject({ error: 'missing_post_type' });
  });

  it('knows no other methods', async () => {
    expect(await errorOf(running.client.apiCall('stars.list'))).toBe('unknown_method');
    expect(await errorOf(running.client.apiCall('toString'))).toBe('unknown_method');
  });

  it('keeps bot and app tokens apart', async () => {
    const { slack, client } = running;
    expect(await raw('apps.connections.open', { token: slack.botToken })).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await raw('chat.postMessage', { token: slack.appToken })).toMatchObject({
      error: 'not_allowed_token_type',
    });
    expect(await errorOf(client.auth.test())).toBe('ok');
  });

  it('names the scope that is missing', async () => {
    const { slack, client } = running;
    const { app } = slack.workspace;
    const all = app.scopes;
    app.scopes = ['commands'];
    const refused = await client.chat
      .postMessage({ channel: 'C0SUPPORT', text: 'a' })
      .catch((error) => error.data);
    app.scopes = all;
    expect(refused).toMatchObject({ error: 'missing_scope', needed: 'chat:write', provided: 'commands' });
  });

  it('names an argument that is missing', async () => {
    const refused = await running.client.apiCall('users.info', {}).catch((error) => error.data);
    expect(refused).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: user'] },
    });
  });

  it('records what was called, never the token', async () => {
    const { slack, client } = running;
    await client.chat.postMessage({ channel: 'C0SUPPORT', text: 'for the record' });
    expect(slack.calls.at(-1)).toMatchObject({
      method: 'chat.postMessage',
      args: { text: 'for the record' },
      performed: true,
    });
    expect(JSON.stringify(slack.calls)).not.toContain(slack.botToken);
  });
});

describe('people and groups', () => {
  it('tells the zone, and the locale to those who ask for it', async () => {
    const { client } = running;
    const plain = await client.users.info({ user: 'U0LIWEI01' });
    expect(plain.user).toMatchObject({ real_name: 'Li Wei', tz: 'Asia/Shanghai', tz_offset: 28_800 });
    expect(plain.user).not.toHaveProperty('locale');
    const asked = await client.users.info({ user: 'U0ANASOUZ', include_locale: true });
    expect(asked.user).toMatchObject({ locale: 'pt-BR', tz_offset: -10_800 });
    expect(await errorOf(client.users.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
  });

  it('lists everybody in pages', async () => {
    const { client } = running;
    const first = await client.users.list({ limit: 3 });
    expect(first.members).toHaveLength(3);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.users.list({ limit: 3, cursor });
    expect(second.members?.map((one) => one.is_bot)).toEqual([true]);
    expect(second.response_metadata?.next_cursor).toBe('');
    expect(await errorOf(client.users.list({ cursor: 'made up' }))).toBe('invalid_cursor');
  });

  it('tells who is in a group', async () => {
    const { client } = running;
    const groups = await client.usergroups.list({ include_users: true });
    expect(groups.usergroups).toMatchObject([{ handle: 'managers', users: ['U0ANASOUZ', 'U0TOMBAKE'] }]);
    const members = await client.usergroups.users.list({ usergroup: 'S0MANAGER' });
    expect(members.users).toEqual(['U0ANASOUZ', 'U0TOMBAKE']);
    expect(await errorOf(client.usergroups.users.list({ usergroup: 'S1' }))).toBe('no_such_subteam');
  });

  it('tells of a disabled group only whoever asks for those, too', async () => {
    const { client, slack } = running;
    const [managers] = slack.workspace.groups;
    if (managers) managers.disabled = true;
    expect((await client.usergroups.list()).usergroups).toEqual([]);
    const all = await client.usergroups.list({ include_disabled: true });
    expect(all.usergroups?.map(({ date_delete }) => date_delete)).toEqual([1_446_748_865]);
    const usergroup = 'S0MANAGER';
    expect(await errorOf(client.usergroups.users.list({ usergroup }))).toBe('no_such_subteam');
    expect(await errorOf(client.usergroups.users.list({ usergroup, include_disabled: true }))).toBe('ok');
    if (managers) managers.disabled = false;
  });

  it('tells who runs the workspace', async () => {
    const { client } = running;
    expect((await client.users.info({ user: 'U0ANASOUZ' })).user).toMatchObject({
      is_admin: true,
      is_owner: true,
    });
    expect((await client.users.info({ user: 'U0TOMBAKE' })).user).toMatchObject({ is_admin: false });
  });
});
