import { describe, expect, it } from 'vitest';
import type { CallbackEvent, CallbackState, Situation } from '../../src/callbacks/callback.ts';
import { opened as openedAt } from '../../src/callbacks/state.ts';
import { randomFrom } from '../../src/sandbox/cms/random.ts';
import type { ApiCall } from '../../src/sandbox/slack/calls.ts';
import type { Block, Message } from '../../src/sandbox/slack/messages.ts';
import type { WrittenCallback, WrittenEvent } from './books.ts';
import { hammered, judgeHistory, judgeNewest, judgePosts, judgeShown, judgeTold } from './judge.ts';
import { judgeExpired, judgeNotices, readNotices } from './notices.ts';
import { planRound } from './plan.ts';
import { type DigestRead, readDigest } from './reading.ts';

// The judge of the chaos suite is judged itself: each promise, broken by hand, must be noticed.

const GREEN = '442079460101';
const BLACK = '442079460102';
const TOM = 'U0TOMBAKE';
const ANA = 'U0ANASOUZ';

const digest = (...rows: [caller: string, calls: number][]): DigestRead => ({
  vdn: 7,
  calls: rows.reduce((sum, [, calls]) => sum + calls, 0),
  callers: rows.length,
  rows: rows.map(([caller, calls]) => ({
    caller,
    calls,
    callbackId: 1,
    state: 'open',
    ownerId: null,
    standing: '',
  })),
});
const told = (callers: string[], ...digests: DigestRead[]) =>
  judgeTold({ channel: '#support', vdn: 7, callers, digests });

describe('what a channel was told', () => {
  it('is right where every call is in one message, a caller’s further calls in a later one, too', () => {
    const verdict = told([GREEN, GREEN, GREEN, BLACK], digest([GREEN, 2], [BLACK, 1]), digest([GREEN, 1]));
    expect(verdict).toEqual({ losses: [], repeats: [] });
  });

  it('is a loss where a call is in none', () => {
    const verdict = told([GREEN, BLACK], digest([GREEN, 1]));
    expect(verdict.losses).toHaveLength(2);
    expect(verdict.losses[0]).toContain('of the 1 calls of …0102 (VDN 7) #support was told 0');
    expect(verdict.repeats).toEqual([]);
  });

  it('is a repeat where a call is in two', () => {
    const verdict = told([GREEN, BLACK], digest([GREEN, 1], [BLACK, 1]), digest([GREEN, 1]));
    expect(verdict.repeats[0]).toContain('of the 1 calls of …0101 (VDN 7) #support was told 2');
    expect(verdict.losses).toEqual([]);
  });

  it('is wrong where a message’s figure is not what its rows say', () => {
    const verdict = told([GREEN], { ...digest([GREEN, 1]), calls: 2 });
    expect(verdict.repeats).toEqual([
      'the figures of #support for VDN 7 come to 2, the contact centre has 1',
    ]);
  });

  it('never speaks of a whole number', () => {
    const { losses, repeats } = told([GREEN], digest([BLACK, 1]));
    expect([...losses, ...repeats].join()).not.toMatch(/\d{5}/);
  });
});

const message = (ts: string, blocks: Block[], id = ts): Message => ({
  channel: 'C0SUPPORT',
  ts,
  user: 'U0DESKBOT',
  byApp: true,
  threadTs: undefined,
  broadcast: false,
  ephemeralTo: undefined,
  text: '',
  blocks,
  attachments: [],
  files: [],
  metadata: { event_type: 'missed_call_desk', event_payload: { id } },
  editedTs: undefined,
});
const section = (text: string, more: object = {}): Block => ({
  type: 'section',
  block_id: text,
  text: { type: 'mrkdwn', text },
  ...more,
});
const claimedRow = (owner: string): Block[] => [
  section(
    `*<tel:+442079460101|+44 20 7946 0101>* · 2 calls · +1 since\nwaited 30 s\n📞 Claimed by <@${owner}> since 09:15`,
  ),
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [{ type: 'button', action_id: 'log:5' }],
  },
];

