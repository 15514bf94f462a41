import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHistoryStore } from '../../src/storage/history-store.ts';
import { NOON } from '../callbacks/made-up-calls.ts';
import { type CallbackDesk, callbackDesk, TEAM, VDN } from './callback-desk.ts';

/** What the history of callbacks tells for an export, on every database. */
export function historyContract(openDatabase: () => Promise<Knex>): void {
  let knex: Knex;
  let desk: CallbackDesk;
  beforeEach(async () => {
    knex = await openDatabase();
    desk = callbackDesk(knex);
  });
  afterEach(() => knex.destroy());

  const page = { fromAt: 0, toAt: NOON + 10_000, afterId: 0, limit: 100 };
  const read = (more: Partial<typeof page> = {}, vdns = [VDN]) =>
    createHistoryStore(knex).history(TEAM, vdns, { ...page, ...more });

  describe('the history of callbacks', () => {
    it('has every change with who, from what to what, and what it came to; no notes', async () => {
      await desk.arrive({ callerKey: 'num:5550100' });
      await desk.attach();
      const [id = 0] = await desk.callbackIds();
      await desk.act('ana', 'claim', id ?? 0);
      const attempt = { action: 'attempt', outcome: 'no-answer', note: 'secret', dueAt: NOON + 5 } as const;
      await desk.act('ana', attempt, id ?? 0);
      await desk.act('ana', 'done', id ?? 0);
      const all = await read();
      expect(all.map((one) => [one.actorId, one.action, one.fromState, one.toState, one.outcome])).toEqual([
        [null, 'open', null, 'open', null],
        ['ana', 'claim', 'open', 'claimed', null],
        ['ana', 'attempt', 'claimed', 'claimed', 'no-answer'],
        ['ana', 'done', 'claimed', 'done', 'reached'],
      ]);
      expect(JSON.stringify(all)).not.toContain('secret');
      expect(all[1]).toMatchObject({ vdn: VDN, callbackId: id, at: NOON, toOwnerId: 'ana' });
    });

    it('is read page by page, within its times and VDNs', async () => {
      await desk.arrive({ callerKey: 'num:5550100' }, { callerKey: 'num:5550101' });
      await desk.attach();
      const [first] = await read({ limit: 1 });
      expect(await read({ afterId: first?.id ?? 0 })).toHaveLength(1);
      expect(await read({ fromAt: NOON + 1 })).toEqual([]);
      expect(await read({ toAt: NOON })).toEqual([]);
      expect(await read({}, [160])).toEqual([]);
      expect(await read({}, [])).toEqual([]);
    });
  });
}
