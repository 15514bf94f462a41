import type { CallbackRules } from '../../src/callbacks/vdn-rules.ts';
import type { Config } from '../../src/config/config.ts';
import type { Seam } from '../../src/work/seam.ts';
import type { Race } from './racing-clock.ts';

/** Where a desk is to kill itself: the n-th time (from 1) that it reaches a seam of that name, or any seam, from now on. */
export interface KillPlan {
  seam: Seam | 'any';
  nth: number;
  /** Where the desks that have this plan count together (tally.ts): whoever comes by for the n-th time dies. null: each for itself. */
  tally: string | null;
}

/** Real milliseconds, as short as the pace of the clocks makes them. */
export interface Timing {
  slackTimeoutMs: number;
  leaseMs: number;
}

/** What the parent tells a desk's process. */
export type ToDesk =
  | {
      kind: 'start';
      config: Config;
      race: Race;
      skewMs: number;
      timing: Timing;
      /** Of every VDN; null: the desk's own. */
      rules: CallbackRules | null;
      plan: KillPlan | null;
    }
  | { kind: 'plan'; plan: KillPlan | null }
  | { kind: 'advance'; ms: number };

/** What a desk's process writes to file descriptor 3, a line of JSON each: written at once, so that no death loses it. */
export type FromDesk =
  | { kind: 'ready' }
  | { kind: 'started'; port: number }
  | { kind: 'advanced' }
  | { kind: 'planned' }
  /** `at`: real time, epoch ms. */
  | { kind: 'seam'; seam: Seam; at: number }
  | { kind: 'killed'; seam: Seam; at: number }
  | { kind: 'log'; level: string; message: string; facts: string };