describe('a digest', () => {
  it('is read as people see it', () => {
    const blocks = [
      section('*Missed calls: Support (VDN 7)*\nMon 21 Nov'),
      section('3 new calls from 2 callers · longest wait 30 s'),
      ...claimedRow(TOM),
      section('*+44 20 7946 0102*\nwaited 30 s', { accessory: { type: 'button', action_id: 'claim:6' } }),
    ];
    expect(readDigest(message('1', blocks))).toEqual({
      vdn: 7,
      calls: 3,
      callers: 2,
      rows: [
        {
          ...{ caller: GREEN, calls: 2, callbackId: 5, state: 'claimed', ownerId: TOM },
          standing: `📞 Claimed by <@${TOM}> since 09:15`,
        },
        {
          ...{ caller: BLACK, calls: 1, callbackId: 6, state: 'open', ownerId: null },
          standing: 'waited 30 s',
        },
      ],
    });
  });

  it('posted twice is a repeat', () => {
    expect(judgePosts([message('1', [], 'a'), message('2', [], 'b')])).toEqual([]);
    expect(judgePosts([message('1', [], 'a'), message('2', [], 'a')])).toEqual([
      'the message a was posted 2 times',
    ]);
  });
});

type Standing = [state: CallbackState, ownerId: string | null];
const situation = ([state, ownerId]: Standing): Situation => ({ ...openedAt(0), state, ownerId });
const event = (action: CallbackEvent['action'], from: Standing | null, to: Standing): WrittenEvent => ({
  id: 1,
  before: from && situation(from),
  after: from && situation(to),
  callbackId: 5,
  at: 0,
  actorId: TOM,
  action,
  fromState: from?.[0] ?? null,
  fromOwnerId: from?.[1] ?? null,
  toState: to[0],
  toOwnerId: to[1],
});
const callback = (state: string, ownerId: string | null, id = 5): WrittenCallback => ({
  id,
  vdn: 7,
  callerKey: 'tel:1',
  state,
  ownerId,
  outcome: null,
  openedBy: 'digest',
  mergedInto: null,
});
const opened = event('open', null, ['open', null]);
const claimed = event('claim', ['open', null], ['claimed', TOM]);

describe('a callback’s history', () => {
  it('is one chain that ends in its state', () => {
    expect(judgeHistory([callback('claimed', TOM)], [opened, claimed])).toEqual([]);
  });

  it('with two owners, a missing event, or another end is complained of', () => {
    const second = event('claim', ['open', null], ['claimed', ANA]);
    expect(judgeHistory([callback('claimed', ANA)], [opened, claimed, second])).toEqual([
      'callback 5: claim does not follow from what was before',
      'callback 5: claim was made of something else than what was before',
      'callback 5: claim was not allowed',
    ]);
    expect(judgeHistory([callback('claimed', TOM)], [opened])).toHaveLength(1);
    expect(judgeHistory([callback('open', TOM)], [opened])).toHaveLength(2);
  });

  it('with a change that came to something else than it should is complained of', () => {
    const late = { ...claimed, after: { ...situation(['claimed', TOM]), since: 7 } };
    expect(judgeHistory([callback('claimed', TOM)], [opened, late])).toEqual([
      'callback 5: claim came to something else than it should',
    ]);
    const reminded = event('remind', ['claimed', TOM], ['claimed', TOM]);
    expect(judgeHistory([callback('claimed', TOM)], [opened, claimed, reminded])).toEqual([
      'callback 5: remind was not allowed',
    ]);
  });

  it('beside another one of the same caller’s that is not done is complained of', () => {
    const both = [callback('claimed', TOM), callback('open', null, 6)];
    const complaints = judgeHistory(both, [opened, claimed, { ...opened, callbackId: 6 }]);
    expect(complaints).toEqual(['callbacks 5 and 6 are of the same caller']);
  });
});

describe('what people were shown', () => {
  const shown = (owner: string): ApiCall => ({
    method: 'chat.update',
    args: { blocks: claimedRow(owner) },
    at: 0,
    performed: true,
    answer: {},
  });

  it('has been so', () => {
    expect(judgeShown([shown(TOM)], [opened, claimed])).toEqual([]);
  });

  it('and was never written down is an event that was lost', () => {
    expect(judgeShown([shown(ANA)], [opened, claimed])).toEqual([
      `chat.update showed callback 5 as claimed of ${ANA}`,
    ]);
  });

  it('in the newest messages is how things are', () => {
    const messages = [message('1', claimedRow(TOM))];
    expect(judgeNewest(messages, [callback('claimed', TOM)])).toEqual([]);
    expect(judgeNewest(messages, [callback('done', TOM)])).toHaveLength(1);
  });
});

