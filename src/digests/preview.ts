import type { CallStore } from '../calls/call-store.ts';
import { nextRunAfter, slotStart } from './next-run.ts';
import type { Schedule } from './schedule.ts';

/** What a digest of this schedule would be like. */
export interface DigestPreview {
  /** Its next runs (epoch ms). */
  runs: number[];
  /** What it would tell now: calls since its slot began, of what the desk has on record; null: it has no record of that time. */
  now: { sinceAt: number; calls: number; callers: number } | null;
}

const RUNS = 3;

export interface PreviewPorts {
  calls: Pick<CallStore, 'inWindow' | 'maxSeq'>;
  /** See DeskSync. */
  completeUntil(teamId: string, vdn: number, fromAt?: number): Promise<number | null>;
}

/** The schedule has a run (`neverRuns`). Asks the desk's own record alone: people see it while they choose. */
export async function previewOf(
  { teamId, vdn }: { teamId: string; vdn: number },
  schedule: Schedule,
  { now, timeZone }: { now: number; timeZone: string },
  { calls, completeUntil }: PreviewPorts,
): Promise<DigestPreview> {
  const runs: number[] = [];
  for (let at = now; runs.length < RUNS; runs.push(at)) at = nextRunAfter(schedule, at, timeZone);
  const sinceAt = slotStart(schedule, now, timeZone);
  if ((await completeUntil(teamId, vdn, sinceAt)) === null) return { runs, now: null };
  const uptoSeq = await calls.maxSeq(teamId, vdn);
  const window = { afterSeq: 0, uptoSeq, waitFromAt: null, waitToAt: null, endFromAt: sinceAt };
  return { runs, now: { sinceAt, ...countOf(await calls.inWindow(teamId, vdn, window)) } };
}

/** Calls without a number are of nobody known. */
const countOf = (calls: readonly { callerKey: string | null }[]) => ({
  calls: calls.length,
  callers: new Set(calls.flatMap(({ callerKey }) => callerKey ?? [])).size,
});
