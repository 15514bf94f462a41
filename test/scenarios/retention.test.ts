import { describe, expect } from 'vitest';
import { HOUR, it, MR_GREEN, MS_BLACK, modes, OPENING, SUPPORT } from './scene.ts';

const DAY = 24 * HOUR;

describe.each(modes)('calls that are older than they are kept, over %s', { concurrent: true }, (mode) => {
  it('are gone with their callbacks, and still counted', async ({ openScene }) => {
    const config = { vdns: [SUPPORT], retentionMs: 32 * DAY };
    const { asks, clock, fliesUntil, misses, read, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    misses(MS_BLACK);
    await asks('tom', '#support', 'today');
    clock.advanceTo(OPENING + 40 * DAY);
    const lists = () => slack.workspace.messages.inChannel('C0SUPPORT').length;
    const before = lists();
    await fliesUntil(() => clock.now() > OPENING + 40 * DAY + 2 * HOUR, HOUR);
    const old = read(await asks('tom', '#support', '2022-11-21'));
    expect(old).toContain('2 calls were missed: 2022-11-21');
    expect(old).toContain('kept for 32 days');
    expect(old).not.toMatch(/7946/);
    expect(read(await asks('tom', '#support', '2022-11-20'))).toContain('2022-11-20');
    expect(lists()).toBeGreaterThan(before);
  });
});
