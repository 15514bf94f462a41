import { describe, expect, it } from 'vitest';
import { deskOutbox, draft } from './desk-outbox.ts';

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

  it('brings the newest three other copies up to date when a callback changes', async () => {
    const showing: string[] = [];
    const { outbox, slack } = await deskOutbox({ showing });
    for (let i = 0; i < 5; i++) showing.unshift((await outbox.sendNow(draft(`copy ${i}`, `C${i}`))).id);
    await outbox.touch({ callbackId: 1, exceptId: showing[1] as string });
    await expect.poll(() => slack.texts().length).toBe(5);
    await outbox.deliverDue();
    expect(slack.updates.map(({ text }) => text).toSorted()).toEqual(['copy 1', 'copy 2', 'copy 4']);
  });

  it('loses no edit when the desk stops in between', async () => {
    const { outbox, slack, store, restart } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('hello'));
    // Wanted, and then the process dies:
    await store.revise(id, { data: { text: 'edited' } });
    await restart().deliverDue();
    expect(slack.texts()).toEqual(['edited']);
  });
});
