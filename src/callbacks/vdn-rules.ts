import { type BusinessHours, nextOpening } from '../calls/business-hours.ts';
import { DAY_MS, firstInstantOf, HOUR_MS, MINUTE_MS, startOfDay, wallTimeAt } from '../calls/wall-time.ts';

/** What a VDN wants done with its callbacks. */
export interface CallbackRules {
  /** null: always open. */
  hours: BusinessHours | null;
  /** IANA. */
  timeZone: string;
  /** A claim in which nothing happens for so much open time reminds its owner, and after as much again is open again; null: never. */
  restMs: number | null;
  /** What happens while nobody claims a callback that a digest has told; none: nothing. In order of time. */
  raise: readonly RaiseStep[];
}

/** After so much open time: everybody in the channels of the VDN's digests, a user group there, or one person. */
export interface RaiseStep {
  afterMs: number;
  to: { kind: 'channel' } | { kind: 'group'; groupId: string } | { kind: 'person'; userId: string };
}

export type RulesOf = (teamId: string, vdn: number) => Promise<CallbackRules>;

export const REST_MS = 30 * MINUTE_MS;
/** Once, and late enough that an hourly digest has been read. */
export const RAISE: readonly RaiseStep[] = [{ afterMs: 2 * HOUR_MS, to: { kind: 'channel' } }];

/** Where nobody has set anything. */
export const defaultRules = (timeZone: string | null): CallbackRules => ({
  hours: null,
  timeZone: timeZone ?? 'UTC',
  restMs: REST_MS,
  raise: RAISE,
});

const MORNING_MS = 9 * HOUR_MS;

/** The first opening after today, in the VDN's zone; 09:00 where it is always open, or closed for good. */
export function openingTomorrow({ hours, timeZone }: CallbackRules, now: number): number {
  const tomorrow = startOfDay(wallTimeAt(now, timeZone)) + DAY_MS;
  const opening = hours && nextOpening(hours, firstInstantOf(tomorrow, timeZone));
  return opening ?? firstInstantOf(tomorrow + MORNING_MS, timeZone);
}
