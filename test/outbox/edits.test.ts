import { describe, expect, it } from 'vitest';
import { deskOutbox, draft, TIMEOUT_MS } from './desk-outbox.ts';

describe('edits', () => {
  it('shows a revision at once', async () => {
    const { outbox, slack } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('asking'));
    const row = await outbox.revise(id, { data: { text: 'ready' }, listId: crypto.randomUUID(), page: 2 });
    expect(slack.messages).toMatchObject([{ text: 'ready', edits: 1 }]);
    expect(row).toMatchObject({ page: 2, wanted: 1, shown: 1 });
  });

  it('tells of a message that is not known', async () => {
    const { outbox } = await deskOutbox();
    expect(await outbox.revise(crypto.randomUUID(), {})).toBeUndefined();
  });

  it('has one edit in flight a message, and sends again what has moved since', async () => {
    const { outbox, slack, store } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('asking'));
    slack.hold();
    const first = outbox.revise(id, { data: { text: 'one' } });
    await expect.poll(() => slack.updates.length).toBe(1);
    const others = ['two', 'three', 'four'].map((text) => outbox.revise(id, { data: { text } }));
    await expect.poll(async () => (await store.find(id))?.wanted).toBe(4);
    expect(slack.updates).toHaveLength(1);
    slack.release();
    await Promise.all([first, ...others]);
    expect(slack.updates.map(({ text }) => text)).toEqual(['one', 'four']);
    expect(slack.texts()).toEqual(['four']);
  });

  it('shows what was revised while the post was on its way', async () => {
    const { outbox, slack } = await deskOutbox();
    const asking = draft('asking');
    slack.hold();
    const posting = outbox.sendNow(asking);
    await expect.poll(() => slack.attempts).toEqual(['asking']);
    await outbox.revise(asking.id, { data: { text: 'ready' } });
    slack.release();
    await posting;
    await expect.poll(() => slack.texts()).toEqual(['ready']);
  });

  it('needs no edit for what was revised before the message went', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    slack.fates.push({ outcome: 'later', afterMs: 2000 });
    const { id } = await outbox.sendNow(draft('asking'));
    await outbox.revise(id, { data: { text: 'ready' } });
    clock.pass(2000);
    await outbox.deliverDue();
    await outbox.deliverDue();
    expect(slack.messages).toMatchObject([{ text: 'ready', edits: 0 }]);
  });

  it('tries again when Slack says later, not before', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('asking'));
    slack.updateFates.push({ outcome: 'later', afterMs: 20_000 });
    await outbox.revise(id, { data: { text: 'ready' } });
    clock.pass(19_999);
    await outbox.revise(id, {});
    await outbox.deliverDue();
    expect(slack.updates).toHaveLength(1);
    clock.pass(1);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['ready']);
  });

  it('sends an edit again whose answer was lost', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('asking'));
    slack.updateFates.push({ outcome: 'unknown', error: 'timeout' });
    await outbox.revise(id, { data: { text: 'ready' } });
    clock.pass(15_000);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['ready']);
  });

  it('ends at a message that somebody has deleted', async () => {
    const { outbox, slack, store, clock, refused } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('hello'));
    slack.messages.length = 0;
    await outbox.revise(id, { data: { text: 'edited' } });
    clock.pass(3_600_000);
    await outbox.deliverDue();
    await outbox.revise(id, {});
    expect(slack.updates).toHaveLength(1);
    expect(await store.find(id)).toMatchObject({ state: 'failed', error: 'message_not_found' });
    expect(refused).toEqual([]);
  });

  it('ends at an edit that Slack does not allow, and tries the next one', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('hello'));
    slack.updateFates.push({ outcome: 'refused', error: 'edit_window_closed' });
    await outbox.revise(id, { data: { text: 'first' } });
    clock.pass(3_600_000);
    await outbox.deliverDue();
    expect(slack.updates).toHaveLength(1);
    await outbox.revise(id, { data: { text: 'second' } });
    expect(slack.texts()).toEqual(['second']);
  });

  it('gives an edit up that can never be rendered, with one error, and shows what changes later', async () => {
    const { outbox, slack, clock, logged } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('hello'));
    slack.updateFates.push(...Array.from({ length: 5 }, () => ({ outcome: 'throws' as const })));
    await outbox.revise(id, { data: { text: 'broken' } });
    for (let i = 0; i < 20; i++) {
      clock.pass(15_000);
      await outbox.deliverDue();
    }
    expect(slack.updates).toHaveLength(5);
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(slack.texts()).toEqual(['hello']);
    await outbox.revise(id, { data: { text: 'mended' } });
    expect(slack.texts()).toEqual(['mended']);
  });

  it('loses no edit when the desk stops in between', async () => {
    const { outbox, slack, store, restart } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('hello'));
    // Wanted, and then the process dies:
    await store.revise(id, { data: { text: 'edited' } });
    await restart().deliverDue();
    expect(slack.texts()).toEqual(['edited']);
  });

  it('holds the edits of all messages when Slack says later, in every process, and never a post', async () => {
    const { outbox, slack, clock, restart } = await deskOutbox();
    const [one, two] = [await outbox.sendNow(draft('one', 'C1')), await outbox.sendNow(draft('two', 'C2'))];
    slack.updateFates.push({ outcome: 'later', afterMs: 30_000 });
    await outbox.revise(one.id, { data: { text: 'one, edited' } });
    const other = restart();
    expect(await other.revise(two.id, { data: { text: 'two, edited' } })).toMatchObject({
      wanted: 1,
      shown: 0,
    });
    expect(slack.updates).toHaveLength(1);
    expect(await other.sendNow(draft('three', 'C2'))).toMatchObject({ state: 'sent' });
    clock.pass(29_999);
    await other.deliverDue();
    expect(slack.updates).toHaveLength(1);
    clock.pass(1);
    await other.deliverDue();
    expect(slack.texts()).toEqual(['one, edited', 'two, edited', 'three']);
  });

  it('waits with one message alone when that is the reason', async () => {
    const { outbox, slack } = await deskOutbox();
    const [one, two] = [await outbox.sendNow(draft('one', 'C1')), await outbox.sendNow(draft('two', 'C2'))];
    slack.updateFates.push({ outcome: 'later', afterMs: 30_000, why: 'message' });
    expect(await outbox.revise(one.id, { data: { text: 'one, edited' } })).toMatchObject({
      wanted: 1,
      shown: 0,
    });
    expect(await outbox.revise(two.id, { data: { text: 'two, edited' } })).toMatchObject({
      wanted: 1,
      shown: 1,
    });
  });

  it('tells whoever revises whether it is shown, delayed, or gone', async () => {
    const { outbox, slack } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('hello'));
    expect(await outbox.revise(id, {})).toMatchObject({ state: 'sent', wanted: 1, shown: 1 });
    slack.updateFates.push({ outcome: 'unknown', error: 'timeout' });
    expect(await outbox.revise(id, {})).toMatchObject({ state: 'sent', wanted: 2, shown: 1 });
    const other = await outbox.sendNow(draft('other', 'C2'));
    slack.messages.length = 0;
    expect(await outbox.revise(other.id, {})).toMatchObject({ state: 'failed', error: 'message_not_found' });
  });

  it('has one in flight a message whichever process it is, and shows what was wanted meanwhile', async () => {
    const { outbox, slack, restart, store } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('asking'));
    slack.hold();
    const first = outbox.revise(id, { data: { text: 'one' } });
    await expect.poll(() => slack.updates.length).toBe(1);
    const other = restart();
    expect(await other.revise(id, { data: { text: 'two' } })).toMatchObject({ wanted: 2, shown: 0 });
    expect(slack.updates).toHaveLength(1);
    slack.release();
    expect(await first).toMatchObject({ wanted: 2, shown: 2 });
    expect(slack.texts()).toEqual(['two']);
    expect(await store.find(id)).toMatchObject({ nextTryAt: 0 });
  });

  it('is sent anew after one that was slept through, which may have put an older state over a newer one', async () => {
    const { outbox, slack, restart, clock } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('asking'));
    slack.hold();
    const slept = outbox.revise(id, { data: { text: 'old' } });
    await expect.poll(() => slack.updates.length).toBe(1);
    clock.pass(TIMEOUT_MS + 5000);
    const newer = restart().revise(id, { data: { text: 'new' } });
    await expect.poll(() => slack.updates.length).toBe(2);
    slack.release();
    await Promise.all([slept, newer]);
    await outbox.deliverDue();
    expect(slack.updates.length).toBeGreaterThanOrEqual(3);
    expect(slack.texts()).toEqual(['new']);
  });

  it('of copies keeps a pace, and sends of each only the newest state', async () => {
    const showing: string[] = [];
    const { outbox, slack, clock, store } = await deskOutbox();
    for (let i = 0; i < 3; i++) showing.push((await outbox.sendNow(draft(`copy ${i}`, `C${i}`))).id);
    const times: number[] = [];
    for (let second = 0; second < 60; second++) {
      await store.bump(showing);
      const before = slack.updates.length;
      await outbox.deliverDue();
      for (let i = before; i < slack.updates.length; i++) times.push(clock.now());
      clock.pass(1000);
    }
    expect(times.length).toBeLessThanOrEqual(30);
    expect(times.length).toBeGreaterThan(24);
    expect(await outbox.revise(showing[0] ?? '', { data: { text: 'clicked' } })).toMatchObject({
      wanted: 61,
      shown: 61,
    });
  });
});
