import { describe, expect } from 'vitest';
import { it, modes, SALES, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT, SALES] };

describe.each(modes)('/missed health over %s', (mode) => {
  it('tells an admin in private how the desk is, and nobody else sees it', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const text = scene.read(await scene.asks('ana', '#support', 'health'), 'ana');
    expect(text).toContain('The desk is well');
    expect(text).toContain('2 VDNs answer');
    expect(scene.readAll('tom', '#support')).toEqual([]);
  });

  it('refuses others politely, and asks the contact centre nothing for them', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const text = scene.read(await scene.asks('tom', '#support', 'health'));
    expect(text).toContain('Only workspace admins are told');
    expect(scene.cms.requests).toEqual([]);
  });
});

describe('what is wrong', () => {
  it('is told with what to do: a missing scope, a channel without the desk, a VDN that may not be asked, the clock', async ({
    openScene,
  }) => {
    const scene = await openScene('socket', { config });
    await scene.asks('tom', '#support', 'digest 7 hourly');
    const { workspace } = scene.slack;
    workspace.channel('#support').members.delete(scene.slack.botUserId);
    workspace.app.scopes.splice(workspace.app.scopes.indexOf('im:write'), 1);
    scene.cms.faults.add(
      { kind: 'return-code', returnCode: '401', returnDesc: 'no right' },
      { vdn: SALES.number },
    );
    scene.cms.faults.add({ kind: 'clock-off', seconds: 200 });

    const text = scene.read(await scene.asks('ana', '#sales', 'health'), 'ana');
    expect(text).toContain('4 things are wrong with the desk');
    expect(text).toContain('im:write');
    expect(text).toContain('The desk is not in #support, which has a digest.');
    expect(text).toContain('Sales (VDN 8): The contact centre refused the question: no right (401).');
    expect(text).toMatch(/differ by (?:19\d|20\d) s/);
  });

  it('is told in the language of whoever asks', async ({ openScene }) => {
    const scene = await openScene('socket', { config });
    scene.slack.workspace.person('li').role = 'admin';
    scene.cms.faults.add({ kind: 'status', status: 403 });
    const text = scene.read(await scene.asks('li', '#support', 'health'), 'li');
    expect(text).toContain('本应用有 1 处问题');
    expect(text).toContain('呼叫中心不允许本应用访问。');
  });

  it('leaves the question about a VDN of that name alone', async ({ openScene }) => {
    const health = { ...SUPPORT, name: 'Health' };
    const scene = await openScene('socket', { config: { vdns: [health] } });
    expect(scene.read(await scene.asks('tom', '#support', 'health today'))).toContain('Health');
  });
});
