import type { Schedule } from './schedule.ts';

/** A channel's wish for digests of a VDN; one per (workspace, channel, VDN) that is not removed. */
export interface Subscription {
  id: number;
  teamId: string;
  /** What people call it in commands; per workspace, never reused. */
  number: number;
  channelId: string;
  vdn: number;
  schedule: Schedule;
  state: 'active' | 'paused' | 'removed';
  /** Why it is paused: by a person, or by an error of Slack's (its name in `pauseError`). */
  pausedBy: 'person' | 'error' | null;
  pauseError: string | null;
  createdBy: string;
  createdAt: number;
  /** Calls that ended before are not told. */
  startsAt: number;
  /** Largest seq told. */
  cursor: number;
  /** End of the last run whose sync was complete; startsAt before the first. */
  previousEndAt: number;
  nextRunAt: number;
  /** Set while runs fail: when to try again, how often it failed, since when the channel has been told that there is no data. */
  retryAt: number | null;
  failures: number;
  downToldAt: number | null;
  /** Resumed after an error's pause, and the next digest has yet to say so. */
  gapCause: 'paused' | null;
}
