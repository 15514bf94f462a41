import { describe, expect } from 'vitest';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, MRS_WHITE, MS_BLACK, modes, SALES, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const at = (hours: number, minutes = 0) => MONDAY + hours * HOUR + minutes * MINUTE;

describe.each(modes)('a channel that asked for digests, over %s', { concurrent: true }, (mode) => {
  it('gets its first from the next full hour on: of this hour’s calls, each once', async ({ openScene }) => {
    const { asks, clock, misses, read, readAll, sees } = await openScene(mode, { config });
    misses(MR_GREEN, { at: at(8, 50) });
    misses(MS_BLACK, { at: at(9, 5) });
    const done = await asks('tom', '#support', 'digest hourly');
    expect(done.ephemeralTo).toBeUndefined();
    expect(read(done)).toContain('now gets the missed calls of Support (VDN 7): every hour (UTC)');

    clock.advanceTo(at(10));
    const first = read(await sees('ana', '#support', '1 new call from 1 caller'), 'tom');
    expect(first).toContain('Mon 21 Nov, 09:00–10:00 UTC');
    expect(first).toContain('0102  [Claim]');
    expect(first).not.toContain('0101');
    expect(first).toContain('Digest 1 · To pause it: /missed digest pause 1');

    misses(MRS_WHITE);
    clock.advanceTo(at(11));
    const second = read(await sees('tom', '#support', '10:00–11:00'));
    expect(second).toContain('1 new call from 1 caller');
    expect(second).toContain('0103');
    expect(readAll('tom', '#support')).toHaveLength(3);
  });

  it('hears nothing when nothing is new, and the next one begins where the silent one ended', async ({
    openScene,
  }) => {
    const { asks, clock, cms, misses, read, readAll, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    clock.advanceTo(at(10));
    // The other channel's all-clear comes of the same run.
    await asks('tom', '#sales', 'digest hourly all-clear');
    clock.advanceTo(at(11));
    await sees('tom', '#sales', 'All clear ✓ No new missed calls.');
    misses(MR_GREEN, { at: at(11, 30) });
    clock.advanceTo(at(12));
    expect(read(await sees('tom', '#support', '1 new call'))).toContain('11:00–12:00 UTC');
    expect(readAll('tom', '#support')).toHaveLength(2);
    expect(cms.requests.length).toBeGreaterThanOrEqual(2);
  });

  it('is told of calls that somebody’s question has fetched before', async ({ openScene }) => {
    const { asks, clock, misses, read, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 5) });
    expect(read(await asks('tom', '#support', 'today private'))).toContain('1 call from 1 caller');
    clock.advanceTo(at(10));
    await sees('tom', '#support', '1 new call from 1 caller');
  });

  it('is told once, and so is every other channel', async ({ openScene }) => {
    const { asks, clock, cms, misses, readAll, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    await asks('tom', '#managers', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 5) });
    clock.advanceTo(at(10));
    for (const channel of ['#support', '#managers']) await sees('tom', channel, '1 new call from 1 caller');
    expect(cms.requests).toHaveLength(1);

    misses(MS_BLACK, { at: at(10, 5) });
    clock.advanceTo(at(11));
    for (const channel of ['#support', '#managers']) {
      await sees('tom', channel, '10:00–11:00');
      const told = readAll('tom', channel).join('\n');
      expect(told.match(/0101 /g)).toHaveLength(1);
      expect(told.match(/0102 /g)).toHaveLength(1);
    }
  });

  it('is told of a call that appears late, in the next digest', async ({ openScene }) => {
    const { asks, clock, misses, read, readAll, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 30), appearsAfterMs: 100 * MINUTE });
    misses(MS_BLACK, { at: at(9, 40) });
    clock.advanceTo(at(10));
    expect(read(await sees('tom', '#support', '09:00–10:00'))).toContain('1 new call from 1 caller');
    clock.advanceTo(at(11));
    clock.advanceTo(at(12));
    const late = read(await sees('tom', '#support', /0101 /));
    expect(late).toContain('1 new call from 1 caller');
    const told = readAll('tom', '#support').filter((text) => text.includes('new call'));
    expect(told).toHaveLength(2);
  });

  it('names several VDNs’ digests apart, and each tells its own', async ({ openScene }) => {
    const { asks, clock, misses, read, sees } = await openScene(mode, { config: { vdns: [SUPPORT, SALES] } });
    await asks('tom', '#support', 'digest support hourly');
    await asks('tom', '#support', 'digest sales hourly');
    misses(MR_GREEN, { vdn: 7, at: at(9, 30) });
    misses(MS_BLACK, { vdn: 8, at: at(9, 30) });
    clock.advanceTo(at(10));
    expect(read(await sees('tom', '#support', 'Missed calls: Support'))).toMatch(/0101 [\s\S]*Digest 1/);
    expect(read(await sees('tom', '#support', 'Missed calls: Sales'))).toMatch(/0102 [\s\S]*Digest 2/);
  });
});

