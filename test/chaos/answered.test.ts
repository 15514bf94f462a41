import { describe, expect, it } from 'vitest';
import type { ApiCall } from '../../src/sandbox/slack/calls.ts';
import type { DeliveryOnRecord } from '../../src/sandbox/slack/delivery/on-record.ts';
import { judgeAnswered, type Seen } from './answered.ts';
import type { WrittenEvent } from './books.ts';

// Each press that a desk has acknowledged and then forgotten must be noticed.

const TOM = 'U0TOMBAKE';
const ANA = 'U0ANASOUZ';
const NOW = Date.UTC(2022, 10, 21, 9);
/** Real time. */
const REAL = Date.UTC(2026, 10, 21, 9);

const acked: Pick<DeliveryOnRecord, 'ack' | 'at' | 'sentAt' | 'ackedAt'> = {
  ack: { status: 'acked', withinMs: 10, body: '' },
  at: NOW,
  sentAt: REAL,
  ackedAt: REAL + 10,
};
const user = { id: TOM };
const RESPONSE = { response_url: 'http://127.0.0.1/response/T0/abc', trigger_id: 't1' };

const click = (action: string): DeliveryOnRecord => ({
  ...acked,
  kind: 'interactive',
  payload: {
    ...RESPONSE,
    type: 'block_actions',
    user,
    container: { channel_id: 'C1', message_ts: '1.1' },
    actions: [{ action_id: action }],
  },
});
const command = (text: string): DeliveryOnRecord => ({
  ...acked,
  kind: 'slash_commands',
  payload: { ...RESPONSE, user_id: TOM, text },
});
const form = (body: unknown): DeliveryOnRecord => ({
  ...acked,
  ack: { status: 'acked', withinMs: 10, body },
  kind: 'interactive',
  payload: {
    type: 'view_submission',
    user,
    trigger_id: 't2',
    view: { id: 'V1', callback_id: 'log', private_metadata: '[1,5,null,null]' },
  },
});
const call = (given: Partial<ApiCall>): ApiCall => ({
  method: 'chat.update',
  args: {},
  at: NOW + 100,
  performed: true,
  answer: {},
  ...given,
});
const change = (action: WrittenEvent['action'], actorId = TOM): WrittenEvent => ({
  id: 1,
  callbackId: 5,
  at: NOW + 100,
  actorId,
  action,
  fromState: 'open',
  toState: 'claimed',
  fromOwnerId: null,
  toOwnerId: actorId,
  before: null,
  after: null,
});
const judge = (delivery: DeliveryOnRecord, seen: Partial<Seen> = {}) =>
  judgeAnswered({
    deliveries: [delivery],
    calls: [],
    callbacks: [],
    events: [],
    questions: [],
    lives: [],
    cuts: [],
    ...seen,
  });
/** A desk that acknowledged something then, and died so many ms later. */
const died = (afterMs: number | undefined, ackAt = REAL + 5) => ({
  acksAt: [ackAt],
  ...(afterMs !== undefined && { diedAt: ackAt + afterMs }),
});

describe('a click that was acknowledged', () => {
  it('is lost where nothing came of it', () => {
    expect(judge(click('claim:5')).losses).toEqual([
      `the button claim of ${TOM} (callback 5) at 09:00:00.000 was acknowledged, and neither done nor answered`,
    ]);
  });

  it('is not lost where the history has it', () => {
    expect(judge(click('claim:5'), { events: [change('claim')] }).losses).toEqual([]);
  });

  it.each([
    ['somebody else’s', change('claim', ANA)],
    ['another change', change('release')],
    ['another callback’s', { ...change('claim'), callbackId: 6 }],
    ['long before', { ...change('claim'), at: NOW - 61_000 }],
  ])('is lost where the history has only %s', (_what, event) => {
    expect(judge(click('claim:5'), { events: [event] }).losses).toHaveLength(1);
  });

  it('is done to the callback that its own was merged into', () => {
    const merged = { id: 5, vdn: 7, callerKey: 'k', state: 'done', ownerId: null, outcome: null };
    const callbacks = [{ ...merged, openedBy: 'digest', mergedInto: 8 }];
    const events = [{ ...change('claim'), callbackId: 8 }];
    expect(judge(click('claim:5'), { callbacks, events }).losses).toEqual([]);
  });

  it('is answered at its own address, or in a form that it opens', () => {
    const told = call({ method: 'response_url', key: 'abc', args: {} });
    expect(judge(click('claim:5'), { calls: [told] }).losses).toEqual([]);
    expect(judge(click('claim:5'), { calls: [{ ...told, key: 'xyz' }] }).losses).toHaveLength(1);
    const opened = call({ method: 'views.open', args: { trigger_id: 't1' } });
    expect(judge(click('log:5'), { calls: [opened] }).losses).toEqual([]);
  });

  it('is answered by the page that it turns to', () => {
    const turned = call({ args: { channel: 'C1', ts: '1.1' } });
    expect(judge(click('page:next'), { calls: [turned] }).losses).toEqual([]);
    expect(judge(click('page:next'), { calls: [{ ...turned, at: NOW - 1 }] }).losses).toHaveLength(1);
    expect(judge(click('claim:5'), { calls: [turned] }).losses).toHaveLength(1);
  });

  it('may die with the desk that had it in hand, and with no other', () => {
    const { losses, diedWithDesk } = judge(click('claim:5'), { lives: [died(50)] });
    expect({ losses, diedWithDesk }).toEqual({ losses: [], diedWithDesk: 1 });
    expect(judge(click('claim:5'), { lives: [died(undefined)] }).losses).toHaveLength(1);
    expect(judge(click('claim:5'), { lives: [died(60_000)] }).losses).toHaveLength(1);
    expect(judge(click('claim:5'), { lives: [died(50, REAL - 100)] }).losses).toHaveLength(1);
  });

  it('counts only where it was acknowledged', () => {
    const refused = { status: 'dispatch_failed', withinMs: 0, why: '' } as const;
    expect(judge({ ...click('claim:5'), ack: refused })).toEqual({ presses: 0, diedWithDesk: 0, losses: [] });
  });
});

describe('a command that was acknowledged', () => {
  const question = { askerId: TOM, asked: '7 today', askedAt: NOW + 20 };

  it('is answered, or was written down as a question', () => {
    expect(judge(command('7 today')).losses).toHaveLength(1);
    expect(judge(command('7 today'), { questions: [question] }).losses).toEqual([]);
    expect(judge(command('7 today'), { questions: [{ ...question, asked: '8 today' }] }).losses).toHaveLength(
      1,
    );
  });
});

describe('a form that was taken', () => {
  it('is lost where the history does not have it, also where its desk has died', () => {
    expect(judge(form({ response_action: 'clear' }), { lives: [died(1)] }).losses).toHaveLength(1);
    const events = [change('done')];
    expect(judge(form({ response_action: 'clear' }), { events }).losses).toEqual([]);
  });

  it('is answered where it shows why it was not taken', () => {
    expect(judge(form({ response_action: 'update', view: {} })).losses).toEqual([]);
  });
});