describe('what became of callbacks', () => {
  const byDesk = (one: WrittenEvent): WrittenEvent => ({ ...one, actorId: null });
  const reminded = byDesk(event('remind', ['claimed', TOM], ['claimed', TOM]));
  const returned = byDesk(event('return', ['claimed', TOM], ['open', null]));
  const taken = { ...event('take-over', ['claimed', TOM], ['claimed', ANA]), actorId: ANA };
  const raised = byDesk(event('raise', ['open', null], ['open', null]));
  const told = (events: WrittenEvent[], notices: Parameters<typeof judgeNotices>[0]['notices']) =>
    judgeNotices({
      notices,
      events: [opened, claimed, ...events].map((one, n) => ({ ...one, id: n + 1 })),
      callbacks: [callback('claimed', TOM)],
      channelsOf: () => ['C0SUPPORT', 'C0MANAGERS'],
    });
  const notice = (of: 'resting' | 'returned' | 'taken' | 'raised', to = TOM) => ({
    to,
    notice: of,
    callbackId: 5,
  });

  it('is read under what is said of it', () => {
    const blocks = [section('*Are you still on this one?* Nothing has happened'), ...claimedRow(TOM)];
    expect(readNotices({ blocks })).toEqual([{ notice: 'resting', callbackId: 5 }]);
    expect(readNotices({ blocks: claimedRow(TOM) })).toEqual([]);
  });

  it('is told to whom it concerns, once', () => {
    const right = [notice('resting'), notice('returned'), notice('raised', 'C0SUPPORT')];
    const verdict = told([reminded, returned, raised], [...right, notice('raised', 'C0MANAGERS')]);
    expect(verdict).toEqual({ losses: [], repeats: [] });
    expect(told([taken], [notice('taken')])).toEqual({ losses: [], repeats: [] });
  });

  it('is a loss where it was not told, and a repeat where it was told again, or never was', () => {
    expect(told([reminded], []).losses).toHaveLength(1);
    expect(told([reminded], [notice('resting'), notice('resting')]).repeats).toHaveLength(1);
    expect(told([], [notice('resting')]).repeats).toHaveLength(1);
    expect(told([raised], [notice('raised', 'C0SUPPORT')]).losses).toHaveLength(1);
  });

  it('is no loss where it had been done before anybody was asked, which they need not be', () => {
    expect(told([reminded, returned], [notice('returned')])).toEqual({ losses: [], repeats: [] });
    expect(told([reminded, returned], [notice('resting'), notice('returned')]).repeats).toEqual([]);
    expect(told([reminded, returned], [notice('resting')]).losses).toHaveLength(1);
  });

  it('is counted once where nobody called back', () => {
    const expired = { ...callback('done', null), outcome: 'expired' as const };
    const about = { channel: '#support', vdn: 7, callbacks: [expired, callback('open', null, 6)] };
    expect(judgeExpired({ ...about, counts: [1] })).toEqual({ losses: [], repeats: [] });
    expect(judgeExpired({ ...about, counts: [] }).losses).toHaveLength(1);
    expect(judgeExpired({ ...about, counts: [1, 1] }).repeats).toHaveLength(1);
  });
});

describe('Slack’s limits', () => {
  it('are hammered by calls that were held up without a fault', () => {
    const call = {
      method: 'chat.update',
      args: {},
      at: 0,
      performed: false,
      answer: {},
      error: 'ratelimited',
    };
    expect(hammered([call, { ...call, fault: 'ratelimited' }])).toEqual([call]);
  });
});

describe('a plan', () => {
  const plan = (seed: number) =>
    planRound({
      random: randomFrom(seed),
      vdns: [7, 8],
      channels: ['#support'],
      people: ['tom', 'ana'],
      replicas: 3,
      mode: 'socket',
      forMs: 4_000,
    });

  it('is the same for the same seed, and another one for another', () => {
    expect(plan(1)).toEqual(plan(1));
    expect(plan(2)).not.toEqual(plan(1));
  });
});
