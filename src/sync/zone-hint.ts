import type { MissedCallRow } from '../calls/missed-call.ts';
import { fromWallTime } from '../calls/times.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../calls/wall-time.ts';

/** Fewer rows could agree by chance. */
const FEWEST_ROWS = 10;
const AGREEING_SHARE = 0.9;
/** Calls spend some minutes in the menu before they begin to wait. */
const AGREEING_WITHIN_MS = 15 * MINUTE_MS;
const EPOCH_FIRST = /^(\d{10})(?!\d)/;

/**
 * How far ahead of UTC the contact centre's times seem to be (ms, a multiple of a quarter of an hour), where the epoch
 * seconds that its callIds begin with agree on it; null where they do not, or are too few. A day more or less cannot be
 * told: the result is from −10:30 to +13:30.
 */
export function zoneHint(rows: readonly Pick<MissedCallRow, 'callId' | 'waitBegin'>[]): number | null {
  const differences = rows.flatMap(({ callId, waitBegin }) => {
    const epoch = EPOCH_FIRST.exec(callId)?.[1];
    return epoch ? [intoDay(fromWallTime(waitBegin, 'UTC') - Number(epoch) * 1000)] : [];
  });
  if (differences.length < FEWEST_ROWS || differences.length < rows.length * AGREEING_SHARE) return null;
  differences.sort((a, b) => a - b);
  const median = differences[Math.floor(differences.length / 2)] ?? 0;
  const agreeing = differences.filter((difference) => Math.abs(difference - median) <= AGREEING_WITHIN_MS);
  if (agreeing.length < differences.length * AGREEING_SHARE) return null;
  return Math.round(median / (15 * MINUTE_MS)) * 15 * MINUTE_MS;
}

const LEAST_MS = -10.5 * HOUR_MS;
const intoDay = (ms: number) => ((((ms - LEAST_MS) % DAY_MS) + DAY_MS) % DAY_MS) + LEAST_MS;
