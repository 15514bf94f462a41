import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import type { AuditEntry } from '../../src/audit.ts';
import { createAuditStore } from '../../src/storage/audit-store.ts';

const AT = Date.UTC(2022, 10, 21, 9);
const REVEAL: AuditEntry = {
  teamId: 'T1',
  at: AT,
  actorId: 'U1',
  action: 'reveal',
  vdn: 159,
  callbackId: 7,
  detail: { channelId: 'C1' },
};

/** What the audit promises on every database. `openDatabase`: a new one, migrated. */
export function auditContract(openDatabase: () => Promise<Knex>): void {
  it('gives what was written, a stretch at a time, of one workspace', async () => {
    const knex = await openDatabase();
    const audit = createAuditStore(knex);
    const erased = {
      ...REVEAL,
      at: AT + 1,
      actorId: null,
      action: 'erase' as const,
      vdn: null,
      callbackId: null,
    };
    await audit.write(REVEAL);
    await audit.write(erased);
    await audit.write({ ...REVEAL, at: AT + 2 });
    await audit.write({ ...REVEAL, teamId: 'T2' });

    const range = { fromAt: AT, toAt: AT + 2, afterId: 0, limit: 10 };
    const read = await audit.read('T1', range);
    expect(read).toMatchObject([REVEAL, erased]);
    expect(await audit.read('T1', { ...range, limit: 1 })).toEqual(read.slice(0, 1));
    expect(await audit.read('T1', { ...range, afterId: read[0]?.id ?? 0 })).toEqual(read.slice(1));
    await knex.destroy();
  });
}
