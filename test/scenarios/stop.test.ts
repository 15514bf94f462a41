import { describe, expect, vi } from 'vitest';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, modes, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const at = (hours: number, minutes = 0) => MONDAY + hours * HOUR + minutes * MINUTE;

describe.each(modes)('a desk that is told to stop, over %s', { concurrent: true }, (mode) => {
  it('finishes the question in hand', async ({ openScene }) => {
    const { asksPatiently, becomes, cms, desk, misses, read, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    cms.faults.add({ kind: 'slow', ms: 1_500 });
    const asking = await asksPatiently('tom', '#support', 'today');
    await desk.stop();
    // Nothing is waited for: it was there when the stop was over.
    const [now] = slack.as('tom').messages('#support');
    expect(now && read(now)).toContain('1 call from 1 caller');
    await becomes('ana', asking, '[Claim]');
  });

  it('answers from its own record when the contact centre takes too long, within ten seconds', async ({
    openScene,
  }) => {
    const scene = await openScene(mode, { config: { ...config, cms: { timeoutMs: 60_000 } } });
    const { asksPatiently, cms, desk, read, slack } = scene;
    cms.faults.add({ kind: 'slow', ms: 60_000 });
    await asksPatiently('tom', '#support', 'today');
    const began = performance.now();
    await desk.stop();
    expect(performance.now() - began).toBeLessThan(9_000);
    const [now] = slack.as('tom').messages('#support');
    expect(now && read(now)).toContain('The contact centre did not answer.');
  });

  it('loses no digest that it has not told, and tells none twice', async ({ openScene, databaseUrl }) => {
    const scene = await openScene(mode, { config: { ...config, databaseUrl } });
    const { asks, clock, cms, misses, readAll, restartDesk, sees } = scene;
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: at(9, 30) });
    cms.faults.add({ kind: 'slow', ms: 300 }, { next: 1 });
    clock.advanceTo(at(10));
    await vi.waitFor(() => expect(cms.requests).toHaveLength(1), { interval: 5, timeout: 5_000 });
    // In the middle of its run.
    await restartDesk();
    await sees('tom', '#support', '1 new call from 1 caller');
    clock.advanceTo(at(11));
    await asks('tom', '#support', 'digest now 1');
    expect(readAll('ana', '#support').join('\n').match(/0101 /g)).toHaveLength(1);
  });

  it('can be stopped twice, and hears nothing afterwards', async ({ openScene }) => {
    const { desk, slack } = await openScene(mode, { config });
    await Promise.all([desk.stop(), desk.stop()]);
    await desk.stop();
    const { ack, shown } = await slack.as('tom').command('#support', '/missed', 'today');
    expect(ack.status).toBe('dispatch_failed');
    expect(shown?.text).toContain('dispatch_failed');
  });
});
