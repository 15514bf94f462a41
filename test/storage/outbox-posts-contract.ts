import type { Knex } from 'knex';
import { describe, expect, it } from 'vitest';
import { postLane, postsLane } from '../../src/outbox/lanes.ts';
import type { OutboxRow } from '../../src/outbox/outbox.ts';
import { draft } from '../outbox/desk-outbox.ts';
import { DOUBT_MS, MINUTE, NOW, outboxRows, SECOND, texts } from './outbox-rows.ts';

/** Who posts what and when, on every database. `openDatabase`: a new one, migrated. */
export function outboxPostsContract(openDatabase: () => Promise<Knex>): void {
  const desk = outboxRows(openDatabase);
  const { insert, claimDue, claimed } = desk;

  describe('claiming what is due', () => {
    it('keeps the order of rows that were written in the same millisecond, one a second', async () => {
      const drafts = await insert(Array.from({ length: 30 }, (_, i) => draft(`m${i}`)));
      const order: string[] = [];
      for (let i = 0; i < drafts.length; i++) {
        const [next, ...others] = await claimDue(NOW + i * SECOND);
        expect(others).toEqual([]);
        order.push(next?.id ?? '');
        await desk.store.markSent(next?.id ?? '', { channelId: 'C1', ts: `${i}` });
      }
      expect(order).toEqual(drafts.map(({ id }) => id));
    });

    it('takes the first of each channel, in their order, and no more than asked for', async () => {
      await insert([draft('a1', 'CA'), draft('a2', 'CA'), draft('b1', 'CB'), draft('c1', 'CC')]);
      expect(texts(await claimDue(NOW, 2))).toEqual(['a1', 'b1']);
      expect(texts(await claimDue(NOW, 2))).toEqual(['c1']);
      expect(await claimDue(NOW, 2)).toEqual([]);
    });

    it('says that it is in doubt later on, and counts the claim', async () => {
      const one = draft('one');
      await insert([one]);
      await desk.store.bump([one.id]);
      expect(await claimDue()).toMatchObject([
        { state: 'sending', attempts: 1, sendingAt: NOW, nextTryAt: NOW + DOUBT_MS, wanted: 1, shown: 1 },
      ]);
    });

    it('gives a row to one of several who want it', async () => {
      await insert(Array.from({ length: 12 }, (_, i) => draft(`m${i}`, `C${i}`)));
      const claims = await Promise.all([claimDue(), claimDue(), claimDue(), claimDue()]);
      const ids = claims.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      // Whoever came second may have passed over what he left behind.
      const rest = await claimDue(NOW, 50);
      expect(ids.length + rest.length).toBe(12);
    });

    it('waits behind a row that is under way, whose time has not come, or that is in doubt', async () => {
      const row = await claimed();
      await insert([draft('two')]);
      expect(await claimDue(NOW + 2 * SECOND)).toEqual([]);
      await desk.store.markLater(row, NOW + MINUTE);
      expect(await claimDue(NOW + 2 * SECOND)).toEqual([]);
      expect(texts(await claimDue(NOW + MINUTE))).toEqual(['one']);
      expect(await claimDue(NOW + 2 * MINUTE)).toEqual([]);
    });

    it('leaves a channel its second, and a lane its hold', async () => {
      const row = await claimed();
      await desk.store.markSent(row.id, { channelId: 'C1', ts: '1.0' });
      await insert([draft('two')]);
      expect(await claimDue(NOW + 999)).toEqual([]);
      await desk.store.hold(postLane(row), NOW + 3000);
      await desk.store.hold(postLane(row), NOW + 2000);
      expect(await claimDue(NOW + 2999)).toEqual([]);
      expect(texts(await claimDue(NOW + 3000))).toEqual(['two']);
    });

    it('takes nothing of a workspace whose posts are held, and everything of others', async () => {
      await desk.store.hold(postsLane('T1'), NOW + MINUTE);
      await insert([draft('here'), draft('there', 'C1', { teamId: 'T2' })]);
      expect(texts(await claimDue())).toEqual(['there']);
      expect(texts(await claimDue(NOW + MINUTE))).toEqual(['here']);
    });

    it('forgets lanes that are open, and no others', async () => {
      await claimed(NOW, draft('one', 'C1'));
      await desk.store.hold(postsLane('T1'), NOW + MINUTE);
      await desk.store.tidyLanes(NOW + SECOND);
      expect(await desk.knex('paces').pluck('channel_id')).toEqual([postsLane('T1').name]);
      await desk.store.tidyLanes(NOW + MINUTE);
      expect(await desk.knex('paces')).toEqual([]);
    });
  });

  describe('an answer', () => {
    const answer = (text: string, at = NOW) => desk.store.insertClaimed(draft(text), at, at + DOUBT_MS);

    it('is claimed past the queue, in a burst of four, and waits in it beyond that', async () => {
      await insert([draft('digest')]);
      await claimDue();
      const states = [];
      for (const text of ['a', 'b', 'c', 'd']) states.push((await answer(text)).state);
      expect(states).toEqual(['sending', 'sending', 'sending', 'pending']);
      expect((await answer('e', NOW + SECOND)).state).toBe('sending');
    });

    it('takes turns that a digest then has to wait for', async () => {
      for (const text of ['a', 'b', 'c', 'd']) {
        await desk.store.markSent((await answer(text)).id, { channelId: 'C1', ts: text });
      }
      await insert([draft('digest')]);
      expect(await claimDue(NOW + 3999)).toEqual([]);
      expect(texts(await claimDue(NOW + 4000))).toEqual(['digest']);
    });

    it('never takes more turns than there are, however many ask at once', async () => {
      const rows = await Promise.all(Array.from({ length: 9 }, (_, i) => answer(`a${i}`)));
      expect(rows.filter(({ state }) => state === 'sending')).toHaveLength(4);
      expect(rows.filter(({ state }) => state === 'pending')).toHaveLength(5);
    });

    it('waits where the channel is held, not where the posts of the workspace are', async () => {
      await desk.store.hold(postsLane('T1'), NOW + MINUTE);
      expect((await answer('one')).state).toBe('sending');
      await desk.store.hold(postLane({ teamId: 'T1', channelId: 'C1' }), NOW + MINUTE);
      expect((await answer('two')).state).toBe('pending');
    });
  });

  describe('a claim', () => {
    /** Claimed by one who slept until it was in doubt, looked for in vain, and claimed by another. */
    const overtaken = async () => {
      const first = await claimed();
      await desk.store.markLater(first, NOW);
      const [second] = await claimDue(NOW + SECOND);
      expect(second).toMatchObject({ id: first.id, attempts: 2 });
      return { first, second: second as OutboxRow };
    };

    it('that is not the latest changes nothing', async () => {
      const { first, second } = await overtaken();
      expect(await desk.store.renewClaim(first, NOW + MINUTE, NOW + MINUTE)).toBe(false);
      expect(await desk.store.shrink(first, 1)).toBe(false);
      expect(await desk.store.markLater(first, NOW)).toBe(false);
      expect(await desk.store.markFailed(first, 'is_archived')).toBe(false);
      expect(await desk.store.lookedInVain(first, NOW)).toBe(false);
      expect(await desk.store.delayLook(first, NOW, '1.0')).toBe(false);
      expect(await desk.store.find(first.id)).toEqual(second);
    });

    it('that is not the latest tells all the same that the message is there: the later one then changes nothing', async () => {
      const { first, second } = await overtaken();
      expect(await desk.store.markSent(first.id, { channelId: 'C1', ts: '1.0' })).toBe(true);
      expect(await desk.store.markSent(second.id, { channelId: 'C1', ts: '2.0' })).toBe(false);
      expect(await desk.store.markLater(second, NOW)).toBe(false);
      expect(await desk.store.markFailed(second, 'is_archived')).toBe(false);
      expect(await desk.store.find(first.id)).toMatchObject({ state: 'sent', ts: '1.0' });
    });

    it('that is not the latest keeps the message from being posted again while it waits', async () => {
      const first = await claimed();
      await desk.store.markLater(first, NOW);
      expect(await desk.store.markSent(first.id, { channelId: 'C1', ts: '1.0' })).toBe(true);
      expect(await claimDue(NOW + MINUTE)).toEqual([]);
    });

    it('does not fail, delay or send what is settled', async () => {
      const row = await claimed();
      expect(await desk.store.markSent(row.id, { channelId: 'C1', ts: '1.0' })).toBe(true);
      expect(await desk.store.markSent(row.id, { channelId: 'C2', ts: '2.0' })).toBe(false);
      expect(await desk.store.markFailed(row, 'is_archived')).toBe(false);
      expect(await desk.store.markLater(row, NOW)).toBe(false);
      expect(await desk.store.renewClaim(row, NOW, NOW)).toBe(false);
      expect(await desk.store.find(row.id)).toMatchObject({
        state: 'sent',
        postedChannelId: 'C1',
        ts: '1.0',
      });
    });

    it('can be renewed, smaller, and given back with what it has learnt', async () => {
      const row = await claimed();
      expect(await desk.store.renewClaim(row, NOW + 9, NOW + MINUTE)).toBe(true);
      expect(await desk.store.shrink(row, 1)).toBe(true);
      expect(await desk.store.find(row.id)).toMatchObject({
        sendingAt: NOW + 9,
        nextTryAt: NOW + MINUTE,
        shrunk: 1,
      });
      expect(await desk.store.markLater(row, NOW + 5, { unrendered: 2 })).toBe(true);
      expect(await desk.store.find(row.id)).toMatchObject({
        state: 'pending',
        nextTryAt: NOW + 5,
        unrendered: 2,
        shrunk: 1,
      });
    });
  });

  describe('a message whose answer was lost', () => {
    it('counts how often in a row, and since when', async () => {
      const first = await claimed();
      expect(await desk.store.noteLost(first, 'internal_error', NOW)).toBe(true);
      await desk.store.markLater(first, NOW);
      const [again] = (await claimDue(NOW + SECOND)) as [OutboxRow];
      expect(await desk.store.noteLost(first, 'late', NOW + SECOND)).toBe(false);
      await desk.store.noteLost(again, 'fatal_error', NOW + SECOND);
      expect(await desk.store.find(first.id)).toMatchObject({
        lost: 2,
        lostSince: NOW,
        error: 'fatal_error',
      });
      await desk.store.markSent(first.id, { channelId: 'C1', ts: '1.0' });
      expect(await desk.store.find(first.id)).toMatchObject({ lost: 0, lostSince: null, error: null });
    });

    it('four times holds up its own subscription, and no others of its channel', async () => {
      const of = (text: string, subscriptionId?: number) =>
        draft(text, 'C1', subscriptionId === undefined ? {} : { subscriptionId });
      await insert([of('lost', 1), of('its own', 1), of('another', 2), of('of none')]);
      let at = NOW;
      for (const lost of [1, 2, 3, 4]) {
        const [row] = (await claimDue(at)) as [OutboxRow];
        expect(texts([row])).toEqual(['lost']);
        await desk.store.noteLost(row, 'internal_error', at);
        at += MINUTE;
        if (lost < 4) expect(await claimDue(at)).toEqual([]);
        await desk.store.markLater(row, lost < 4 ? at : at + MINUTE);
      }
      for (const text of ['another', 'of none']) {
        const [row] = (await claimDue(at)) as [OutboxRow];
        expect(texts([row])).toEqual([text]);
        await desk.store.markSent(row.id, { channelId: 'C1', ts: `${at}.0` });
        at += SECOND;
      }
      expect(await claimDue(at)).toEqual([]);
    });
  });

  it('gives a channel one turn where a message that steps aside is due with one that passes it', async () => {
    await insert([
      draft('lost', 'C1', { subscriptionId: 1 }),
      draft('another', 'C1', { subscriptionId: 2 }),
      draft('elsewhere', 'C2', {}),
    ]);
    let at = NOW;
    for (const _ of [1, 2, 3, 4]) {
      const [row, other] = (await claimDue(at)) as [OutboxRow, OutboxRow | undefined];
      expect(texts([row])).toEqual(['lost']);
      if (other) await desk.store.markSent(other.id, { channelId: 'C2', ts: '1.0' });
      await desk.store.noteLost(row, 'internal_error', at);
      at += MINUTE;
      await desk.store.markLater(row, at);
    }
    expect(texts(await claimDue(at))).toEqual(['lost']);
    expect(texts(await claimDue(at + MINUTE))).toEqual(['another']);
  });
}
