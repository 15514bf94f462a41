import { describe, expect } from 'vitest';
import { LI, MANAGERS, only, restrict } from './rights-scene.ts';
import { HOUR, it, MR_GREEN, MS_BLACK, modes, OPENING, SALES, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT, SALES] };

describe.each(modes)('the question as a form, over %s', { concurrent: true }, (mode) => {
  it('opens from anywhere, and answers its asker in a direct message', async ({ openScene }) => {
    const { hasForm, misses, presses, becomes, sees, slack, submits } = await openScene(mode, { config });
    misses(MR_GREEN);
    expect((await slack.as('tom').shortcut('missed-calls')).status).toBe('acked');
    await hasForm('tom', 'Only these calls');
    expect(await submits('tom', { vdn: '7' })).toEqual({});
    const answer = await sees('tom', '@app', '1 call from 1 caller');
    expect(answer.ephemeralTo).toBeUndefined();
    await presses('tom', answer, 'Claim');
    await becomes('tom', answer, 'Claimed by @Tom Baker');
    expect(slack.as('tom').views).toEqual([]);
  });

  it('answers in a channel where that is chosen, with the filters', async ({ openScene }) => {
    const { hasForm, misses, read, sees, slack, submits } = await openScene(mode, { config });
    misses(MR_GREEN, { at: OPENING - 2 * HOUR });
    misses(MS_BLACK);
    await slack.as('tom').shortcut('missed-calls');
    await hasForm('tom', 'Only these calls');
    await submits('tom', { vdn: '7', range: 'last hour', filter: 'open wait>10s', channel: 'C0SUPPORT' });
    const answer = await sees('ana', '#support', '1 call from 1 caller');
    expect(read(answer)).toContain('/missed vdn 7 last hour open wait>10s');
  });

  it('says at its field what is wrong there, and asks nothing', async ({ openScene }) => {
    const { cms, hasForm, picks, slack, submits } = await openScene(mode, { config });
    await slack.as('tom').shortcut('missed-calls');
    await hasForm('tom', 'Only these calls');
    await picks('tom', 'ask-range:1', 'other');
    const wrong = (entries: Record<string, string | null>) => submits('tom', { vdn: '7', ...entries });
    expect(await wrong({ other: 'tomorow' })).toEqual({ other: expect.stringContaining('tomorow') });
    expect(await wrong({ other: 'open' })).toEqual({ other: expect.stringContaining('since 9:00') });
    expect(await wrong({ other: 'vdn 8 today' })).toEqual({ other: expect.stringContaining('Only a time') });
    expect(await wrong({ other: 'help' })).toEqual({ other: expect.stringContaining('help') });
    expect(await wrong({ other: '2030-01-01' })).toEqual({ other: expect.any(String) });
    expect(await wrong({ other: 'today', filter: 'wait>x' })).toEqual({ filter: expect.any(String) });
    expect(await wrong({ other: 'today', filter: 'yesterday' })).toEqual({
      filter: expect.stringContaining('Only filters'),
    });
    const at = (channel: string) => wrong({ other: 'today', filter: null, channel });
    expect(await at('C0SALES01')).toEqual({ channel: expect.stringContaining('Invite me') });
    expect(await at('C0PARTNER')).toEqual({ channel: expect.stringContaining('shared') });
    expect(cms.requests).toEqual([]);
  });

  it('takes any number where no VDN has a name, in the words of whoever asks', async ({ openScene }) => {
    const { hasForm, misses, sees, slack, submits } = await openScene(mode);
    misses(MR_GREEN);
    await slack.as('li').shortcut('missed-calls');
    await hasForm('li', '只看这些来电');
    await submits('li', { vdn: '7' });
    await sees('li', '@app', '1 个来电');
  });

  it('opens from an answer with what that is about, and answers beside it, to its asker alone', async ({
    openScene,
  }) => {
    const { asks, hasForm, misses, presses, read, readAll, sees, slack, submits } = await openScene(mode, {
      config,
    });
    misses(MR_GREEN);
    const answer = await asks('ana', '#support', '7 last 30m');
    await presses('tom', answer, 'Ask more');
    expect(await hasForm('tom', /from 2022-11-21 08:4\d to 2022-11-21 09:1\d/)).toContain('Support (VDN 7)');
    misses(MS_BLACK);
    await submits('tom', { filter: 'caller *0102' });
    const own = await sees('tom', '#support', 'Only: caller');
    expect(own.ephemeralTo).toBe('U0TOMBAKE');
    expect(read(own)).toContain('1 call from 1 caller');
    expect(readAll('ana', '#support')).toHaveLength(1);
    expect(slack.as('tom').messages('@app')).toEqual([]);
  });

  it('opens from an answer about today, or yesterday, with just that', async ({ openScene }) => {
    const { asks, hasForm, misses, presses, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    await presses('tom', await asks('ana', '#support', '7 today'), 'Ask more');
    expect(await hasForm('tom', 'When: [Today')).not.toContain('From when to when');
    await slack.as('tom').closeView();
    await presses('tom', await asks('ana', '#support', '7 yesterday'), 'Ask more');
    await hasForm('tom', 'When: [Yesterday');
  });

  it('opens from a digest, with its hour', async ({ openScene }) => {
    const { asks, clock, hasForm, misses, presses, sees, submits } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest 7 hourly');
    misses(MR_GREEN);
    clock.advanceTo(OPENING + 50 * 60_000);
    const digest = await sees('tom', '#support', '1 new call');
    await presses('tom', digest, 'Ask more');
    await hasForm('tom', /from 2022-11-21 09:00 to 2022-11-21 10:0\d/);
    await submits('tom', { filter: 'open' });
    await sees('tom', '#support', 'Only: open');
  });
});

describe('who may ask with a form', () => {
  it('chooses among the VDNs that they may see, and cannot ask another by pressing what others see', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene('http', { config: { ...config, databaseUrl } });
    const { asks, cms, hasForm, misses, presses, sees, slack, submits } = scene;
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', '7 today');
    await restrict(scene, SUPPORT.number, { see: MANAGERS });
    await slack.as('li').shortcut('missed-calls');
    const form = await hasForm('li', 'VDN');
    expect(form).toContain('Sales (VDN 8)');
    expect(form).not.toContain('Support');
    await slack.as('li').closeView();
    await presses('li', answer, 'Ask more');
    await sees('li', '#support', '可以查看 VDN 7 的来电');
    expect(slack.as('li').views).toEqual([]);

    await slack.as('tom').shortcut('missed-calls');
    await hasForm('tom', 'VDN');
    const before = cms.requests.length;
    // Meanwhile somebody takes the right away.
    await restrict(scene, SUPPORT.number, { see: only({ userIds: [LI] }) });
    expect(await submits('tom', { vdn: '7' })).toEqual({});
    await hasForm('tom', 'Only Li Wei may see the calls of VDN 7.');
    expect(cms.requests).toHaveLength(before);
  });
});
