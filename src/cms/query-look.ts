import type { MissedCallRow } from '../calls/missed-call.ts';
import type { MissedCallSource } from '../calls/source.ts';
import type { Clock } from '../clock.ts';

/** How far the contact centre's clock is ahead, going by the Date headers of its answers. */
export interface Lead {
  /** For the client: told of each of them. */
  onDate(date: string): void;
  /** As of the last one; null before any, and where it could not be read. */
  leadMs(): number | null;
}

export function createLead(clock: Clock): Lead {
  let leadMs: number | null = null;
  return {
    onDate(date) {
      const lead = Date.parse(date) - clock.now();
      leadMs = Number.isNaN(lead) ? null : lead;
    },
    leadMs: () => leadMs,
  };
}

/** The first page of a query: enough to see how the contact centre takes it. Throws SourceError. */
export async function firstPage(
  source: MissedCallSource,
  vdn: number,
  window: { beginAt: number; endAt: number },
  signal?: AbortSignal,
): Promise<{ total: number; rows: readonly MissedCallRow[] }> {
  for await (const { total, rows } of source.pages({ vdn, ...window, ...(signal && { signal }) }))
    return { total, rows };
  throw new Error('A query gives at least one page');
}
