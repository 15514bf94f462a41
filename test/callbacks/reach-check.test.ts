import { once } from 'node:events';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createReachCheck, type ReachCheckParts } from '../../src/callbacks/reach-check.ts';
import type { ReachProof, ReachQuery } from '../../src/calls/reached.ts';
import { SourceError } from '../../src/calls/source.ts';
import { createReachStore } from '../../src/storage/reach-store.ts';
import { recordingLog } from '../cms/loopback.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from '../storage/callback-desk.ts';
import { onSqlite } from '../storage/sqlite.ts';
import { DAY, HOUR, MINUTE, NOON } from './made-up-calls.ts';

const proof: ReachProof = { callId: '1-1', direction: 'outbound', at: NOON - MINUTE, talkMs: 30_000 };

let desk: CallbackDesk;
beforeEach(async () => {
  desk = callbackDesk(await onSqlite());
  onTestFinished(() => desk.knex.destroy());
});

/** So many callers were missed, one a minute; they can be told apart by the last digits of their numbers. */
async function missed(count: number, keyOf = (n: number) => `num:555${1000 + n}`) {
  const calls = Array.from({ length: count }, (_, n) => ({
    callerKey: keyOf(n),
    callEndAt: NOON - HOUR - n * MINUTE,
  }));
  await desk.arrive(...calls);
  await desk.attach();
  return (await desk.callbackIds()).map((id) => id ?? 0);
}

/** A check whose contact centre answers so; what it was asked, and what was logged. */
function checking(
  answer: (query: ReachQuery) => Promise<ReachProof | null>,
  more: Partial<ReachCheckParts> = {},
) {
  const asked: ReachQuery[] = [];
  const log = recordingLog();
  let woken = 0;
  const { check } = createReachCheck({
    source: {
      knownFrom: (now) => now - DAY,
      async reached(query) {
        asked.push(query);
        query.signal?.throwIfAborted();
        return answer(query);
      },
    },
    store: createReachStore(desk.knex),
    vdns: desk.vdns,
    clock: desk.clock,
    log,
    wakeOutbox: () => void woken++,
    ...more,
  });
  const checkOpen = (callbackIds: readonly number[], signal?: AbortSignal) =>
    check({ teamId: TEAM, vdn: VDN, callbackIds, state: 'open', ...(signal && { signal }) });
  return { asked, log, woken: () => woken, check, checkOpen };
}

async function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  if (!signal) throw new Error('Nobody can give up');
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}

describe('callbacks that are about to be shown', () => {
  it('are marked where the caller was reached, and their messages are shown anew', async () => {
    await desk.vdns.seed(TEAM, [{ number: VDN, name: null, timeZone: null, country: 'GB' }]);
    const [first = 0, second = 0] = await missed(2);
    const { asked, checkOpen, woken } = checking(async ({ callerNo }) =>
      callerNo === '5551001' ? proof : null,
    );
    expect(await checkOpen([first, second])).toEqual([await desk.callback(second)]);
    expect(await desk.callback(second)).toMatchObject({ state: 'done', proof });
    expect(await desk.callback(first)).toMatchObject({ state: 'open' });
    expect(woken()).toBe(1);
    expect(asked[0]).toMatchObject({
      vdn: VDN,
      callerKey: 'num:5551000',
      callerNo: '5551000',
      country: 'GB',
      afterAt: NOON - HOUR,
    });
  });

  it('are not asked about where nobody can be asked: no number, too long ago, somebody has them', async () => {
    const [social = 0] = await missed(1, () => 'social:2:1000000000000000001');
    await desk.arrive({ callerKey: 'num:5552000', callEndAt: NOON - DAY - MINUTE });
    await desk.arrive({ callerKey: 'num:5552001' });
    await desk.attach();
    const [, old = 0, hers = 0] = (await desk.callbackIds()).map((id) => id ?? 0);
    await desk.act('ana', 'claim', hers);
    const { asked, check, checkOpen } = checking(async () => proof);
    expect(await checkOpen([social, old, hers])).toEqual([]);
    expect(await check({ teamId: TEAM, vdn: VDN, callbackIds: [hers], state: 'claimed' })).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('are asked about a few at a time, and only so many, who was missed last first', async () => {
    const ids = await missed(10);
    let now = 0;
    let most = 0;
    const { asked, checkOpen } = checking(
      async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise(setImmediate);
        now -= 1;
        return null;
      },
      { most: 7, atOnce: 3 },
    );
    await checkOpen(ids);
    expect(asked.map(({ callerNo }) => callerNo)).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `555${1000 + n}`));
    expect(most).toBe(3);
  });

  it('stay as they are when the contact centre fails, which is asked no further, and the log has no number', async () => {
    const ids = await missed(10);
    const error = new SourceError('overloaded', 'The contact centre is overloaded');
    const { asked, checkOpen, log } = checking(async () => Promise.reject(error), { atOnce: 2 });
    expect(await checkOpen(ids)).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(log.lines).toMatchObject([{ level: 'warn', facts: { code: 'overloaded', vdn: VDN } }]);
    expect(JSON.stringify(log.lines)).not.toContain('5551');
    for (const id of ids) expect(await desk.callback(id)).toMatchObject({ state: 'open' });
  });

  it('keep what was known before the contact centre failed', async () => {
    const ids = await missed(3);
    const { checkOpen } = checking(
      async ({ callerNo }) => {
        if (callerNo === '5551000') return proof;
        throw new SourceError('unreachable', 'The contact centre cannot be reached');
      },
      { atOnce: 1 },
    );
    expect((await checkOpen(ids)).map(({ id }) => id)).toEqual([ids[0]]);
  });

  it('wait for a contact centre that is slow only so long', async () => {
    const ids = await missed(2);
    const { checkOpen, log } = checking(({ signal }) => untilAborted(signal), { deadlineMs: 20 });
    expect(await checkOpen(ids)).toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('too long') }]);
  });

  it('wait for nothing when the desk stops, and that is nobody’s failure', async () => {
    const ids = await missed(2);
    const stop = new AbortController();
    const { checkOpen, log } = checking(({ signal }) => {
      stop.abort();
      return untilAborted(signal);
    });
    expect(await checkOpen(ids, stop.signal)).toEqual([]);
    expect(log.lines).toEqual([]);
  });
});
