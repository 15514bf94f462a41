import { describe, expect } from 'vitest';
import { documentedVdn, huge } from '../../src/sandbox/cms/scenarios.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, MS_BLACK, modes, SALES, SUPPORT } from './scene.ts';

// One after the other: these are measured.
describe.each(modes)('a question, by the clock, over %s', (mode) => {
  it('is answered within two seconds, with the documented calls as they are documented', async ({
    openScene,
  }) => {
    const { asks, read } = await openScene(mode, {
      seed: 1,
      config: { vdns: [{ number: documentedVdn, name: null, timeZone: 'UTC', country: null }] },
    });
    const began = performance.now();
    const answer = await asks('tom', '#support', 'vdn 159 2022-11-17');
    expect(performance.now() - began).toBeLessThan(2_000);

    const lines = read(answer).split('\n');
    expect(lines[1]).toBe('Missed calls: VDN 159');
    expect(lines[2]).toBe("Thu 17 Nov UTC (the VDN's time)");
    expect(lines[3]).toBe(
      '2 calls from 2 callers · longest wait 12 s · median 8 s · 2 still open  [Ask more]',
    );
    expect(lines.slice(4, 10)).toEqual([
      '  Times below are in your own time zone.',
      '88880990 · answer on Web  [Claim]',
      '17 Nov 2022 00:13 · 4 days ago · waited 4 s · called 31045665',
      '1659960139858526939 · answer on Web  [Claim]',
      '17 Nov 2022 23:44 · 3 days ago · waited 12 s · called 6300111010',
      '[Claim next]',
    ]);
    expect(lines[10]).toContain('Asked by @Tom Baker: /missed vdn 159 2022-11-17');
    expect(answer.ephemeralTo).toBeUndefined();
  });

  it('copes with a day of 12,000 calls, and stays within what Slack takes', async ({ openScene }) => {
    const { asks, read, slack } = await openScene(mode, { seed: 1 });
    const answer = await asks('tom', '#support', `${huge.vdn} 2022-11-20`);
    expect(read(answer)).toMatch(/^12,000 calls from 5,\d{3} callers/m);
    expect(slack.calls.filter(({ error }) => error !== undefined)).toEqual([]);
  });
});

