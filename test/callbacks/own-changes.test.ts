import { describe, expect, it } from 'vitest';
import type { Callback } from '../../src/callbacks/callback.ts';
import { lookAt } from '../../src/callbacks/own-changes.ts';
import { opened } from '../../src/callbacks/state.ts';
import { type CallbackRules, defaultRules, openingTomorrow } from '../../src/callbacks/vdn-rules.ts';
import { DAY, HOUR, MINUTE, NOON } from './made-up-calls.ts';

/** 09:00 to 18:00 on every day but Saturday and Sunday. */
const workday = [{ from: 9 * 60, to: 18 * 60 }];
const hours = {
  timeZone: 'UTC',
  week: [workday, workday, workday, workday, workday, [], []],
  holidays: [],
};
const always = { ...defaultRules('UTC'), raise: [] };
const HORIZON = 7 * DAY;

function callback(more: Partial<Callback> = {}): Callback {
  return {
    ...opened(NOON),
    id: 1,
    teamId: 'T1',
    vdn: 159,
    callerKey: 'num:1',
    openedAt: NOON,
    openedBy: 'digest',
    mergedInto: null,
    touchedAt: NOON,
    remindedAt: null,
    ...more,
  };
}
const claimed = (more: Partial<Callback> = {}) => callback({ state: 'claimed', ownerId: 'ana', ...more });
const look = (
  one: Callback,
  now: number,
  rules: CallbackRules = always,
  latestCallAt: number | null = NOON,
  hasChannels = true,
) => lookAt(one, { rules, now, horizonMs: HORIZON, latestCallAt, hasChannels });

describe('a claim', () => {
  it('that waits for its time is due then, however long that is', () => {
    const waiting = claimed({ dueAt: NOON + 3 * DAY });
    expect(look(waiting, NOON + DAY)).toEqual({ wakeAt: NOON + 3 * DAY });
    expect(look(waiting, NOON + 3 * DAY)).toEqual({ change: { action: 'due' } });
  });

  it('that rests reminds its owner after half an hour, and is open again after another', () => {
    const half = 30 * MINUTE;
    expect(look(claimed(), NOON)).toEqual({ wakeAt: NOON + half });
    expect(look(claimed(), NOON + half)).toEqual({ change: { action: 'remind' } });
    const reminded = claimed({ remindedAt: NOON + half });
    expect(look(reminded, NOON + half)).toEqual({ wakeAt: NOON + 2 * half });
    expect(look(reminded, NOON + 2 * half)).toEqual({ change: { action: 'return' } });
  });

  it('rests only while the VDN is open', () => {
    // Friday, ten minutes before it closes.
    const friday = Date.UTC(2026, 10, 27, 17, 50);
    expect(look(claimed({ touchedAt: friday }), friday, { ...always, hours })).toEqual({
      wakeAt: Date.UTC(2026, 10, 30, 9, 20),
    });
  });

  it('rests for good where nothing is to be said of it', () => {
    expect(look(claimed(), NOON + DAY, { ...always, restMs: null })).toEqual({ wakeAt: null });
    const closed = { ...hours, week: [[], [], [], [], [], [], []] };
    expect(look(claimed(), NOON + DAY, { ...always, hours: closed })).toEqual({ wakeAt: null });
  });
});

it('what a digest has told and nobody claims is raised once where nobody has set anything: in the channels, after two hours', () => {
  const unset = defaultRules('UTC');
  expect(look(callback(), NOON, unset)).toEqual({ wakeAt: NOON + 2 * HOUR });
  expect(look(callback(), NOON + 2 * HOUR, unset)).toEqual({ change: { action: 'raise', raised: 1 } });
  expect(unset.raise.map(({ to }) => to)).toEqual([{ kind: 'channel' }]);
  expect(look(callback({ raised: 1 }), NOON + 2 * HOUR, unset)).toEqual({ wakeAt: NOON + HORIZON });
});

describe('a callback that nobody has', () => {
  const raise = [
    { afterMs: HOUR, to: { kind: 'channel' as const } },
    { afterMs: 2 * HOUR, to: { kind: 'group' as const, groupId: 'S1' } },
    { afterMs: 4 * HOUR, to: { kind: 'person' as const, userId: 'U1' } },
  ];
  const rules = { ...always, raise };
  const raisedTo = (raised: number) => ({ change: { action: 'raise', raised } });

  it('is raised step by step', () => {
    expect(look(callback(), NOON, rules)).toEqual({ wakeAt: NOON + HOUR });
    expect(look(callback(), NOON + HOUR, rules)).toEqual(raisedTo(1));
    expect(look(callback({ raised: 1 }), NOON + HOUR, rules)).toEqual({ wakeAt: NOON + 2 * HOUR });
    expect(look(callback({ raised: 2 }), NOON + 5 * HOUR, rules)).toEqual(raisedTo(3));
    expect(look(callback({ raised: 3 }), NOON + 5 * HOUR, rules)).toEqual({ wakeAt: NOON + HORIZON });
  });

  it('is raised once for all the steps that the desk was away for', () => {
    expect(look(callback(), NOON + 3 * HOUR, rules)).toEqual(raisedTo(2));
  });

  it('keeps a step that would ask nobody until the VDN has a channel again; a person is asked all the same', () => {
    const nowhere = (one: Callback, now: number) => look(one, now, rules, NOON, false);
    const due = NOON + (raise[0]?.afterMs ?? 0);
    expect(nowhere(callback(), due)).toEqual({ wakeAt: due + 15 * MINUTE });
    expect(look(callback(), due + 15 * MINUTE, rules)).toMatchObject(raisedTo(1));
    const person = raise.findIndex(({ to }) => to.kind === 'person');
    expect(nowhere(callback(), NOON + (raise[person]?.afterMs ?? 0))).toEqual(raisedTo(person + 1));
  });

  it('is never raised where nobody set a step, or where only a question has told it', () => {
    expect(look(callback(), NOON + 5 * HOUR)).toEqual({ wakeAt: NOON + HORIZON });
    expect(look(callback({ openedBy: 'question' }), NOON + 5 * HOUR, rules)).toEqual({
      wakeAt: NOON + HORIZON,
    });
  });

  it('is given up when its latest call is too long ago, and not before', () => {
    const end = NOON + HORIZON;
    expect(look(callback(), end, rules)).toEqual({ change: { action: 'expire' } });
    expect(look(callback(), end, always, NOON + DAY)).toEqual({ wakeAt: end + DAY });
    expect(look(callback(), end, always, null)).toEqual({ change: { action: 'expire' } });
  });
});

it('a callback that is done is never looked at again', () => {
  expect(look(callback({ state: 'done' }), NOON + 100 * DAY)).toEqual({ wakeAt: null });
});

describe('tomorrow at opening', () => {
  const friday = Date.UTC(2026, 10, 27, 16);

  it("is the first opening after the day in the VDN's zone", () => {
    expect(openingTomorrow({ ...always, hours }, friday)).toBe(Date.UTC(2026, 10, 30, 9));
  });

  it('is nine in the morning where it is always open, or never', () => {
    const tokyo = { ...always, timeZone: 'Asia/Tokyo' };
    expect(openingTomorrow(tokyo, friday)).toBe(Date.UTC(2026, 10, 29, 0));
    const closed = { ...hours, week: [[], [], [], [], [], [], []] };
    expect(openingTomorrow({ ...always, hours: closed }, friday)).toBe(Date.UTC(2026, 10, 28, 9));
  });
});
