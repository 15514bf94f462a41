import type { Schedule } from '../../../src/digests/schedule.ts';

/** What is generated: a world as it stands at the beginning, and all that happens to it. Plain data. */
export interface History {
  /** True time, epoch ms. */
  startAt: number;
  /** On one database. */
  desks: 1 | 2;
  /** How far the second one's clock is ahead of the first one's. */
  apartMs: number;
  /** Of the choice which of two desks goes on next. */
  seed: number;
  centre: {
    order: 'newest-first' | 'oldest-first';
    pageSize: number;
    /** Of its answers (CMS_TIME_ZONE). */
    timeZone: string;
    /** How long each page takes. */
    pageMs: number;
    /** It lists, and counts, every call twice. */
    doubles: boolean;
  };
  /** Of the VDNs, in their order; null: nobody set one. */
  zones: (string | null)[];
  steps: Step[];
}

/** Something that happens so long after the step before. */
export type Step = { afterMs: number } & Happening;

/**
 * `vdn` is an index of `zones`; `which` picks one of the subscriptions that are there, by remainder. `meanwhile`: not at once,
 * but together with the next runs.
 */
export type Happening =
  /** One after the other, `gapMs` apart; the first ends now, or at the next quarter of an hour. */
  | { what: 'calls'; vdn: number; calls: RingingCall[]; gapMs: number; onTheQuarter: boolean }
  | { what: 'subscribe'; channel: number; vdn: number; schedule: Schedule }
  | { what: 'change'; which: number; schedule: Schedule; meanwhile: boolean }
  | { what: 'pause' | 'resume' | 'remove'; which: number }
  | { what: 'now'; which: number; meanwhile: boolean }
  | { what: 'question'; vdn: number; fromBackMs: number; lengthMs: number; meanwhile: boolean }
  | { what: 'zone'; vdn: number; timeZone: string }
  | { what: 'weather'; weather: Weather }
  | { what: 'away'; ms: number; clean: boolean }
  | { what: 'crash'; atOp: number; before: boolean; awayMs: number }
  | { what: 'database-fails'; atOp: number }
  /** Slack refuses a channel, or takes it again; then somebody resumes what was paused. */
  | { what: 'refuse'; channel: number }
  | { what: 'mend'; channel: number }
  /** Slack takes no messages for a while: they wait in the outbox. */
  | { what: 'slack'; takes: boolean }
  /** The desks' clocks are ahead of true time by so much (negative: behind). */
  | { what: 'clock'; aheadMs: number };

export interface RingingCall {
  waitMs: number;
  /** How long after its end it can be seen. */
  lateMs: number;
  /** Index of who calls; null: no number. */
  caller: number | null;
}

/** How the contact centre answers: not at all; only so many pages; with rows that leave between two pages; with a total that moves. */
export type Weather = 'up' | 'down' | 'breaks' | 'shrinks' | 'restless';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const FIRST_VDN = 159;
export const vdnOf = (index: number): number => FIRST_VDN + index;
