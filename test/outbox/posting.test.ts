import { describe, expect, it } from 'vitest';
import { deskOutbox, draft, START, TIMEOUT_MS } from './desk-outbox.ts';

describe('posting', () => {
  it('sends what was decided and writes down where it landed', async () => {
    const { outbox, store, slack, enqueue } = await deskOutbox();
    const hello = draft('hello');
    await enqueue([hello]);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['hello']);
    expect(await store.find(hello.id)).toMatchObject({ state: 'sent', postedChannelId: 'C1', ts: '1.000' });
    expect(await outbox.byMessage('T1', 'C1', '1.000')).toMatchObject({ id: hello.id });
  });

  it('does not send again what was sent', async () => {
    const { outbox, slack, clock, enqueue } = await deskOutbox();
    await enqueue([draft('once')]);
    await outbox.deliverDue();
    clock.pass(60_000);
    await outbox.deliverDue();
    expect(slack.attempts).toEqual(['once']);
  });

  it('keeps the order of a channel, one message a second', async () => {
    const { outbox, slack, clock, enqueue } = await deskOutbox();
    await enqueue([draft('one'), draft('two'), draft('three')]);
    await outbox.deliverDue();
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['one']);
    clock.pass(1000);
    await outbox.deliverDue();
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['one', 'two']);
    clock.pass(1000);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['one', 'two', 'three']);
  });

  it('does not hold other channels up, neither by pace nor by a slow answer', async () => {
    const { outbox, slack, clock, enqueue } = await deskOutbox();
    await enqueue([draft('a1', 'CA'), draft('b1', 'CB')]);
    slack.hold();
    const first = outbox.deliverDue();
    await expect.poll(() => slack.attempts).toEqual(['a1', 'b1']);
    clock.pass(1000);
    await enqueue([draft('c1', 'CC'), draft('a2', 'CA')]);
    const second = outbox.deliverDue();
    await expect.poll(() => slack.attempts).toEqual(['a1', 'b1', 'c1']);
    slack.release();
    await Promise.all([first, second]);
    await outbox.deliverDue();
    expect(slack.texts('CA')).toEqual(['a1', 'a2']);
  });

  it('waits as long as Slack says, and the rest of the channel waits behind', async () => {
    const { outbox, slack, clock, enqueue } = await deskOutbox();
    slack.fates.push({ outcome: 'later', afterMs: 30_000 });
    await enqueue([draft('one'), draft('two')]);
    await outbox.deliverDue();
    clock.pass(29_999);
    await outbox.deliverDue();
    expect(slack.attempts).toEqual(['one']);
    clock.pass(1);
    await outbox.deliverDue();
    clock.pass(1000);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['one', 'two']);
  });

  it('waits as long as Slack says before it answers somebody there, too', async () => {
    const { outbox, slack, clock, enqueue } = await deskOutbox();
    slack.fates.push({ outcome: 'later', afterMs: 30_000 });
    await enqueue([draft('digest')]);
    await outbox.deliverDue();
    expect(await outbox.sendNow(draft('answer'))).toMatchObject({ state: 'pending' });
    expect(slack.attempts).toEqual(['digest']);
    clock.pass(30_000);
    await outbox.deliverDue();
    clock.pass(1000);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['digest', 'answer']);
  });

  it('ends at a definite refusal, says so once, and goes on with the channel', async () => {
    const { outbox, slack, clock, store, refused, enqueue } = await deskOutbox();
    slack.fates.push({ outcome: 'refused', error: 'is_archived' });
    const lost = draft('lost', 'C1', { subscriptionId: 7 });
    await enqueue([lost, draft('next')]);
    await outbox.deliverDue();
    clock.pass(1000);
    await outbox.deliverDue();
    expect(refused).toMatchObject([{ row: { id: lost.id, subscriptionId: 7 }, error: 'is_archived' }]);
    expect(await store.find(lost.id)).toMatchObject({ state: 'failed', error: 'is_archived' });
    expect(slack.texts()).toEqual(['next']);
  });

  it('gives a message up that cannot be rendered, after some tries, rather than hold the channel up for ever', async () => {
    const { outbox, slack, clock, store, refused, enqueue } = await deskOutbox();
    const broken = draft('broken');
    slack.fates.push(...Array(5).fill({ outcome: 'throws' }));
    await enqueue([broken, draft('next')]);
    for (let i = 0; i < 5; i++) {
      await outbox.deliverDue();
      clock.pass(60_000);
    }
    await outbox.deliverDue();
    expect(await store.find(broken.id)).toMatchObject({
      state: 'failed',
      error: 'not_rendered',
      attempts: 5,
    });
    expect(refused).toHaveLength(1);
    expect(slack.texts()).toEqual(['next']);
  });

  it('does not give a message up for one failed rendering after Slack said "later" many times', async () => {
    const { outbox, slack, clock, refused, enqueue } = await deskOutbox();
    slack.fates.push(...Array(6).fill({ outcome: 'later', afterMs: 1000 }), { outcome: 'throws' });
    await enqueue([draft('patient')]);
    for (let i = 0; i < 8; i++) {
      await outbox.deliverDue();
      clock.pass(60_000);
    }
    expect(refused).toEqual([]);
    expect(slack.texts()).toEqual(['patient']);
  });

  it('claims a row once when two deliver at the same time', async () => {
    const { outbox, restart, slack, enqueue } = await deskOutbox();
    const replica = restart();
    await enqueue(Array.from({ length: 10 }, (_, i) => draft(`m${i}`, `C${i}`)));
    await Promise.all([outbox.deliverDue(), replica.deliverDue(), outbox.deliverDue()]);
    expect(slack.attempts.toSorted()).toEqual(Array.from({ length: 10 }, (_, i) => `m${i}`));
  });
});