describe.each(modes)('who may have digests where, over %s', { concurrent: true }, (mode) => {
  it('a public channel: the desk joins it', async ({ openScene }) => {
    const { asks, read, slack } = await openScene(mode, { config });
    expect(read(await asks('li', '#sales', 'digest hourly'), 'li')).toContain('every hour');
    expect(slack.workspace.isMember(slack.workspace.channel('#sales'))).toBe(true);
  });

  it('a private channel: somebody has to invite the desk first', async ({ openScene }) => {
    const { asks, read, slack } = await openScene(mode, { config });
    const hint = read(await asks('tom', '#private', 'digest hourly'));
    expect(hint).toContain('Please type /invite @missed-call-desk');
    slack.workspace.channel('#private').members.add(slack.botUserId);
    expect(read(await asks('tom', '#private', 'digest hourly'))).toContain('every hour');
  });

  it('a direct message: no', async ({ openScene }) => {
    const { asks, read } = await openScene(mode, { config });
    for (const direct of ['@app', '@ana'])
      expect(read(await asks('tom', direct, 'digest hourly'))).toContain('A digest needs a channel');
  });
});

describe.each(modes)('the commands about digests, over %s', { concurrent: true }, (mode) => {
  it('offer to change the one there is instead of a second one, and the button changes it', async ({
    openScene,
  }) => {
    const { asks, becomes, clock, misses, presses, read, readAll, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    const offer = await asks('tom', '#support', 'digest every 2h all-clear');
    expect(offer.ephemeralTo).toBe('U0TOMBAKE');
    expect(read(offer)).toContain('This channel already has digest 1 for Support (VDN 7): every hour.');
    expect(read(offer)).toContain('Change it to: every 2 hours');

    await presses('tom', offer, 'Change it');
    await becomes('tom', offer, 'Changed. This channel has been told.');
    await sees('ana', '#support', 'Changed. Digest 1 for Support (VDN 7) now comes every 2 hours');
    expect(read(await asks('tom', '#support', 'digest list'))).toContain('every 2 hours');

    misses(MR_GREEN, { at: at(9, 30) });
    clock.advanceTo(at(10));
    expect(read(await sees('tom', '#support', '1 new call'))).toContain('09:00–10:00');
    expect(readAll('ana', '#support')).toHaveLength(3);
  });

  it('change a paused one without starting it, and say so', async ({ openScene }) => {
    const { asks, clock, misses, presses, read, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    await asks('tom', '#support', 'digest pause 1');
    await presses('tom', await asks('tom', '#support', 'digest every 30m'), 'Change it');
    const changed = read(await sees('ana', '#support', 'every 30 min'), 'ana');
    expect(changed).toContain('still paused. To go on: /missed digest resume 1');
    expect(changed).not.toContain('Next one');

    misses(MR_GREEN, { at: at(9, 5) });
    clock.advanceTo(at(9, 40));
    expect(read(await asks('tom', '#support', 'digest resume 1'))).toContain('Next one: today 10:00');
  });

  it('list, pause and resume: a person’s pause leaves out what came meanwhile', async ({ openScene }) => {
    const { asks, clock, misses, read, readAll, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    expect(read(await asks('tom', '#support', 'digest list'))).toMatch(
      /1 · Support \(VDN 7\) · #support · every hour/,
    );
    expect(read(await asks('ana', '#support', 'digest pause 1'))).toContain('is paused');
    expect(read(await asks('tom', '#support', 'digest list'))).toContain('paused · /missed digest resume 1');
    misses(MR_GREEN, { at: at(9, 30) });

    clock.advanceTo(at(10, 20));
    expect(read(await asks('ana', '#support', 'digest resume 1'))).toContain(
      'goes on. Next one: today 11:00',
    );
    misses(MS_BLACK, { at: at(10, 30) });
    clock.advanceTo(at(11));
    const digest = read(await sees('tom', '#support', '1 new call'));
    expect(digest).toContain('0102');
    expect(readAll('ana', '#support').join()).not.toContain('0101');
  });

  it('remove it for good: its number is not given again', async ({ openScene }) => {
    const { asks, read } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    expect(read(await asks('tom', '#support', 'digest remove 1'))).toContain('is removed');
    for (const what of ['pause', 'resume', 'remove', 'now'])
      expect(read(await asks('tom', '#support', `digest ${what} 1`))).toContain('There is no digest 1');
    await asks('tom', '#support', 'digest hourly');
    expect(read(await asks('tom', '#support', 'digest list'))).toMatch(/\n2 · Support/);
  });

  it('tell at once what is new, and leave the schedule alone', async ({ openScene }) => {
    const { asks, clock, misses, read, readAll, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    expect(read(await asks('tom', '#support', 'digest now 1'))).toContain('Nothing new for Support (VDN 7)');
    misses(MR_GREEN);
    expect(read(await asks('ana', '#support', 'digest now 1'), 'ana')).toContain('is on its way');
    expect(read(await sees('tom', '#support', '1 new call'))).toContain(
      'asked for with /missed digest now 1',
    );

    misses(MS_BLACK, { at: at(9, 30) });
    clock.advanceTo(at(10));
    const next = read(await sees('tom', '#support', /0102 /));
    expect(next).toContain('1 new call from 1 caller');
    expect(readAll('li', '#support')).toHaveLength(3);
  });

  it('know nothing of another channel’s', async ({ openScene }) => {
    const { asks, read } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    expect(read(await asks('tom', '#managers', 'digest remove 1'))).toContain('There is no digest 1');
    expect(read(await asks('tom', '#managers', 'digest list'))).toContain('There are no digests yet');
  });
});
