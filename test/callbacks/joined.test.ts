import { describe, expect, it } from 'vitest';
import { createJoinedDrafts } from '../../src/callbacks/joined.ts';
import type { StoredCall } from '../../src/calls/missed-call.ts';
import { unnamedVdn } from '../../src/calls/vdn.ts';
import { MINUTE, madeUpCall, NOON } from './made-up-calls.ts';

let made = 0;
const drafts = createJoinedDrafts({
  display: ({ callerNo, mediaType }, country) => ({
    kind: 'other',
    text: `${callerNo} by ${mediaType} in ${country}`,
    e164: null,
  }),
  newId: () => `id-${++made}`,
});
const about = { teamId: 'T1', vdn: { ...unnamedVdn(159), name: 'Support', country: 'CN' } };
const call = (callbackId: number, minutes: number, told: Partial<StoredCall> = {}) =>
  madeUpCall({
    callbackId,
    callerKey: `num:55501${callbackId}`,
    waitBeginAt: NOON + minutes * MINUTE,
    ...told,
  });

describe('the message that calls have joined', () => {
  it('is one direct message an owner, each with an id of its own', () => {
    const joined = ['ana', 'bo'].map((ownerId, n) => ({ ownerId, calls: [call(n, 0)] }));
    const written = drafts(joined, about);
    expect(written).toMatchObject([
      { teamId: 'T1', channelId: 'ana', kind: 'joined-calls' },
      { teamId: 'T1', channelId: 'bo', kind: 'joined-calls' },
    ]);
    expect(new Set(written.map(({ id }) => id)).size).toBe(2);
  });

  it('names each caller once, with how many calls and the latest, the last who called first', () => {
    const calls = [call(11, 1), call(12, 9, { mediaType: 53 }), call(11, 5), call(11, 3)];
    expect(drafts([{ ownerId: 'ana', calls }], about)[0]?.data).toEqual({
      vdn: { number: 159, name: 'Support' },
      callers: [
        {
          caller: { kind: 'other', text: '5550112 by 53 in CN', e164: null },
          callbackId: 12,
          calls: 1,
          latestAt: NOON + 9 * MINUTE,
        },
        {
          caller: { kind: 'other', text: '5550111 by 5 in CN', e164: null },
          callbackId: 11,
          calls: 3,
          latestAt: NOON + 5 * MINUTE,
        },
      ],
    });
  });

  it('is nothing when nothing joined', () => {
    expect(drafts([], about)).toEqual([]);
  });
});