describe('an answer that somebody waits for', () => {
  it('goes at once, past what waits in the channel', async () => {
    const { outbox, slack, enqueue } = await deskOutbox();
    await enqueue([draft('digest one'), draft('digest two')]);
    await outbox.deliverDue();
    const row = await outbox.sendNow(draft('answer'));
    expect(row).toMatchObject({ state: 'sent', ts: '2.000' });
    expect(slack.texts()).toEqual(['digest one', 'answer']);
  });

  it('may come in a small burst; beyond it, answers wait for their turn', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    const rows = await Promise.all([1, 2, 3, 4, 5].map((n) => outbox.sendNow(draft(`answer ${n}`))));
    expect(rows.map((row) => row.state)).toEqual(['sent', 'sent', 'sent', 'sent', 'pending']);
    clock.pass(3999);
    await outbox.deliverDue();
    expect(slack.attempts).toHaveLength(4);
    clock.pass(1);
    await outbox.deliverDue();
    expect(slack.texts()).toHaveLength(5);
  });

  it('says what became of it: refused, later, or unknown', async () => {
    const { outbox, slack, store, clock } = await deskOutbox();
    slack.fates.push(
      { outcome: 'refused', error: 'not_in_channel' },
      { outcome: 'later', afterMs: 5000 },
      { outcome: 'unknown', error: 'timeout' },
    );
    expect(await outbox.sendNow(draft('a', 'CA'))).toMatchObject({
      state: 'failed',
      error: 'not_in_channel',
    });
    const later = await outbox.sendNow(draft('b', 'CB'));
    expect(later).toMatchObject({ state: 'pending', nextTryAt: START + 5000 });
    expect(await outbox.sendNow(draft('c', 'CC'))).toMatchObject({ state: 'sending' });
    clock.pass(5000);
    await outbox.deliverDue();
    expect(await store.find(later.id)).toMatchObject({ state: 'sent' });
  });

  it('is not taken by another process meanwhile, but is not lost if its own dies', async () => {
    const { outbox, slack, store, clock } = await deskOutbox();
    const answer = draft('answer');
    // Claimed, and then the process dies:
    await store.insertClaimed(answer, clock.now(), clock.now() + TIMEOUT_MS + 30_000);
    clock.pass(TIMEOUT_MS + 29_999);
    await outbox.deliverDue();
    expect(slack.attempts).toHaveLength(0);
    expect(slack.looks).toHaveLength(0);
    clock.pass(1);
    await outbox.deliverDue();
    clock.pass(5000);
    await outbox.deliverDue();
    expect(slack.looks).toHaveLength(2);
    expect(slack.texts()).toEqual(['answer']);
  });
});

describe('running by itself', () => {
  it('delivers as soon as something is decided, and stops only when what is in hand has ended', async () => {
    const { outbox, slack, store, enqueue } = await deskOutbox();
    outbox.start();
    slack.hold();
    const hello = draft('hello');
    await enqueue([hello]);
    await expect.poll(() => slack.attempts).toEqual(['hello']);
    let stopped = false;
    const stopping = outbox.stop().then(() => {
      stopped = true;
    });
    await enqueue([draft('too late', 'C2')]);
    expect(stopped).toBe(false);
    slack.release();
    await stopping;
    expect(await store.find(hello.id)).toMatchObject({ state: 'sent' });
    expect(slack.attempts).toEqual(['hello']);
  });

  it('sends the next message of a channel when its second has passed', async () => {
    const { outbox, slack, clock, enqueue } = await deskOutbox();
    outbox.start();
    await enqueue([draft('one'), draft('two')]);
    await expect.poll(() => slack.texts()).toEqual(['one']);
    clock.pass(1000);
    await expect.poll(() => slack.texts(), { timeout: 3000 }).toEqual(['one', 'two']);
    await outbox.stop();
  });
});
