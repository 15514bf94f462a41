import { WebClient } from '@slack/web-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OAuthOptions } from '../../../src/sandbox/slack/oauth.ts';
import { branchSeed } from '../../../src/sandbox/slack/seed.ts';
import { errorOf, quiet, runClient } from './harness.ts';

const CLIENT = { client_id: '1.2', client_secret: 'a client secret of tests' };
const BACK = 'http://127.0.0.1:9/slack/oauth_redirect';

async function open(options: Partial<OAuthOptions> = {}) {
  const running = await runClient({
    others: [branchSeed],
    oauth: { clientId: '1.2', clientSecret: CLIENT.client_secret, redirectUrls: [BACK], ...options },
  });
  const { slack } = running;
  onTestFinished(() => slack.close());
  const asking = { slackApiUrl: slack.url, retryConfig: { retries: 0 }, logger: quiet };
  const address = (changed: Record<string, string> = {}) =>
    `/oauth/v2/authorize?${new URLSearchParams({ client_id: '1.2', scope: 'commands,chat:write', state: 's', redirect_uri: BACK, ...changed })}`;
  const allow = (teamId: string, allowed = true) =>
    new URL(slack.oauth.decide(address(), { allow: allowed, teamId, userId: 'U0ANASOUZ' })).searchParams;
  return {
    ...running,
    address,
    allow,
    code: (teamId: string) => allow(teamId).get('code') ?? '',
    access: (args: Record<string, string>) =>
      new WebClient(undefined, asking).oauth.v2.access({ ...CLIENT, redirect_uri: BACK, ...args }),
    as: (token: string) => new WebClient(token, asking),
  };
}

describe('installing an app', () => {
  it('gives a token for a code, of the workspace that allowed it, once', async () => {
    const { slack, access, code, as } = await open();
    expect(slack.installed).toBe(false);
    const given = await access({ code: code('T0BRANCH1') });
    expect(given).toMatchObject({ team: { id: 'T0BRANCH1', name: 'Branch' }, scope: 'commands,chat:write' });
    expect(await as(given.access_token ?? '').auth.test()).toMatchObject({ team_id: 'T0BRANCH1' });
    expect(slack.team('T0BRANCH1').installed).toBe(true);
    expect(slack.installed).toBe(false);
    expect(JSON.stringify(slack.calls)).not.toMatch(/xoxb-|a client secret/);
  });

  it('takes a code once, for ten minutes, from the app that it was given to, with the same redirect_uri', async () => {
    const { access, code, clock } = await open();
    const used = code('T0OFFICE1');
    expect(await errorOf(access({ code: used, client_secret: 'wrong' }))).toBe('bad_client_secret');
    expect(await errorOf(access({ code: used, client_id: '9.9' }))).toBe('invalid_client_id');
    expect(await errorOf(access({ code: used, redirect_uri: `${BACK}/other` }))).toBe('bad_redirect_uri');
    expect(await errorOf(access({ code: 'made-up' }))).toBe('invalid_code');
    expect(await errorOf(access({ code: used }))).toBe('ok');
    expect(await errorOf(access({ code: used }))).toBe('code_already_used');
    const late = code('T0OFFICE1');
    clock.move(10 * 60_000 + 1);
    expect(await errorOf(access({ code: late }))).toBe('code_expired');
  });

  it('sends no browser to an address that the app has not named', async () => {
    const { slack, address } = await open();
    const decision = { allow: true, teamId: 'T0OFFICE1', userId: 'U0ANASOUZ' };
    for (const redirect_uri of ['https://evil.example/', `${BACK}.evil.example/`, 'http://127.0.0.1:9/'])
      expect(() => slack.oauth.decide(address({ redirect_uri }), decision), redirect_uri).toThrow(
        'bad_redirect_uri',
      );
  });

  it('brings the state back as it was, also where somebody cancels', async () => {
    const { allow } = await open();
    expect(allow('T0OFFICE1').get('state')).toBe('s');
    expect(Object.fromEntries(allow('T0OFFICE1', false))).toEqual({ error: 'access_denied', state: 's' });
  });

  it('lets a person choose on a page', async () => {
    const { slack, address } = await open();
    const page = new URL(address(), slack.url).href;
    expect(await (await fetch(page)).text()).toContain('<option value="T0BRANCH1 U0MAXWEBER">');
    const body = new URLSearchParams({ who: 'T0BRANCH1 U0MAXWEBER', decision: 'allow' });
    const response = await fetch(page, { method: 'POST', body, redirect: 'manual' });
    expect(response.headers.get('location')).toMatch(
      /^http:\/\/127\.0\.0\.1:9\/slack\/oauth_redirect\?code=/,
    );
    expect((await fetch(new URL(address({ client_id: '9.9' }), slack.url))).status).toBe(400);
  });

  it('knows a token no more that was revoked, or whose app was taken out, and gives another one later', async () => {
    const { slack, access, code, as } = await open();
    const tokenOf = async () => (await access({ code: code('T0OFFICE1') })).access_token ?? '';
    const first = await tokenOf();
    expect(await tokenOf()).toBe(first);
    expect(await as(first).auth.revoke({ test: true })).toMatchObject({ revoked: false });
    expect(await as(first).auth.revoke()).toMatchObject({ revoked: true });
    expect(await errorOf(as(first).auth.test())).toBe('token_revoked');
    await expect(slack.as('tom').command('#support', '/missed', 'help')).rejects.toThrow('not installed');
    const second = await tokenOf();
    expect(second).not.toBe(first);
    await slack.uninstall();
    expect(await errorOf(as(second).auth.test())).toBe('token_revoked');
    expect(await errorOf(as('xoxb-of-nobody').auth.test())).toBe('invalid_auth');
  });
});
