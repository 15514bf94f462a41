import { describe, expect, it } from 'vitest';
import { deskOutbox, draft } from './desk-outbox.ts';

const tooLarge = { outcome: 'too-large', error: 'msg_blocks_too_long' } as const;

describe('a message that Slack does not take as it is', () => {
  it.each([1, 2])('is posted %i sizes smaller, at once and once', async (shrunk) => {
    const { outbox, slack, refused, enqueue } = await deskOutbox();
    slack.fates.push(...Array(shrunk).fill(tooLarge));
    await enqueue([draft('digest', 'C1', { subscriptionId: 7 })]);
    await outbox.deliverDue();
    expect(slack.messages).toMatchObject([{ text: 'digest', shrunk }]);
    expect(await outbox.sendNow(draft('answer'))).toMatchObject({ state: 'sent', shrunk: 0 });
    expect(refused).toEqual([]);
  });

  it('is refused when it is no better at its smallest', async () => {
    const { outbox, slack, store, refused, clock, enqueue } = await deskOutbox();
    slack.fates.push(tooLarge, tooLarge, tooLarge);
    const digest = draft('digest', 'C1', { subscriptionId: 7 });
    await enqueue([digest]);
    await outbox.deliverDue();
    clock.pass(3_600_000);
    await outbox.deliverDue();
    expect(slack.attempts).toHaveLength(3);
    expect(refused).toMatchObject([{ row: { id: digest.id }, error: 'msg_blocks_too_long' }]);
    expect(await store.find(digest.id)).toMatchObject({ state: 'failed', error: 'msg_blocks_too_long' });
  });

  it('stays smaller when it is edited, and is made smaller by an edit', async () => {
    const { outbox, slack } = await deskOutbox();
    slack.fates.push(tooLarge);
    const { id } = await outbox.sendNow(draft('small'));
    await outbox.revise(id, { data: { text: 'edited' } });
    expect(slack.messages).toMatchObject([{ text: 'edited', shrunk: 1 }]);
    slack.updateFates.push(tooLarge);
    expect(await outbox.revise(id, { data: { text: 'grown' } })).toMatchObject({ wanted: 2, shown: 2 });
    expect(slack.messages).toMatchObject([{ text: 'grown', shrunk: 2 }]);
  });

  it('keeps what it shows when an edit is too large at its smallest', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('hello'));
    slack.updateFates.push(tooLarge, tooLarge, tooLarge);
    await outbox.revise(id, { data: { text: 'grown' } });
    clock.pass(3_600_000);
    await outbox.deliverDue();
    expect(slack.updates).toHaveLength(3);
    expect(slack.texts()).toEqual(['hello']);
  });
});
