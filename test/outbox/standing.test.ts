import { describe, expect, it } from 'vitest';
import { deskOutbox, draft } from './desk-outbox.ts';

const shutOut = {
  outcome: 'shut-out',
  error: 'token_revoked',
  remedy: 'Give the desk a new token.',
} as const;
const FIVE_MINUTES = 5 * 60_000;

describe('Slack that says "not now"', () => {
  const busy = { outcome: 'later', afterMs: 20_000 } as const;

  it('to one channel after the other means the workspace: what nobody waits for waits, answers do not', async () => {
    const { outbox, slack, clock, enqueue, logged } = await deskOutbox();
    slack.fates.push(busy, busy, busy);
    await enqueue(['a', 'b', 'c'].map((text) => draft(text, `C${text}`)));
    await outbox.deliverDue();
    await enqueue([draft('d', 'Cd')]);
    await outbox.deliverDue();
    expect(slack.attempts).toEqual(['a', 'b', 'c']);
    expect(await outbox.sendNow(draft('answer', 'Ce'))).toMatchObject({ state: 'sent' });
    expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);

    clock.pass(19_999);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['answer']);
    clock.pass(1);
    await outbox.deliverDue();
    expect(slack.texts().toSorted()).toEqual(['a', 'answer', 'b', 'c', 'd']);
  });

  it('holds every process', async () => {
    const { outbox, slack, enqueue, restart } = await deskOutbox();
    slack.fates.push(busy, busy, busy);
    await enqueue(['a', 'b', 'c'].map((text) => draft(text, `C${text}`)));
    await outbox.deliverDue();
    await enqueue([draft('d', 'Cd')]);
    await restart().deliverDue();
    expect(slack.attempts).toHaveLength(3);
  });

  it('and takes a message in between means channels', async () => {
    const { outbox, slack, clock, enqueue } = await deskOutbox();
    for (const [index, fate] of [busy, busy, undefined, busy, busy].entries()) {
      if (fate) slack.fates.push(fate);
      await enqueue([draft(`m${index}`, `C${index}`)]);
      await outbox.deliverDue();
    }
    await enqueue([draft('last', 'CL')]);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['m2', 'last']);
    clock.pass(20_000);
    await outbox.deliverDue();
    expect(slack.texts()).toHaveLength(6);
  });

  it('to one channel again and again means that channel', async () => {
    const { outbox, slack, clock, enqueue } = await deskOutbox();
    slack.fates.push(busy, busy, busy, busy);
    await enqueue([draft('a', 'Ca')]);
    for (let i = 0; i < 4; i++) {
      await outbox.deliverDue();
      clock.pass(20_000);
    }
    slack.fates.push(busy);
    await outbox.deliverDue();
    await enqueue([draft('b', 'Cb')]);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['b']);
  });

  it('for a reason of the message’s own holds nothing but that message', async () => {
    const { outbox, slack, enqueue } = await deskOutbox();
    slack.fates.push(...Array(4).fill({ ...busy, why: 'message' }));
    await enqueue(['a', 'b', 'c', 'd'].map((text) => draft(text, `C${text}`)));
    await outbox.deliverDue();
    await enqueue([draft('e', 'Ce')]);
    await outbox.deliverDue();
    expect(await outbox.sendNow(draft('answer', 'Ca'))).toMatchObject({ state: 'sent' });
    expect(slack.texts()).toEqual(['e', 'answer']);
  });

  it('by the mouth of a proxy is asked again a minute later, for ever, and holds others only when it meets them too', async () => {
    const { outbox, slack, clock, enqueue, refused, logged } = await deskOutbox();
    const proxy = { outcome: 'later', afterMs: 60_000, why: 'way', error: 'http_403' } as const;
    slack.fates.push(proxy);
    await enqueue([draft('poisoned', 'CP')]);
    await outbox.deliverDue();
    for (let minute = 0; minute < 20; minute++) {
      await enqueue([draft(`m${minute}`, 'C1')]);
      await outbox.deliverDue();
      slack.fates.push(proxy);
      clock.pass(60_000);
      await outbox.deliverDue();
    }
    expect(slack.texts('C1')).toHaveLength(20);
    expect(slack.attempts.filter((text) => text === 'poisoned')).toHaveLength(21);
    expect(refused).toEqual([]);
    expect(logged.find(({ level }) => level === 'warn')?.facts).toMatchObject({ error: 'http_403' });
  });
});

describe('an app that is shut out', () => {
  it('loses nothing, pauses nobody, says so once, and tries again every five minutes', async () => {
    const { outbox, slack, clock, store, enqueue, refused, logged } = await deskOutbox();
    const waiting = ['a', 'b', 'c'].map((text) => draft(text, `C${text}`, { subscriptionId: 7 }));
    slack.fates.push(...Array(7).fill(shutOut));
    await enqueue(waiting);
    await outbox.deliverDue();
    await enqueue([draft('d', 'Cd')]);
    for (let i = 0; i < 4; i++) await outbox.deliverDue();
    expect(slack.attempts).toEqual(['a', 'b', 'c']);
    clock.pass(FIVE_MINUTES - 1);
    await outbox.deliverDue();
    expect(slack.attempts).toHaveLength(3);
    clock.pass(1);
    await outbox.deliverDue();
    expect(slack.attempts).toHaveLength(7);
    expect(refused).toEqual([]);
    expect(outbox.refusals()).toEqual(['token_revoked']);
    const errors = logged.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toContain('Give the desk a new token.');

    clock.pass(FIVE_MINUTES);
    await outbox.deliverDue();
    expect(slack.texts().toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(logged.at(-1)).toMatchObject({ level: 'info', message: 'Slack takes messages again' });
    expect(outbox.refusals()).toEqual([]);
    expect(await store.find(waiting[0]?.id ?? '')).toMatchObject({ state: 'sent' });
  });

  it('says so again the next time', async () => {
    const { outbox, slack, clock, enqueue, logged } = await deskOutbox();
    for (let i = 0; i < 2; i++) {
      slack.fates.push(shutOut);
      await enqueue([draft('hello')]);
      await outbox.deliverDue();
      clock.pass(FIVE_MINUTES);
      await outbox.deliverDue();
      clock.pass(1000);
    }
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  it('holds edits, too, but tries an answer, which shows that it is over', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    const { id } = await outbox.sendNow(draft('hello', 'C1'));
    slack.updateFates.push(shutOut);
    await outbox.revise(id, { data: { text: 'edited' } });
    await outbox.revise(id, { data: { text: 'edited again' } });
    expect(slack.updates).toHaveLength(1);
    expect(await outbox.sendNow(draft('answer', 'C2'))).toMatchObject({ state: 'sent' });
    clock.pass(FIVE_MINUTES);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['edited again', 'answer']);
  });
});
