import type { Fault } from './judge.ts';

export interface FuzzOptions {
  /** How many requests or answers the desk gets at the least. */
  inputs: number;
  seed: number;
  say?: (progress: string) => void;
}

export interface Fuzzed {
  inputs: number;
  /** What people did. */
  acts: number;
  /** Calls of the desk's to Slack that were looked at. */
  calls: number;
  /** What went wrong, and what the desk had got last. */
  faults: { fault: Fault; after: string }[];
}
