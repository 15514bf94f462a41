import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/callbacks/notices.ts';
import {
  ALONE_MS,
  isNews,
  messagesBy,
  PAUSE_MS,
  toldAt,
  type WaitingNotice,
} from '../../src/callbacks/quiet.ts';
import { callback } from '../slack/messages/examples.ts';
import { MINUTE, NOON } from './made-up-calls.ts';

const SECOND = 1000;
let ids = 0;
const waiting = (notice: Notice, at: number, more: Partial<WaitingNotice> = {}): WaitingNotice => {
  ids += 1;
  const about = { teamId: 'T1', vdn: 159, actorId: null, calls: null, to: 'bo', lastToldAt: null };
  return { ...about, id: ids, callbackId: ids, notice, at, ...more };
};

describe('what is to be told', () => {
  it('is told at once to whoever was left alone for a while', () => {
    for (const notice of ['assigned', 'taken', 'due', 'raised'] as const) {
      expect(toldAt([waiting(notice, NOON)])).toBe(NOON);
      expect(toldAt([waiting(notice, NOON, { lastToldAt: NOON - ALONE_MS })])).toBe(NOON);
    }
  });

  it('waits for a pause where something was just told, as what comes in bursts always does', () => {
    expect(toldAt([waiting('assigned', NOON, { lastToldAt: NOON - ALONE_MS + 1 })])).toBe(NOON + PAUSE_MS);
    const lastToldAt = NOON - MINUTE;
    const second = waiting('assigned', NOON + 50 * SECOND, { lastToldAt });
    expect(toldAt([waiting('assigned', NOON, { lastToldAt }), second])).toBe(second.at + PAUSE_MS);
    for (const notice of ['resting', 'returned', 'back'] as const)
      expect(toldAt([waiting(notice, NOON)])).toBe(NOON + PAUSE_MS);
  });

  it('goes with what cannot wait', () => {
    expect(toldAt([waiting('returned', NOON), waiting('due', NOON + SECOND)])).toBe(NOON + SECOND);
    const lastToldAt = NOON - MINUTE;
    const due = waiting('due', NOON + SECOND, { lastToldAt });
    const later = waiting('assigned', NOON + 30 * SECOND, { lastToldAt });
    expect(toldAt([due, later])).toBe(NOON + SECOND + MINUTE);
  });
});

describe('what has waited', () => {
  const isTold = (notice: Notice, state: 'open' | 'claimed' | 'done', ownerId: string | null) =>
    isNews('bo')({ notice, callbackId: 7, actorId: null, callback: callback(state, { id: 7, ownerId }) });

  it('is not told to whoever has it no more, or has ended it', () => {
    for (const notice of ['resting', 'due'] as const) {
      expect(isTold(notice, 'claimed', 'bo')).toBe(true);
      expect(isTold(notice, 'claimed', 'ana')).toBe(false);
      expect(isTold(notice, 'open', null)).toBe(false);
      expect(isTold(notice, 'done', 'bo')).toBe(false);
    }
  });

  it('asks nobody for what somebody has', () => {
    for (const notice of ['raised', 'back'] as const) {
      expect(isTold(notice, 'open', null)).toBe(true);
      expect(isTold(notice, 'claimed', 'ana')).toBe(false);
      expect(isTold(notice, 'done', 'ana')).toBe(false);
    }
  });

  it('is told all the same where it has happened to its reader', () => {
    for (const notice of ['assigned', 'taken', 'returned'] as const)
      for (const state of ['open', 'claimed', 'done'] as const)
        expect(isTold(notice, state, 'ana')).toBe(true);
  });
});

interface Event {
  afterMs: number;
  notice: Notice;
  callbackId: number;
}
const event: fc.Arbitrary<Event> = fc.record({
  afterMs: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 90 * SECOND }),
    fc.integer({ max: 20 * MINUTE, min: 0 }),
  ),
  notice: fc.constantFrom<Notice[]>('assigned', 'taken', 'due', 'raised', 'resting', 'returned', 'back'),
  callbackId: fc.integer({ min: 1, max: 8 }),
});

/** A reader's notices as they come, told by a desk that looks every second. */
function play(events: readonly Event[]) {
  const told: { at: number; notices: WaitingNotice[] }[] = [];
  let at = NOON;
  const coming = events.map(({ afterMs, ...about }) => {
    at += afterMs;
    return waiting(about.notice, at, about);
  });
  const [all, wait]: [WaitingNotice[], WaitingNotice[]] = [[...coming], []];
  const end = at + 60 * MINUTE;
  for (let now = NOON; now <= end && (coming.length > 0 || wait.length > 0); now += SECOND) {
    while (coming[0] && coming[0].at <= now) wait.push(...coming.splice(0, 1));
    const lastToldAt = told.at(-1)?.at ?? null;
    for (const { notices } of messagesBy(
      now,
      wait.map((one) => ({ ...one, lastToldAt })),
    )) {
      told.push({ at: now, notices });
      for (const { id } of notices)
        wait.splice(
          wait.findIndex((one) => one.id === id),
          1,
        );
    }
  }
  return { told, all, left: wait };
}

describe('however notices come', () => {
  it('each is told once, in the order of its callback, and a message has one of each callback', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const { told, all, left } = play(events);
        expect(left).toEqual([]);
        const ids = told.flatMap(({ notices }) => notices.map(({ id }) => id));
        expect(ids.toSorted((a, b) => a - b)).toEqual(all.map(({ id }) => id));
        for (const { notices } of told)
          expect(new Set(notices.map(({ callbackId }) => callbackId)).size).toBe(notices.length);
        const order = told.flatMap(({ notices }) => notices);
        for (const [, theirs] of Map.groupBy(order, ({ callbackId }) => callbackId))
          expect(theirs.map(({ id }) => id)).toEqual(theirs.map(({ id }) => id).toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('none waits longer than five minutes where its callback has no other, and three messages take a minute at least', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const { told } = play(events.map((one, callbackId) => ({ ...one, callbackId })));
        for (const { at, notices } of told)
          for (const notice of notices) expect(at - notice.at).toBeLessThan(ALONE_MS + SECOND);
        told.slice(2).forEach(({ at }, n) => {
          expect(at - (told[n]?.at ?? 0)).toBeGreaterThanOrEqual(MINUTE);
        });
      }),
      { numRuns: 60 },
    );
  });
});
