import { isPrivate, type OutboxRow } from '../outbox/outbox.ts';
import { ANSWER, type AnswerData } from '../questions/answer.ts';
import type { Verdict } from '../vdns/decision.ts';
import type { Actor, Rights } from '../vdns/rights.ts';
import type { VdnsOf } from './vdns-of.ts';

/** What whoever reads a message may see of it now. */
export interface Reading {
  /** no: nothing. yes: all but what is hidden. unknown: Slack does not say now who is what. */
  verdict: Verdict;
  /** VDNs whose calls are left out. */
  hidden: ReadonlySet<number>;
}

/** Looks at who reads a message: the channel that it is in, or the one person. Before anything of a VDN's is shown anywhere. */
export type ReadingOf = (row: OutboxRow) => Promise<Reading>;

export interface ReadingParts {
  rights: Pick<Rights, 'judge' | 'mayReceive'>;
  vdnsOf: Pick<VdnsOf, 'row'>;
}

export function createReadingOf({ rights, vdnsOf }: ReadingParts): ReadingOf {
  async function judge(row: OutboxRow, vdn: number): Promise<Verdict> {
    const reader = readerOf(row);
    if (reader) return rights.judge(reader, vdn, 'see');
    return (await rights.mayReceive(row.teamId, row.channelId, vdn)) ? 'yes' : 'no';
  }

  return async (row) => {
    const vdns = await vdnsOf.row(row);
    const verdicts = await Promise.all(vdns.map((vdn) => judge(row, vdn)));
    const hidden = new Set(vdns.filter((_, n) => verdicts[n] !== 'yes'));
    if (hidden.size < vdns.length || vdns.length === 0) return { verdict: 'yes', hidden };
    return { verdict: verdicts.includes('unknown') ? 'unknown' : 'no', hidden };
  };
}

/** The one person who reads it; undefined: a channel does. */
export function readerOf(row: OutboxRow): Actor | undefined {
  const { teamId, channelId, kind, data } = row;
  if (/^[UW]/.test(channelId)) return { teamId, userId: channelId, channelId: null };
  if (kind !== ANSWER || (!isPrivate(row) && !channelId.startsWith('D'))) return undefined;
  return { teamId, userId: (data as AnswerData).askerId, channelId };
}
