import { describe, expect, it } from 'vitest';
import { deskOutbox, draft, START, TIMEOUT_MS } from './desk-outbox.ts';

const IN_DOUBT_MS = TIMEOUT_MS + 30_000;
const BETWEEN_LOOKS_MS = 5000;

describe('a message whose answer was lost', () => {
  it('stays as it is until it cannot be on its way any more', async () => {
    const { outbox, slack, store, clock } = await deskOutbox();
    slack.fates.push({ outcome: 'accepted-then-lost' });
    const { id } = await outbox.sendNow(draft('hello'));
    clock.pass(IN_DOUBT_MS - 1);
    await outbox.deliverDue();
    expect(slack.looks).toEqual([]);
    expect(await store.find(id)).toMatchObject({ state: 'sending' });
  });

  it('is found in the history, from two minutes before the sending on, and not posted again', async () => {
    const { outbox, slack, store, clock } = await deskOutbox();
    slack.fates.push({ outcome: 'accepted-then-lost' });
    const { id } = await outbox.sendNow(draft('hello'));
    clock.pass(IN_DOUBT_MS);
    await outbox.deliverDue();
    expect(slack.looks).toMatchObject([{ ids: [id], sinceAt: START - 120_000, untilAt: START + 120_000 }]);
    expect(await store.find(id)).toMatchObject({ state: 'sent', ts: '1.000' });
    clock.pass(60_000);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['hello']);
  });

  it('is posted again only after two looks did not find it', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    slack.fates.push({ outcome: 'unknown', error: 'timeout' });
    await outbox.sendNow(draft('hello'));
    clock.pass(IN_DOUBT_MS);
    await outbox.deliverDue();
    await outbox.deliverDue();
    expect(slack.looks).toHaveLength(1);
    expect(slack.attempts).toHaveLength(1);
    clock.pass(BETWEEN_LOOKS_MS);
    await outbox.deliverDue();
    expect(slack.looks).toHaveLength(2);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['hello']);
  });

  it('is found by the second look when the history lags behind', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    slack.fates.push({ outcome: 'accepted-then-lost' });
    slack.lookFates.push('absent');
    await outbox.sendNow(draft('hello'));
    for (const ms of [IN_DOUBT_MS, BETWEEN_LOOKS_MS, 60_000]) {
      clock.pass(ms);
      await outbox.deliverDue();
    }
    expect(slack.texts()).toEqual(['hello']);
  });

  it('is posted again, with a warning, where the history may not be read', async () => {
    const { outbox, slack, clock, logged } = await deskOutbox();
    slack.fates.push({ outcome: 'accepted-then-lost' });
    slack.lookFates.push('unreadable');
    await outbox.sendNow(draft('hello'));
    clock.pass(IN_DOUBT_MS);
    await outbox.deliverDue();
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['hello', 'hello']);
    expect(logged).toContainEqual({
      level: 'warn',
      message: expect.stringContaining('history may not be read'),
      facts: expect.objectContaining({ error: 'missing_scope' }),
    });
  });

  it('is looked for a minute later when Slack says not now', async () => {
    const { outbox, slack, store, clock } = await deskOutbox();
    slack.fates.push({ outcome: 'accepted-then-lost' });
    slack.lookFates.push('later');
    const { id } = await outbox.sendNow(draft('hello'));
    clock.pass(IN_DOUBT_MS);
    await outbox.deliverDue();
    clock.pass(59_999);
    await outbox.deliverDue();
    expect(slack.looks).toHaveLength(1);
    clock.pass(1);
    await outbox.deliverDue();
    expect(await store.find(id)).toMatchObject({ state: 'sent' });
  });

  it('is settled after a restart, before later messages of its channel', async () => {
    const { outbox, slack, restart, clock, enqueue } = await deskOutbox();
    slack.fates.push({ outcome: 'unknown', error: 'killed' });
    await enqueue([draft('one'), draft('two')]);
    await outbox.deliverDue();
    const restarted = restart();
    clock.pass(2000);
    await restarted.deliverDue();
    expect(slack.attempts).toEqual(['one']);
    for (const ms of [IN_DOUBT_MS, BETWEEN_LOOKS_MS, 1000, 1000, 1000]) {
      clock.pass(ms);
      await restarted.deliverDue();
    }
    expect(slack.texts()).toEqual(['one', 'two']);
  });

  it('is proved by a click on it', async () => {
    const { outbox, slack, store, clock } = await deskOutbox();
    slack.fates.push({ outcome: 'accepted-then-lost' });
    const { id } = await outbox.sendNow(draft('hello'));
    expect(await outbox.confirm(id, 'C1', '1.000')).toMatchObject({ state: 'sent', ts: '1.000' });
    clock.pass(IN_DOUBT_MS);
    await outbox.deliverDue();
    expect(slack.looks).toEqual([]);
    expect(await store.find(id)).toMatchObject({ state: 'sent', postedChannelId: 'C1' });
  });

  it('is not looked for while its post is still in hand, however far the clock is moved', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    slack.hold();
    const posting = outbox.sendNow(draft('hello'));
    await expect.poll(() => slack.attempts).toEqual(['hello']);
    clock.pass(3_600_000);
    await outbox.deliverDue();
    expect(slack.looks).toEqual([]);
    slack.release();
    expect(await posting).toMatchObject({ state: 'sent' });
  });

  it('shows, once found, what was revised meanwhile', async () => {
    const { outbox, slack, clock } = await deskOutbox();
    slack.fates.push({ outcome: 'accepted-then-lost' });
    const { id } = await outbox.sendNow(draft('asking'));
    await outbox.revise(id, { data: { text: 'ready' } });
    clock.pass(IN_DOUBT_MS);
    await outbox.deliverDue();
    expect(slack.texts()).toEqual(['ready']);
  });

  it('is looked for once whoever else would, and remembers a look across a restart', async () => {
    const { outbox, slack, restart, clock } = await deskOutbox();
    const others = [restart(), restart()];
    slack.fates.push({ outcome: 'unknown', error: 'timeout' });
    await outbox.sendNow(draft('hello'));
    clock.pass(IN_DOUBT_MS);
    await Promise.all([outbox, ...others].map((one) => one.deliverDue()));
    expect(slack.looks).toHaveLength(1);
    clock.pass(BETWEEN_LOOKS_MS);
    await restart().deliverDue();
    expect(slack.looks).toHaveLength(2);
    await restart().deliverDue();
    expect(slack.texts()).toEqual(['hello']);
  });

  it('is looked for together with others of its channel, in one reading', async () => {
    const { outbox, slack, store, clock } = await deskOutbox();
    slack.fates.push(
      { outcome: 'accepted-then-lost' },
      { outcome: 'unknown', error: 'timeout' },
      { outcome: 'accepted-then-lost' },
    );
    const rows = [];
    for (const text of ['a', 'b', 'c']) rows.push(await outbox.sendNow(draft(text)));
    clock.pass(IN_DOUBT_MS);
    await outbox.deliverDue();
    expect(slack.looks).toMatchObject([{ ids: rows.map(({ id }) => id) }]);
    const states = await Promise.all(rows.map(async ({ id }) => (await store.find(id))?.state));
    expect(states).toEqual(['sent', 'sending', 'sent']);
    clock.pass(BETWEEN_LOOKS_MS);
    await outbox.deliverDue();
    await outbox.deliverDue();
    expect(slack.looks).toHaveLength(2);
    expect(slack.texts()).toEqual(['a', 'c', 'b']);
  });

  it('is looked for further down where Slack has cut the look short, and nothing else meanwhile', async () => {
    const { outbox, slack, clock, store } = await deskOutbox();
    slack.fates.push({ outcome: 'accepted-then-lost' }, { outcome: 'accepted-then-lost' });
    slack.lookFates.push({
      outcome: 'later',
      afterMs: 60_000,
      readTo: '1795424410.000001',
      found: new Map(),
    });
    const { id } = await outbox.sendNow(draft('a', 'CA'));
    clock.pass(1);
    await outbox.sendNow(draft('b', 'CB'));
    clock.pass(IN_DOUBT_MS);
    await outbox.deliverDue();
    clock.pass(59_999);
    await outbox.deliverDue();
    expect(slack.looks).toMatchObject([{ ids: [id], readTo: null }]);
    for (let i = 0; i < 2; i++) {
      clock.pass(1250);
      await outbox.deliverDue();
    }
    expect(
      slack.looks.find(({ ids, readTo }) => ids[0] === id && readTo === '1795424410.000001'),
    ).toBeDefined();
    expect(slack.looks).toHaveLength(3);
    expect(await store.find(id)).toMatchObject({ state: 'sent' });
    expect(slack.texts()).toEqual(['a', 'b']);
  });

  it('stays in doubt while the app is shut out, rather than be posted again', async () => {
    const { outbox, slack, clock, store } = await deskOutbox();
    slack.fates.push({ outcome: 'accepted-then-lost' });
    slack.lookFates.push({ outcome: 'shut-out', error: 'token_revoked', remedy: 'Mend it.' });
    const { id } = await outbox.sendNow(draft('hello'));
    clock.pass(IN_DOUBT_MS);
    await outbox.deliverDue();
    clock.pass(5 * 60_000 - 1);
    await outbox.deliverDue();
    expect(slack.looks).toHaveLength(1);
    clock.pass(1);
    await outbox.deliverDue();
    expect(await store.find(id)).toMatchObject({ state: 'sent' });
    expect(slack.texts()).toEqual(['hello']);
  });
});