describe.each(modes)('a question in a channel, over %s', { concurrent: true }, (mode) => {
  it('lists a caller once, the one who has waited longest for a callback first', async ({ openScene }) => {
    const { asks, misses, read } = await openScene(mode, { config: { vdns: [SUPPORT] } });
    misses(MS_BLACK, { at: MONDAY + 8 * HOUR });
    misses(MR_GREEN, { at: MONDAY + 7 * HOUR });
    misses(MR_GREEN, { at: MONDAY + 9 * HOUR });
    misses('', { at: MONDAY + 6 * HOUR });

    const said = read(await asks('tom', '#support', 'today'));
    expect(said).toContain(
      '4 calls from 2 callers · longest wait 30 s · median 30 s · 2 still open · 1 without a number',
    );
    expect(said).toMatch(/0101 · 2 calls {2}\[Claim\]\nlatest today 08:59 .*\n.*0102 {2}\[Claim\]/);
    expect(said).toMatch(/No number shown\n/);
  });

  it('lists who called most often first, where that is asked', async ({ openScene }) => {
    const { asks, misses, read } = await openScene(mode, { config: { vdns: [SUPPORT] } });
    misses(MS_BLACK, { at: MONDAY + 7 * HOUR });
    misses(MR_GREEN, { at: MONDAY + 8 * HOUR });
    misses(MR_GREEN, { at: MONDAY + 9 * HOUR });
    expect(read(await asks('tom', '#support', 'today'))).toMatch(/0102 [\s\S]*0101 /);
    const said = read(await asks('li', '#support', 'today repeat first'));
    expect(said).toMatch(/Repeat callers first\n[\s\S]*0101 · 2 calls[\s\S]*0102 /);
    expect(read(await asks('li', '#support', 'today 重复优先'))).toMatch(/0101 · 2 calls[\s\S]*0102 /);
  });

  it('turns its pages in the message itself', async ({ openScene }) => {
    const { asks, becomes, cms, presses, slack } = await openScene(mode, { config: { vdns: [SUPPORT] } });
    cms.calls.burst({ vdn: 7, count: 23 });
    const first = await asks('tom', '#support', 'today');
    await becomes('tom', first, '1–10 of 23');

    await presses('ana', first, 'Next →');
    const second = await becomes('tom', first, '11–20 of 23');
    await presses('ana', second, 'Next →');
    const third = await becomes('tom', first, '21–23 of 23');
    await expect(slack.as('tom').click(third, 'Next →')).rejects.toThrow('Nothing called Next →');
    await presses('tom', third, '← Prev');
    await becomes('ana', first, '11–20 of 23');
    expect(slack.as('tom').messages('#support')).toHaveLength(1);
  });

  it('knows VDNs by name, and by nothing where there is only one', async ({ openScene }) => {
    const { asks, misses, read } = await openScene(mode, { config: { vdns: [SUPPORT] } });
    misses(MR_GREEN);
    expect(read(await asks('tom', '#support', 'ｓｕｐｐｏｒｔ today'))).toContain('Support (VDN 7)');
    expect(read(await asks('tom', '#support', 'today'))).toContain('Support (VDN 7)');
    expect(read(await asks('tom', '#support', '8 today'))).toContain('I know Support (VDN 7)');
  });

  it('means the VDN that the channel has a digest of, and asks where that is not clear', async ({
    openScene,
  }) => {
    const { asks, read } = await openScene(mode, { config: { vdns: [SUPPORT, SALES] } });
    const unclear = read(await asks('tom', '#support', 'today'));
    expect(unclear).toContain('Which VDN? Please name one: Support (VDN 7), Sales (VDN 8).');
    await asks('tom', '#support', 'digest vdn 8 hourly');
    expect(read(await asks('tom', '#support', 'today'))).toContain('Missed calls: Sales (VDN 8)');
  });

  it('may be about any VDN where none is named', async ({ openScene }) => {
    const { asks, misses, read } = await openScene(mode);
    misses(MR_GREEN, { vdn: 4711 });
    expect(read(await asks('tom', '#support', '4711 today'))).toContain('1 call from 1 caller');
    expect(read(await asks('tom', '#support', 'today'))).toContain('Please give its number');
  });

  it('points at the word that it does not understand, and names the nearest', async ({ openScene }) => {
    const { asks, read } = await openScene(mode);
    const answer = await asks('tom', '#support', '159 yestreday');
    expect(answer.ephemeralTo).toBe('U0TOMBAKE');
    const said = read(answer);
    expect(said).toMatch(/\n159 yestreday\n {4}\^{9}\n/);
    expect(said).toContain('Did you mean yesterday?');
  });

  it('explains itself to who asks for help, in that language', async ({ openScene }) => {
    const { asks, read } = await openScene(mode);
    const help = await asks('tom', '#support', 'help');
    expect(help.ephemeralTo).toBe('U0TOMBAKE');
    expect(read(help)).toContain('/missed digest');
    expect(read(await asks('li', '#support', 'help'), 'li')).toContain('未接来电');
  });

  it("filters by state, wait and number, as Slack's client sends it", async ({ openScene }) => {
    const { asks, misses, presses, becomes, read } = await openScene(mode, { config: { vdns: [SUPPORT] } });
    misses(MR_GREEN);
    misses(MS_BLACK);
    const all = await asks('tom', '#support', 'today');
    await presses('tom', all, 'Claim');
    await becomes('tom', all, 'Claimed by @Tom Baker');
    expect(read(await asks('tom', '#support', 'today claimed private'))).toContain('1 call from 1 caller');
    expect(read(await asks('tom', '#support', 'today wait>29s private'))).toContain('2 calls from 2 callers');
    expect(read(await asks('tom', '#support', 'today wait>30s private'))).toContain('No missed calls match');
    expect(read(await asks('tom', '#support', 'today caller *0102 private'))).toContain(
      '1 call from 1 caller',
    );
  });

  it('that is slow says so first, and the answer takes its place', async ({ openScene }) => {
    const { asksPatiently, becomes, cms, misses, slack } = await openScene(mode, {
      config: { vdns: [SUPPORT] },
    });
    misses(MR_GREEN);
    cms.faults.add({ kind: 'slow', ms: 1_200 });
    const asking = await asksPatiently('tom', '#support', 'today');
    const answer = await becomes('tom', asking, '1 call from 1 caller');
    expect(answer.ts).toBe(asking.ts);
    expect(slack.as('tom').messages('#support')).toHaveLength(1);
  });

  it('that Slack does not let the desk post is answered to the asker alone', async ({ openScene }) => {
    const { asks, misses, read, slack } = await openScene(mode, { config: { vdns: [SUPPORT] } });
    misses(MR_GREEN);
    slack.faults.add({ kind: 'error', method: 'chat.postMessage', error: 'restricted_action' });
    const answer = await asks('tom', '#support', 'today');
    expect(answer.ephemeralTo).toBe('U0TOMBAKE');
    expect(read(answer)).toContain('1 call from 1 caller');
  });

  it("is told of in the channel's language", async ({ openScene }) => {
    const { asks, misses, read } = await openScene(mode, { config: { vdns: [SUPPORT], language: 'zh-CN' } });
    misses(MR_GREEN, { at: MONDAY + 8 * HOUR + 59 * MINUTE });
    expect(read(await asks('tom', '#support', 'today'))).toContain('1 个来电');
    expect(read(await asks('tom', '#support', 'today private'))).toContain('1 call from 1 caller');
  });
});
