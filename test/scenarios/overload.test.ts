import { describe, expect } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, type Scene, SUPPORT } from './scene.ts';

const at = (hours: number, minutes = 0) => MONDAY + hours * HOUR + minutes * MINUTE;
/** Real time, for thousands of calls on a busy machine. */
const PATIENCE_MS = 25_000;
/** Calls that Slack has refused because they came too fast. */
const tooFast = ({ slack }: Scene) => slack.calls.filter(({ error }) => error === 'ratelimited');

describe('a desk that has much to tell', { concurrent: true }, () => {
  it('tells 5,000 calls of one minute in one message that can be read, and once', {
    timeout: 2 * PATIENCE_MS,
  }, async ({ databaseUrl, openScene }) => {
    const CALLS = 5_000;
    const scene = await openScene('socket', { config: { vdns: [SUPPORT], databaseUrl }, rateLimits: true });
    const { asks, clock, cms, presses, becomes, read, readAll, sees, slack } = scene;
    await asks('tom', '#support', 'digest hourly');
    await asks('ana', '#managers', 'digest hourly');
    cms.calls.burst({ vdn: 7, count: CALLS, everyMs: MINUTE / CALLS, lastWaitBeginAt: at(9, 40) });
    clock.advanceTo(at(10));
    const isTold = () => readAll('tom', '#support').some((text) => text.includes('5,000 new calls'));
    await slack.settled(isTold, PATIENCE_MS);
    const told = await sees('tom', '#support', '5,000 new calls');
    await sees('ana', '#managers', '5,000 new calls');
    const [callers = 0] = /from ([\d,]+) callers/.exec(read(told))?.slice(1) ?? [];
    expect(read(told)).toContain(`1–10 of ${callers}`);
    expect(read(told).length).toBeLessThan(3_000);

    await presses('tom', told, 'Claim');
    await becomes('tom', told, 'Claimed by @Tom Baker');
    await presses('tom', told, 'Next →');
    await becomes('tom', told, `11–20 of ${callers}`);

    const knex = await openDatabase(databaseUrl);
    const [row] = await knex('list_rows')
      .where('list_id', knex('lists').select('id').limit(1))
      .count({ n: '*' });
    const [calls] = await knex('missed_calls').whereNotNull('callback_id').count({ n: '*' });
    await knex.destroy();
    expect(row?.n).toBe(Number(String(callers).replace(',', '')));
    expect(calls?.n).toBe(CALLS);

    scene.misses(MR_GREEN, { at: at(10, 30) });
    clock.advanceTo(at(11));
    await sees('tom', '#support', '1 new call from 1 caller');
    expect(readAll('tom', '#support').filter((text) => text.includes('new call'))).toHaveLength(2);
    expect(tooFast(scene)).toEqual([]);
  });

  it('answers a click and a question before the many digests that their channel is still to get', async ({
    openScene,
  }) => {
    const DIGESTS = 24;
    const vdns = Array.from({ length: DIGESTS }, (_, n) => ({
      ...SUPPORT,
      number: 101 + n,
      name: `Queue ${n}`,
    }));
    const scene = await openScene('socket', { config: { vdns }, rateLimits: true });
    const { asks, becomes, clock, misses, presses, read, readAll, sees, types } = scene;
    for (const { number } of vdns) {
      await asks('tom', '#support', `digest ${number} hourly`);
      misses(MR_GREEN, { vdn: number, at: at(9, 30) });
    }
    clock.advanceTo(at(10));
    const first = await sees('tom', '#support', '1 new call from 1 caller');
    await presses('ana', first, 'Claim');
    await becomes('tom', first, 'Claimed by @Ana Souza');
    await types('ana', '#support', '124 today');
    await sees('tom', '#support', /1 call from 1 caller[\s\S]*Asked by @Ana Souza/);
    expect(read(await asks('ana', '#managers', '124 today'))).toContain('1 call from 1 caller');
    // A message a second: nobody puts the clock forward here.
    const told = readAll('tom', '#support').filter((text) => text.includes('1 new call from 1 caller'));
    expect(told.length).toBeLessThan(DIGESTS);
    expect(tooFast(scene)).toEqual([]);
  });
});
