import { describe, expect, it } from 'vitest';
import { afterLoss } from '../../src/outbox/lost.ts';
import { deskOutbox, draft, START, TIMEOUT_MS } from './desk-outbox.ts';

const MINUTE = 60_000;
const STEP_MS = 20_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('what becomes of a message that Slack fails at', () => {
  const at = (lost: number, takesOthers: boolean, now = START + HOUR) =>
    afterLoss({ lost, lostSince: START, shrunk: 0 }, now, { takesOthers, firstMs: 0 });
  const pauses = (takesOthers: boolean) =>
    [1, 2, 3, 4, 5, 6, 7].map((lost) => {
      const verdict = at(lost, takesOthers);
      return verdict.next === 'again' ? verdict.afterMs / MINUTE : verdict.next;
    });

  it('where Slack takes others: smaller from the third time on, and an end at the fifth', () => {
    expect(pauses(true)).toEqual([0, 1, 5, 15, 'give-up', 'give-up', 'give-up']);
    expect([2, 3, 4].map((lost) => at(lost, true))).toMatchObject([
      { shrunk: 0 },
      { shrunk: 1 },
      { shrunk: 2 },
    ]);
  });

  it('where it fails at others, too: as it is, once an hour, for a day', () => {
    expect(pauses(false)).toEqual([0, 1, 5, 15, 60, 60, 60]);
    expect(at(7, false, START + DAY - 1)).toMatchObject({ next: 'again', shrunk: 0 });
    expect(at(7, false, START + DAY)).toEqual({ next: 'give-up' });
  });
});

/** An outbox in time that passes in small steps. */
async function passing() {
  const desk = await deskOutbox();
  const { clock, outbox } = desk;
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      clock.pass(STEP_MS);
      await outbox.deliverDue();
    }
  };
  return { ...desk, pass };
}

const fails = (slack: Awaited<ReturnType<typeof deskOutbox>>['slack'], text: string) => {
  slack.failsAt = (row) =>
    (row.data as { text: string }).text === text
      ? { outcome: 'unknown', error: 'internal_error' }
      : undefined;
};

describe('a message that Slack fails at again and again', () => {
  it('is posted a few times, ever smaller and ever later, then counts as refused; meanwhile others of its channel come', async () => {
    const { slack, store, enqueue, pass, refused, logged } = await passing();
    fails(slack, 'poisoned');
    const poisoned = draft('poisoned', 'C1', { subscriptionId: 7 });
    await enqueue([poisoned, draft('other', 'C1')]);
    await pass(10 * MINUTE);
    expect(slack.texts()).toEqual(['other']);
    await pass(HOUR);
    expect(slack.attempts.filter((text) => text === 'poisoned')).toHaveLength(5);
    expect(slack.sizes).toEqual([0, 0, 0, 0, 2]);
    expect(refused).toMatchObject([{ row: { id: poisoned.id }, error: 'internal_error' }]);
    expect(await store.find(poisoned.id)).toMatchObject({ state: 'failed', error: 'internal_error' });
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    await pass(2 * HOUR);
    expect(slack.attempts).toHaveLength(6);
  });

  it('is told smaller where that is what helps', async () => {
    const { slack, store, enqueue, pass, refused } = await passing();
    const long = draft('long', 'C1');
    slack.failsAt = (row) =>
      row.id === long.id && row.shrunk < 1 ? { outcome: 'unknown', error: 'internal_error' } : undefined;
    await enqueue([long, draft('other', 'C2')]);
    await pass(2 * MINUTE);
    await enqueue([draft('another', 'C2')]);
    await pass(HOUR);
    expect(slack.texts('C1')).toEqual(['long']);
    expect(await store.find(long.id)).toMatchObject({ state: 'sent', shrunk: 1, lost: 0 });
    expect(refused).toEqual([]);
  });
});

it('an outage of Slack’s that lasts for hours loses nothing, refuses nothing, and makes nothing smaller', async () => {
  const { slack, clock, enqueue, pass, refused } = await passing();
  slack.failsAt = () => ({ outcome: 'unknown', error: 'http_503' });
  const texts = ['a', 'b', 'c'];
  await enqueue(texts.flatMap((text) => [draft(text, `C${text}`), draft(`${text} later`, `C${text}`)]));
  await pass(3 * HOUR);
  expect(slack.attempts.length).toBeLessThan(60);
  slack.failsAt = () => undefined;
  clock.pass(HOUR);
  await pass(MINUTE);
  expect(slack.texts().toSorted()).toEqual(texts.flatMap((text) => [text, `${text} later`]));
  expect(slack.messages.map(({ shrunk }) => shrunk)).toEqual(Array(6).fill(0));
  expect(refused).toEqual([]);
});

