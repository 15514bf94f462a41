import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, type ExportPorts, exportAudit, type HistoryEntry } from '../../src/privacy/export.ts';

const change = (id: number, at: number, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id,
  at,
  actorId: 'U0TOM',
  action: 'claim',
  vdn: 7,
  callbackId: 3,
  fromState: 'open',
  toState: 'claimed',
  fromOwnerId: null,
  toOwnerId: 'U0TOM',
  outcome: null,
  ...more,
});
const done = (id: number, at: number, vdn: number | null) =>
  ({
    id,
    teamId: 'T1',
    at,
    actorId: 'U0ANA',
    action: 'erase',
    vdn,
    callbackId: null,
    detail: { calls: 2 },
  }) as const;

function ports(changes: HistoryEntry[], entries: ReturnType<typeof done>[]): ExportPorts & { pages: number } {
  const page = <T extends { id: number; at: number }>(all: T[], afterId: number, limit: number) =>
    all.filter(({ id }) => id > afterId).slice(0, limit);
  const both = {
    pages: 0,
    history: {
      async history(
        _: string,
        vdns: readonly number[],
        { afterId, limit }: { afterId: number; limit: number },
      ) {
        both.pages += 1;
        return page(changes, afterId, limit).filter(({ vdn }) => vdns.includes(vdn));
      },
    },
    audit: {
      read: async (_: string, { afterId, limit }: { afterId: number; limit: number }) =>
        page(entries, afterId, limit),
    },
  };
  return both;
}

const request = { teamId: 'T1', fromAt: 0, toAt: 1e9, vdns: [7], workspace: false };

describe('the export of who did what', () => {
  it('has changes of callbacks and the audit together, oldest first', async () => {
    const { csv, rows, cutAt } = await exportAudit(
      request,
      ports([change(1, 1000), change(2, 3000, { action: 'done', outcome: 'reached' })], [done(1, 2000, 7)]),
    );
    expect(csv.split('\r\n')).toEqual([
      'time_utc,actor,action,vdn,callback,from_state,to_state,from_owner,to_owner,outcome,detail',
      '1970-01-01T00:00:01.000Z,U0TOM,claim,7,3,open,claimed,,U0TOM,,',
      '1970-01-01T00:00:02.000Z,U0ANA,erase,7,,,,,,,"{""calls"":2}"',
      '1970-01-01T00:00:03.000Z,U0TOM,done,7,3,open,claimed,,U0TOM,reached,',
      '',
    ]);
    expect([rows, cutAt]).toEqual([3, null]);
  });

  it('has nothing of other VDNs, and of the workspace only for its admins', async () => {
    const all = ports([change(1, 1000, { vdn: 8 })], [done(1, 1000, 8), done(2, 2000, null)]);
    expect((await exportAudit(request, all)).rows).toBe(0);
    expect((await exportAudit({ ...request, workspace: true }, all)).rows).toBe(1);
  });

  it('reads no more than one file holds, and says up to when it goes', async () => {
    const many = ports(
      Array.from({ length: 5000 }, (_, n) => change(n + 1, n)),
      [],
    );
    expect(await exportAudit(request, many, 1500)).toMatchObject({ rows: 1500, cutAt: 1500 });
    expect(many.pages).toBe(2);
    expect(await exportAudit(request, many)).toMatchObject({ rows: 5000, cutAt: null });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '|calc'])('has no formula: %j', (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it('reads back as it was, whatever is in a cell', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '=', "'") })),
        (text) => {
          const cell = csvCell(text);
          const inside = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
          if (!cell.startsWith('"')) expect(cell).not.toMatch(/[",\r\n]/);
          expect([text, `'${text}`]).toContain(inside);
          expect(inside).not.toMatch(/^[=+\-@]/);
        },
      ),
    );
  });
});
