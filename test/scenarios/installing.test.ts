import { createHash } from 'node:crypto';
import { describe, expect } from 'vitest';
import type { Granted } from '../../src/calls/granted.ts';
import { branchSeed } from '../../src/sandbox/slack/seed.ts';
import { collectLog } from '../collect-log.ts';
import { browserAt } from './browser.ts';
import { it, type Mode, MR_GREEN, modes } from './scene.ts';

const OFFICE = 'T0OFFICE1';
const BRANCH = 'T0BRANCH1';
const ANA = 'U0ANASOUZ';
const MAX = 'U0MAXWEBER';
const granted = (...all: [string, Granted][]) => ({ others: [branchSeed], workspaces: new Map(all) });

describe.each(modes)('installing the desk, with Slack over %s', (mode: Mode) => {
  it('answers once somebody has allowed it, and is ready before', async ({ openScene }) => {
    const scene = await openScene(mode, { installs: granted([OFFICE, 'any']) });
    const browser = browserAt(scene);
    expect((await browser.get('/readyz')).status).toBe(200);
    const page = await browser.installs(OFFICE, ANA);
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('is installed in Office') });
    scene.misses(MR_GREEN);
    expect(scene.read(await scene.asks('tom', '#support', 'vdn 7 today'))).toContain(MR_GREEN);
  });
});

describe('an installation', () => {
  it('is asked for with the scopes of the manifest, by an address of the desk itself', async ({
    openScene,
  }) => {
    const scene = await openScene('http', { installs: granted([OFFICE, 'any']) });
    const { address, cookie } = await browserAt(scene).begins();
    const asked = new URL(address);
    expect(asked.origin + asked.pathname).toBe(new URL('/oauth/v2/authorize', scene.slack.url).href);
    expect(asked.searchParams.get('redirect_uri')).toBe('https://desk.example.com/slack/oauth_redirect');
    expect(asked.searchParams.get('scope')?.split(',')).toContain('chat:write');
    expect(cookie).toBe(`slack-app-oauth-state=${asked.searchParams.get('state')}`);
  });

  it('is turned away from a workspace that nobody has named, and leaves no token with the desk', async ({
    openScene,
  }) => {
    const scene = await openScene('http', { installs: granted([OFFICE, 'any']) });
    const page = await browserAt(scene).installs(BRANCH, MAX);
    expect(page.status).toBe(403);
    expect(page.text).toContain('The workspace Branch (T0BRANCH1) may not use this desk');
    expect(scene.slack.team(BRANCH).installed).toBe(false);
    expect(scene.slack.calls.map(({ method }) => method)).toContain('auth.revoke');
  });

  it('is refused where tokens expire: nobody would renew them', async ({ openScene }) => {
    const installs = { ...granted([OFFICE, 'any']), tokenRotation: true };
    const scene = await openScene('http', { installs });
    const page = await browserAt(scene).installs(OFFICE, ANA);
    expect(page).toMatchObject({ status: 403, text: expect.stringContaining('token rotation') });
    expect(scene.slack.installed).toBe(false);
  });

  it('can be cancelled, and begun again', async ({ openScene }) => {
    const scene = await openScene('http', { installs: granted([OFFICE, 'any']) });
    const browser = browserAt(scene);
    const { address, cookie } = await browser.begins();
    const back = browser.decides(address, { teamId: OFFICE, userId: ANA, allow: false });
    const page = await browser.returns(back, cookie);
    expect(page.text).toContain('it was cancelled in Slack');
    expect(page.text).toContain('href="install"');
    expect(scene.slack.installed).toBe(false);
  });

  it('belongs to the browser that began it, is good for one return, and is of the desk', async ({
    openScene,
  }) => {
    const scene = await openScene('http', { installs: granted([OFFICE, 'any']) });
    const browser = browserAt(scene);
    const { address, cookie } = await browser.begins();
    const back = browser.decides(address, { teamId: OFFICE, userId: ANA });
    const other = await browser.begins();
    for (const wrong of ['', other.cookie, 'slack-app-oauth-state=made-up'])
      expect((await browser.returns(back, wrong)).status, wrong).toBe(400);
    const made = 'made.up.state';
    const forged = back.replace(/state=[^&]*/, `state=${made}`);
    expect((await browser.returns(forged, `slack-app-oauth-state=${made}`)).status).toBe(400);
    expect(scene.slack.installed).toBe(false);

    expect((await browser.returns(back, cookie)).status).toBe(200);
    expect((await browser.returns(back, cookie)).status).toBe(400);
    // Slack would take a code once only, and was not even asked.
    expect(scene.slack.calls.filter(({ method }) => method === 'oauth.v2.access')).toHaveLength(1);
  });

  it('that Slack does not take says no more than that', async ({ openScene }) => {
    const { log, lines } = collectLog();
    const scene = await openScene('http', { installs: granted([OFFICE, 'any']), log });
    const browser = browserAt(scene);
    const { address, cookie } = await browser.begins();
    const back = browser.decides(address, { teamId: OFFICE, userId: ANA });
    const page = await browser.returns(back.replace(/code=[^&]*/, 'code=not-from-slack'), cookie);
    expect(page).toMatchObject({ status: 502, text: expect.stringContaining('finds the reason in its log') });
    expect(lines.join()).toContain('invalid_code');
    await browser.installs(OFFICE, ANA);
    expect(lines.join()).not.toMatch(/xoxb-|not-from-slack|sandbox-client-secret|code=|state=/);
  });

  it('keeps its address to itself: it loads nothing, is kept nowhere, and tells no other page', async ({
    openScene,
  }) => {
    const scene = await openScene('http', { installs: granted([OFFICE, 'any']) });
    for (const path of ['/slack/install', '/slack/oauth_redirect?code=a&state=b']) {
      const { headers, text } = await browserAt(scene).get(path);
      expect(headers.get('cache-control'), path).toBe('no-store');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      const style = /<style>(?<style>[^<]*)/.exec(text)?.groups?.style ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toMatch(/^default-src 'none'/);
      expect(style === '' || policy.includes(`'sha256-${hash}'`), path).toBe(true);
    }
  });

  it('is read in the language of the browser', async ({ openScene }) => {
    const scene = await openScene('http', { installs: granted([OFFICE, 'any']) });
    const page = await browserAt(scene).get('/slack/oauth_redirect', { 'accept-language': 'zh-TW,zh;q=0.9' });
    expect(page.text).toContain('<html lang="zh-CN">');
    expect(page.text).toContain('请重新开始');
  });
});
