import { describe, expect, it } from 'vitest';
import { postLane } from '../../src/outbox/lanes.ts';
import type { PostResult } from '../../src/outbox/outbox.ts';
import { deskOutbox, draft, TIMEOUT_MS } from './desk-outbox.ts';

const IN_DOUBT_MS = TIMEOUT_MS + 30_000;
const BETWEEN_LOOKS_MS = 5000;

/** Something that the test decides when to let go on. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { wait: () => promise, open: () => resolve() };
}

/** A desk that sleeps (a paused machine) at a moment of its posting, beside another that looks after what it left behind. */
async function sleepy(when: 'beforeLeaving' | 'beforeAnswer', fate?: PostResult) {
  const desk = await deskOutbox();
  const { slack, clock, store, outbox } = desk;
  const asleep = gate();
  let reached = false;
  slack[when] = () => {
    reached = true;
    return asleep.wait();
  };
  if (fate) slack.fates.push(fate);
  const hello = draft('hello');
  const sleeping = outbox.sendNow(hello);
  await expect.poll(() => reached).toBe(true);
  slack[when] = async () => {};
  const other = desk.restart();
  const find = () => store.find(hello.id);
  /** What the other does, until it has given the first attempt up: it may begin the second one by itself. */
  const givesUp = async () => {
    for (const ms of [IN_DOUBT_MS, BETWEEN_LOOKS_MS]) {
      clock.pass(ms);
      await other.deliverDue();
    }
    await other.deliverDue();
  };
  const wakes = () => {
    asleep.open();
    return sleeping;
  };
  return { ...desk, other, id: hello.id, find, givesUp, wakes };
}

describe('a process that sleeps between claiming and posting', () => {
  it('does not post what another has posted meanwhile', async () => {
    const { slack, givesUp, wakes } = await sleepy('beforeLeaving');
    await givesUp();
    expect(slack.texts()).toEqual(['hello']);
    expect(await wakes()).toMatchObject({ state: 'sent', ts: '1.000' });
    expect(slack.texts()).toEqual(['hello']);
  });

  it('does not post what another has claimed meanwhile, either', async () => {
    const { slack, find, givesUp, wakes } = await sleepy('beforeLeaving');
    slack.hold();
    const second = givesUp();
    await expect.poll(async () => (await find())?.attempts).toBe(2);
    await wakes();
    expect(slack.texts()).toEqual([]);
    slack.release();
    await second;
    expect(slack.texts()).toEqual(['hello']);
  });

  it('posts what is still its own', async () => {
    const { slack, clock, wakes } = await sleepy('beforeLeaving');
    clock.pass(3_600_000);
    expect(await wakes()).toMatchObject({ state: 'sent', attempts: 1 });
    expect(slack.texts()).toEqual(['hello']);
  });
});

describe('an answer that comes after the message was given up', () => {
  it('keeps it from being posted again while that has not begun', async () => {
    const { other, slack, store, clock, find, givesUp, wakes } = await sleepy('beforeAnswer');
    slack.lookFates.push('absent', 'absent');
    await store.hold(postLane({ teamId: 'T1', channelId: 'C1' }), clock.now() + 600_000);
    await givesUp();
    expect(await find()).toMatchObject({ state: 'pending', attempts: 1 });
    expect(await wakes()).toMatchObject({ state: 'sent', ts: '1.000' });
    clock.pass(3_600_000);
    await other.deliverDue();
    expect(slack.texts()).toEqual(['hello']);
  });

  it('counts as the message while a second one is under way, whose own answer then says that there are two', async () => {
    const { other, slack, clock, id, find, logged, givesUp, wakes } = await sleepy('beforeAnswer');
    slack.lookFates.push('absent', 'absent');
    const second = gate();
    slack.beforeAnswer = second.wait;
    const posting = givesUp();
    await expect.poll(() => slack.texts()).toEqual(['hello', 'hello']);
    expect(await wakes()).toMatchObject({ state: 'sent', ts: '1.000', attempts: 2 });
    second.open();
    await posting;
    expect(await find()).toMatchObject({ state: 'sent', ts: '1.000' });
    expect(logged).toContainEqual({
      level: 'warn',
      message: expect.stringContaining('in Slack twice'),
      facts: expect.objectContaining({ outboxId: id, ts: '2.000', knownTs: '1.000' }),
    });
    clock.pass(3_600_000);
    await other.deliverDue();
    expect(slack.texts()).toEqual(['hello', 'hello']);
  });

  it.each<PostResult>([
    { outcome: 'later', afterMs: 1000 },
    { outcome: 'refused', error: 'is_archived' },
    { outcome: 'too-large', error: 'msg_too_long' },
  ])('and was no ($outcome) leaves it to the second attempt', async (fate) => {
    const { slack, find, givesUp, wakes } = await sleepy('beforeAnswer', fate);
    const second = gate();
    slack.beforeAnswer = second.wait;
    const posting = givesUp();
    await expect.poll(() => slack.texts()).toEqual(['hello']);
    expect(await wakes()).toMatchObject({ state: 'sending', attempts: 2 });
    second.open();
    await posting;
    expect(await find()).toMatchObject({ state: 'sent', ts: '1.000', shrunk: 0 });
    expect(slack.texts()).toEqual(['hello']);
  });
});
