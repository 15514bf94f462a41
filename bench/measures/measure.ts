import type { Figure } from '../figure.ts';
import type { Load } from '../open-loop.ts';

/** How much is measured; the command's sizes, or ones for a test that the pieces still fit. */
export interface Sizes {
  ack: Load & { rounds: number };
  question: { calls: number; rounds: number };
  catchUp: { calls: number; rounds: number };
  /** `restMs`: how long people ask before the digests are due. */
  digests: { vdns: number; perVdn: number; callsEach: number; restMs: number; rounds: number };
  burst: { calls: number; rounds: number };
  claims: { callbacks: number; perSecond: number; rounds: number };
  startUp: { rounds: number; idleMs: number };
  /** Sizes of which each is measured. */
  growth: { calls: number[]; vdns: number[]; perVdn: number[] };
}

export interface Measure {
  /** As it is named on the command line. */
  name: string;
  run(sizes: Sizes, say: (progress: string) => void): Promise<Figure[]>;
}

export const fullSizes: Sizes = {
  ack: { perSecond: 100, seconds: 5, rounds: 5 },
  question: { calls: 5000, rounds: 9 },
  catchUp: { calls: 1_000_000, rounds: 1 },
  digests: { vdns: 200, perVdn: 10, callsEach: 25, restMs: 5000, rounds: 3 },
  burst: { calls: 5000, rounds: 3 },
  claims: { callbacks: 1000, perSecond: 200, rounds: 3 },
  startUp: { rounds: 7, idleMs: 10_000 },
  growth: { calls: [1250, 5000, 20_000], vdns: [50, 100, 200], perVdn: [5, 10, 20] },
};

export const tinySizes: Sizes = {
  ack: { perSecond: 20, seconds: 0.2, rounds: 1 },
  question: { calls: 20, rounds: 1 },
  catchUp: { calls: 6000, rounds: 1 },
  digests: { vdns: 2, perVdn: 2, callsEach: 3, restMs: 300, rounds: 1 },
  burst: { calls: 30, rounds: 1 },
  claims: { callbacks: 20, perSecond: 100, rounds: 1 },
  startUp: { rounds: 1, idleMs: 10 },
  growth: { calls: [10], vdns: [1], perVdn: [1] },
};
