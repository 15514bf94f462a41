import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createOutbox } from '../../src/outbox/delivery.ts';
import type { MessagePort, OutboxRow, PostResult } from '../../src/outbox/outbox.ts';
import { openRateLimits } from '../../src/sandbox/slack/rate-limits.ts';
import { draft } from '../outbox/desk-outbox.ts';
import { at, type DigestDesk, digestDesk, HOUR, hourly, TEAM } from './digest-desk.ts';

const VDNS = 200;
const SUBSCRIPTIONS = 2_000;
/** Of a channel: each has some. */
const A_CHANNEL = 5;
const CHANNELS = SUBSCRIPTIONS / A_CHANNEL;
const CALLS_A_VDN = 3;

const vdnOf = (index: number) => 1 + (index % VDNS);
const channelOf = (index: number) => `C${Math.floor(index / A_CHANNEL)}`;

/** Channels that all want an hourly digest, each of some VDNs, written down as they would be after a while. */
async function subscribeAll({ knex, clock }: DigestDesk): Promise<void> {
  const since = clock.at;
  const rows = Array.from({ length: SUBSCRIPTIONS }, (_, index) => ({
    team_id: TEAM,
    number: index + 1,
    channel_id: channelOf(index),
    vdn: vdnOf(index),
    schedule: JSON.stringify(hourly),
    state: 'active',
    created_by: 'UBOSS',
    created_at: since,
    starts_at: since,
    cursor: 0,
    previous_end_at: since,
    next_run_at: at('09:00'),
  }));
  await knex.batchInsert('subscriptions', rows, 50);
}

/** A Slack in memory, with the limits of the stand-in. */
function limitedSlack(clock: { now(): number }) {
  const limits = openRateLimits(clock);
  const slack = {
    posted: [] as { id: string; channelId: string; subscriptionId: number | null }[],
    edited: [] as string[],
    limited: 0,
    atOnce: 0,
    most: 0,
  };
  async function call(row: OutboxRow, take: () => number | undefined, done: () => void): Promise<PostResult> {
    slack.atOnce += 1;
    slack.most = Math.max(slack.most, slack.atOnce);
    await new Promise(setImmediate);
    slack.atOnce -= 1;
    const waitS = take();
    if (waitS !== undefined) {
      slack.limited += 1;
      return { outcome: 'later', afterMs: waitS * 1000 };
    }
    done();
    return { outcome: 'sent', channelId: row.channelId, ts: row.ts ?? `${slack.posted.length}.0` };
  }
  const port: MessagePort = {
    post: (row) =>
      call(
        row,
        () => limits.count('post', row.channelId),
        () => slack.posted.push(row),
      ),
    update: (row) =>
      call(
        row,
        () => limits.count(3, 'chat.update'),
        () => slack.edited.push(row.id),
      ),
    find: async () => ({ outcome: 'read', found: new Map() }),
  };
  return { slack, port };
}

describe('2,000 subscriptions over 200 VDNs that are due at once', () => {
  it('are told in full, once each, without a 429, a few at a time, and people are answered before them', async () => {
    const desk = await digestDesk();
    const { clock, centre, knex, outboxStore: store, runner } = desk;
    await subscribeAll(desk);
    for (let vdn = 1; vdn <= VDNS; vdn++)
      for (let call = 0; call < CALLS_A_VDN; call++) desk.missed(`${vdn}-${call}`, '08:45', { vdn });
    clock.at = at('09:00');
    await runner.runDue();
    expect(centre.asked).toHaveLength(VDNS);

    const { slack, port } = limitedSlack(clock);
    const outbox = createOutbox({
      store,
      port,
      clock,
      log: silentLog,
      timeoutMs: 10_000,
      onRefused: async ({ id }, error) => {
        throw new Error(`${id}: ${error}`);
      },
    });
    const round = async () => {
      await outbox.deliverDue();
      clock.pass(100);
    };
    while (slack.posted.length < 200) await round();

    // Somebody asks in a channel that is to get more, and somebody clicks in a message that is there.
    const [told] = slack.posted;
    const answer = draft('answer', channelOf(SUBSCRIPTIONS - 1));
    expect(await outbox.sendNow(answer)).toMatchObject({ state: 'sent' });
    expect(await outbox.revise(told?.id ?? '', { page: 1 })).toMatchObject({ wanted: 1, shown: 1 });
    expect(slack.edited).toEqual([told?.id]);
    expect(slack.posted.length).toBeLessThan(SUBSCRIPTIONS / 4);

    const began = clock.at;
    while (slack.posted.length < SUBSCRIPTIONS + 1 && clock.at < began + HOUR) await round();
    const digests = slack.posted.filter(({ id }) => id !== answer.id);
    expect(new Set(digests.map(({ subscriptionId }) => subscriptionId)).size).toBe(SUBSCRIPTIONS);
    expect(digests).toHaveLength(SUBSCRIPTIONS);
    expect(slack.limited).toBe(0);
    // What is read of the backlog is what is in hand: the channels that are posted to at once, and the answer.
    expect(slack.most).toBeLessThanOrEqual(17);
    expect(await knex('outbox').whereNot({ state: 'sent' }).count({ n: '*' })).toEqual([{ n: 0 }]);

    const messages = await desk.told();
    const perVdn = SUBSCRIPTIONS / VDNS;
    const calls = messages.flatMap(({ channelId, calls }) => calls.map((call) => `${channelId} ${call}`));
    expect(calls).toHaveLength(VDNS * CALLS_A_VDN * perVdn);
    expect(new Set(calls).size).toBe(calls.length);
    expect(CHANNELS).toBe(new Set(digests.map(({ channelId }) => channelId)).size);
  });
});
