import { describe, expect } from 'vitest';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, MRS_WHITE, MS_BLACK, modes, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const at = (hours: number, minutes = 0) => MONDAY + hours * HOUR + minutes * MINUTE;

describe.each(modes)('digests in bad times, over %s', { concurrent: true }, (mode) => {
  it('say once that there is no data, at the third failure, and once that it is back, with all that was missed', async ({
    openScene,
  }) => {
    const { asks, clock, cms, fliesUntil, misses, read, readAll, sees, slack } = await openScene(mode, {
      config,
    });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 30) });
    cms.faults.add({ kind: 'status', status: 500 });
    clock.advanceTo(at(10));
    await fliesUntil(() => cms.requests.length >= 2, MINUTE);
    expect(readAll('tom', '#support')).toHaveLength(1);
    await fliesUntil(() => cms.requests.length >= 3, MINUTE);
    const notice = read(await sees('tom', '#support', 'No data since'));
    expect(notice).toContain('⚠️ No data since today 09:00: Support (VDN 7)');
    expect(notice).toContain('The contact centre did not answer. I keep trying.');
    await fliesUntil(() => cms.requests.length >= 4, MINUTE);

    misses(MS_BLACK);
    cms.faults.clear();
    await fliesUntil(
      () => readAll('tom', '#support').join('\n').includes('✓ Data again: Support (VDN 7)'),
      MINUTE,
    );
    const digest = read(await sees('tom', '#support', '2 new calls from 2 callers'));
    expect(digest).toMatch(/The contact centre gave no data for .*, since today 09:00\./);
    expect(readAll('tom', '#support')).toHaveLength(4);
    expect(slack.calls.filter(({ error }) => error)).toEqual([]);
  });

  it('repeat nothing and lose nothing when the desk is started anew in between', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene(mode, { config: { ...config, databaseUrl } });
    const { asks, clock, misses, read, readAll, restartDesk, sees } = scene;
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 30) });
    clock.advanceTo(at(10));
    await sees('tom', '#support', '1 new call');

    misses(MS_BLACK, { at: at(10, 1) });
    await restartDesk();
    expect(read(await asks('tom', '#support', 'digest list'))).toContain('every hour');
    clock.advanceTo(at(11));
    const second = read(await sees('tom', '#support', '10:00–11:00'));
    expect(second).toContain('1 new call from 1 caller');
    expect(second).toContain('0102');
    expect(second).not.toContain('⚠️');
    expect(readAll('ana', '#support')).toHaveLength(3);
  });

  it('tell what came while the desk was away, in one message that says so', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene(mode, { config: { ...config, databaseUrl } });
    const { asks, clock, misses, read, readAll, restartDesk, sees } = scene;
    await asks('tom', '#support', 'digest hourly');
    clock.advanceTo(at(9, 20));
    await restartDesk(() => {
      for (const hour of [9, 10, 11, 12]) misses(MR_GREEN, { at: at(hour, 30) });
      misses(MRS_WHITE, { at: at(11, 45) });
      clock.advanceTo(at(13, 20));
    });
    const digest = read(await sees('tom', '#support', '5 new calls from 2 callers'));
    expect(digest).toContain('09:00–13:20 UTC');
    expect(digest).toContain('The desk was offline for 4 h, since today 09:20.');
    misses(MS_BLACK, { at: at(13, 30) });
    clock.advanceTo(at(14));
    expect(read(await sees('tom', '#support', '13:20–14:00'))).not.toContain('⚠️');
    expect(readAll('ana', '#support')).toHaveLength(3);
  });

  it('pause when the channel is archived, tell their creator, and lose nothing by it', async ({
    openScene,
  }) => {
    const { asks, clock, misses, read, readAll, sees, slack } = await openScene(mode, { config });
    await asks('ana', '#support', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 30) });
    slack.workspace.channel('#support').archived = true;
    clock.advanceTo(at(10));
    const told = read(await sees('ana', '@app', 'I had to pause digest 1 for Support (VDN 7)'), 'ana');
    expect(told).toContain('The channel is archived.');
    expect(told).toContain('/missed digest resume 1');
    expect(readAll('tom', '@app')).toEqual([]);

    slack.workspace.channel('#support').archived = false;
    misses(MS_BLACK, { at: at(10, 30) });
    clock.advanceTo(at(11, 10));
    await asks('tom', '#support', 'digest resume 1');
    const digest = read(await sees('tom', '#support', '2 new calls from 2 callers'));
    expect(digest).toContain('This digest was paused.');
    expect(readAll('ana', '#support').join('\n').match(/0101 /g)).toHaveLength(1);
  });

  it('obey a 429, and come after it', async ({ openScene }) => {
    const { asks, clock, fliesUntil, misses, readAll, sees, slack } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 30) });
    slack.faults.add({ kind: 'ratelimited', method: 'chat.postMessage', retryAfterS: 30 });
    clock.advanceTo(at(10));
    await slack.settled(() => slack.calls.some(({ fault }) => fault === 'ratelimited'));
    await fliesUntil(() => readAll('tom', '#support').length === 2);
    await sees('tom', '#support', '1 new call');
    const [refused, posted] = slack.calls.filter(({ method }) => method === 'chat.postMessage');
    expect((posted?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
    expect(readAll('tom', '#support')).toHaveLength(2);
  });
});

describe.each(modes)('a message whose answer is lost, over %s', { concurrent: true }, (mode) => {
  it('is found again, and never posted twice', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { asks, becomes, clock, fliesUntil, misses, presses, readAll, sees, slack } = scene;
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 30) });
    slack.faults.add({ kind: 'accept-then-drop', method: 'chat.postMessage' });
    clock.advanceTo(at(10));
    const told = await sees('tom', '#support', '1 new call');

    await fliesUntil(() => slack.calls.some(({ method }) => method === 'conversations.history'));
    misses(MS_BLACK, { at: at(10, 30) });
    clock.advanceTo(at(11));
    await sees('tom', '#support', '10:00–11:00');
    expect(readAll('tom', '#support').join('\n').match(/0101 /g)).toHaveLength(1);
    await presses('tom', told, 'Claim');
    await becomes('ana', told, 'Claimed by @Tom Baker');
  });

  it('is posted again when two looks into the history do not find it', async ({ openScene }) => {
    const { asks, clock, fliesUntil, misses, readAll, sees, slack } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 30) });
    slack.faults.add({ kind: 'drop', method: 'chat.postMessage' });
    clock.advanceTo(at(10));
    await slack.settled(() => slack.calls.some(({ fault }) => fault === 'drop'));
    await fliesUntil(() => readAll('tom', '#support').length === 2);
    await sees('tom', '#support', '1 new call');
    expect(slack.calls.filter(({ method }) => method === 'conversations.history')).toHaveLength(2);
  });

  it('and was an answer that somebody claims in: the click proves it', async ({ openScene }) => {
    const { asks, becomes, clock, misses, presses, readAll, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    slack.faults.add({ kind: 'accept-then-drop', method: 'chat.postMessage' });
    const answer = await asks('tom', '#support', 'today');
    await presses('ana', answer, 'Claim');
    await becomes('tom', answer, 'Claimed by @Ana Souza');
    clock.advance(5 * MINUTE);
    await asks('tom', '#support', 'help');
    expect(readAll('ana', '#support')).toHaveLength(1);
    expect(slack.calls.filter(({ method }) => method === 'conversations.history')).toEqual([]);
  });
});
