import { describe, expect } from 'vitest';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, MRS_WHITE, MS_BLACK, type Scene, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const at = (hours: number, minutes = 0) => MONDAY + hours * HOUR + minutes * MINUTE;
const posts = ({ slack }: Scene) => slack.calls.filter(({ method }) => method === 'chat.postMessage');

/** Ana's hourly digest of #support, with calls that it is about to tell. */
async function aboutToTell(openScene: (mode: 'http', options: { config: typeof config }) => Promise<Scene>) {
  const scene = await openScene('http', { config });
  await scene.asks('ana', '#support', 'digest hourly');
  for (const [index, caller] of [MR_GREEN, MS_BLACK, MRS_WHITE].entries()) {
    scene.misses(caller, { at: at(9, 30 + index) });
  }
  return scene;
}

describe('what Slack refuses', { concurrent: true }, () => {
  it.for(['restricted_action', 'a_name_of_tomorrow'])(
    'for good, as %s, pauses the digest and tells its creator why',
    async (error, { openScene }) => {
      const scene = await aboutToTell(openScene);
      const { clock, read, readAll, sees, slack } = scene;
      slack.faults.add({ kind: 'error', error, method: 'chat.postMessage' });
      clock.advanceTo(at(10));
      const told = read(await sees('ana', '@app', 'I had to pause digest 1'), 'ana');
      expect(told).toContain(error === 'restricted_action' ? 'I am not allowed to post there.' : error);
      expect(readAll('tom', '#support')).toHaveLength(1);
    },
  );

  it.for(['token_revoked', 'account_inactive', 'missing_scope'])(
    'because the app is shut out (%s) pauses nothing: it comes when that is mended',
    async (error, { openScene }) => {
      const scene = await aboutToTell(openScene);
      const { asks, clock, desk, fliesUntil, read, readAll, sees, slack } = scene;
      slack.faults.add({ kind: 'error', error, method: 'chat.postMessage' });
      clock.advanceTo(at(10));
      await slack.settled(() => posts(scene).some((post) => post.error === error));
      const readyz = async () => {
        const response = await fetch(`http://127.0.0.1:${desk.port}/readyz`);
        return { status: response.status, ...(await response.json()) };
      };
      await expect.poll(readyz).toMatchObject({ status: 200, slack: true, shutOut: [error] });
      await fliesUntil(() => readAll('tom', '#support').length === 2);
      await sees('tom', '#support', '3 new calls from 3 callers');
      const [refused, posted] = posts(scene);
      expect((posted?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(5 * MINUTE);
      await expect.poll(readyz).not.toHaveProperty('shutOut');
      expect(readAll('ana', '@app')).toEqual([]);
      expect(read(await asks('tom', '#support', 'digest list'))).not.toContain('paused');
    },
  );

  it('as too large comes in brief, and can be claimed there', async ({ openScene }) => {
    const scene = await aboutToTell(openScene);
    const { becomes, clock, presses, read, sees, slack } = scene;
    slack.faults.add({ kind: 'error', error: 'msg_blocks_too_long', method: 'chat.postMessage' });
    clock.advanceTo(at(10));
    const brief = await sees('tom', '#support', '3 new calls from 3 callers');
    expect(read(brief)).not.toContain('waited');
    await presses('tom', brief, 'Claim');
    await becomes('ana', brief, 'Claimed by @Tom Baker');
    expect(read(brief)).not.toContain('waited');
    // The message that was edited is still known by its metadata.
    expect(brief.metadata).toMatchObject({ event_type: 'missed_call_desk' });
  });

  it('as too large twice comes as words, with what to type', async ({ openScene }) => {
    const scene = await aboutToTell(openScene);
    const { clock, read, sees, slack } = scene;
    slack.faults.add({ kind: 'error', error: 'invalid_blocks', method: 'chat.postMessage', times: 2 });
    clock.advanceTo(at(10));
    const words = await sees('tom', '#support', '3 new calls from 3 callers');
    expect(words.blocks).toEqual([]);
    expect(read(words)).toContain('/missed 7 since 2022-11-21');
    expect(read(words)).not.toContain('0101');
  });

  it('as too large even as words pauses the digest', async ({ openScene }) => {
    const scene = await aboutToTell(openScene);
    const { clock, read, readAll, sees, slack } = scene;
    slack.faults.add({ kind: 'error', error: 'msg_too_long', method: 'chat.postMessage', times: 3 });
    clock.advanceTo(at(10));
    const told = read(await sees('ana', '@app', 'I had to pause digest 1'), 'ana');
    expect(told).toContain('msg_too_long');
    expect(readAll('tom', '#support')).toHaveLength(1);
  });

  it('by a fault of its own is looked for, and posted again', async ({ openScene }) => {
    const scene = await aboutToTell(openScene);
    const { clock, fliesUntil, readAll, sees, slack } = scene;
    slack.faults.add({ kind: 'error', error: 'internal_error', method: 'chat.postMessage' });
    clock.advanceTo(at(10));
    await slack.settled(() => posts(scene).some(({ error }) => error === 'internal_error'));
    await fliesUntil(() => readAll('tom', '#support').length === 2);
    await sees('tom', '#support', '3 new calls');
    expect(slack.calls.filter(({ method }) => method === 'conversations.history')).toHaveLength(2);
  });

  it('by the mouth of a proxy comes a minute later', async ({ openScene }) => {
    const scene = await aboutToTell(openScene);
    const { clock, fliesUntil, readAll, sees, slack } = scene;
    slack.faults.add({ kind: 'http', status: 403, method: 'chat.postMessage' });
    clock.advanceTo(at(10));
    await slack.settled(() => posts(scene).some(({ fault }) => fault === 'http'));
    await fliesUntil(() => readAll('tom', '#support').length === 2);
    await sees('tom', '#support', '3 new calls');
    const [refused, posted] = posts(scene);
    expect((posted?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(MINUTE);
    expect(readAll('ana', '@app')).toEqual([]);
  });

  it('to edit ends with a message that somebody has deleted', async ({ openScene }) => {
    const scene = await aboutToTell(openScene);
    const { asks, clock, presses, sees, slack } = scene;
    clock.advanceTo(at(10));
    const digest = await sees('tom', '#support', '3 new calls');
    slack.faults.add({ kind: 'error', error: 'message_not_found', method: 'chat.update' });
    await presses('tom', digest, 'Claim', 0);
    const updates = () => slack.calls.filter(({ method }) => method === 'chat.update');
    await slack.settled(() => updates().length === 1);
    // Whoever still sees it may claim in it; what it shows stays.
    await presses('tom', digest, 'Claim', 1);
    clock.advance(5 * MINUTE);
    await asks('tom', '#support', 'help');
    expect(updates()).toHaveLength(1);
  });
});