it('Slack that loses every answer but some for hours makes nobody’s message the one at fault', async () => {
  const { slack, enqueue, pass, refused } = await passing();
  // Two channels whose answers are always lost, as by a bad half of Slack's, and others that it takes.
  slack.failsAt = ({ channelId }) =>
    /^C[ab]$/.test(channelId) ? { outcome: 'unknown', error: 'http_503' } : undefined;
  await enqueue([draft('a', 'Ca'), draft('b', 'Cb')]);
  for (let hour = 0; hour < 4; hour += 1) {
    await enqueue([draft(`taken ${hour}`, 'Cc')]);
    await pass(HOUR);
  }
  expect(slack.attempts.filter((text) => /^[ab]$/.test(text)).length).toBeGreaterThan(8);
  expect(refused).toEqual([]);
  slack.failsAt = () => undefined;
  await pass(HOUR + MINUTE);
  expect(slack.texts('Ca')).toEqual(['a']);
  expect(slack.texts('Cb')).toEqual(['b']);
});

it('a history that Slack fails at for an hour holds nothing up, while messages go', async () => {
  const { slack, store, enqueue, pass } = await passing();
  slack.fates.push({ outcome: 'unknown', error: 'internal_error' });
  const doubted = draft('doubted', 'C1');
  await enqueue([doubted]);
  await pass(0);
  slack.lookFates.push(...Array(200).fill('later'));
  await pass(MINUTE);
  await enqueue([draft('elsewhere', 'C2')]);
  await pass(HOUR + 5 * MINUTE);
  expect(slack.texts('C1')).toEqual(['doubted']);
  expect(await store.find(doubted.id)).toMatchObject({ state: 'sent' });
});

describe('a message before which Slack does not say what has to be known', () => {
  const never = (slack: Awaited<ReturnType<typeof deskOutbox>>['slack']) => {
    slack.failsAt = ({ channelId }) =>
      channelId === 'C1'
        ? { outcome: 'later', afterMs: 10 * MINUTE, why: 'unanswered', error: 'no answer' }
        : undefined;
  };
  it('is asked about again for a day, and then counts as refused, where Slack takes others', async () => {
    const { slack, enqueue, pass, refused } = await passing();
    never(slack);
    const waiting = draft('waiting', 'C1');
    await enqueue([waiting, draft('behind', 'C2')]);
    await pass(23 * HOUR);
    expect(refused).toEqual([]);
    await enqueue([draft('taken', 'C2')]);
    await pass(2 * HOUR);
    expect(refused).toMatchObject([{ row: { id: waiting.id }, error: 'no answer' }]);
  });

  it('waits for as long as it takes where Slack takes nothing, and goes then', async () => {
    const { slack, clock, enqueue, pass, refused } = await passing();
    never(slack);
    await enqueue([draft('waiting', 'C1')]);
    await pass(HOUR);
    clock.pass(48 * HOUR);
    await pass(HOUR);
    slack.failsAt = () => undefined;
    await pass(HOUR);
    expect(slack.texts('C1')).toEqual(['waiting']);
    expect(refused).toEqual([]);
  });
});

describe('an edit that Slack fails at again and again', () => {
  it('is sent a few times, ever later, and ends there; the next change is another one', async () => {
    const { outbox, slack, pass, logged } = await passing();
    const { id } = await outbox.sendNow(draft('hello'));
    slack.updateFates.push(...Array(5).fill({ outcome: 'unknown', error: 'fatal_error' }));
    await outbox.revise(id, { data: { text: 'edited' } });
    await pass(TIMEOUT_MS);
    await outbox.sendNow(draft('other', 'C2'));
    await pass(3 * HOUR);
    expect(slack.updates).toHaveLength(5);
    expect(slack.texts('C1')).toEqual(['hello']);
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    await outbox.revise(id, { data: { text: 'later' } });
    expect(slack.texts('C1')).toEqual(['later']);
  });

  it('waits where Slack takes nothing at all, and is shown when that is over', async () => {
    const { outbox, slack, pass } = await passing();
    const { id } = await outbox.sendNow(draft('hello'));
    slack.updateFates.push(...Array(6).fill({ outcome: 'unknown', error: 'http_503' }));
    await pass(5000);
    await outbox.revise(id, { data: { text: 'edited' } });
    await pass(3 * HOUR);
    expect(slack.texts()).toEqual(['edited']);
    expect(slack.messages).toMatchObject([{ shrunk: 0 }]);
  });
});
