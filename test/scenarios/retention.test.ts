import { describe, expect, vi } from 'vitest';
import { collectLog } from '../collect-log.ts';
import { HOUR, it, MR_GREEN, MS_BLACK, modes, OPENING, SUPPORT } from './scene.ts';

const DAY = 24 * HOUR;

describe.each(modes)('calls that are older than they are kept, over %s', { concurrent: true }, (mode) => {
  it('are gone with their lists, and still counted', async ({ openScene, databaseUrl }) => {
    const { log, lines } = collectLog();
    const config = { vdns: [SUPPORT], retentionMs: 32 * DAY, databaseUrl };
    const { asks, clock, misses, read, restartDesk } = await openScene(mode, { config, log });
    misses(MR_GREEN);
    misses(MS_BLACK);
    await asks('tom', '#support', 'today');
    await restartDesk(() => clock.advanceTo(OPENING + 40 * DAY));
    const removed = (what: string) => lines.some((line) => line.includes(`"what":"${what}"`));
    await vi.waitFor(() => expect(['missed calls', 'lists'].map(removed)).not.toContain(false), {
      timeout: 10_000,
    });

    const old = read(await asks('tom', '#support', '2022-11-21'));
    expect(old).toContain('2 calls were missed: 2022-11-21');
    expect(old).toContain('kept for 32 days');
    expect(old).not.toMatch(/7946/);
    // A day of which nothing is known is refused as before.
    expect(read(await asks('tom', '#support', '2022-11-20'))).not.toContain('were missed');
  });
});
