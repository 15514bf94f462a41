import type { Fault as CentreFault } from '../../src/sandbox/cms/fault.ts';
import { below, pick, type Random } from '../../src/sandbox/cms/random.ts';
import type { FaultKind } from '../../src/sandbox/slack/faults.ts';

/** One thing that happens in a round. What it happens to is chosen by number among what there is then. */
export type Step = { atMs: number } & (
  | { kind: 'ring'; vdn: number; calls: number; repeats: boolean; lateMs: number }
  | { kind: 'kill'; replica: number }
  /** The desk kills itself at the n-th seam from then on. */
  | { kind: 'kill-at-seam'; replica: number; nth: number }
  | { kind: 'slack-fault'; method: string; fault: FaultKind; times: number }
  | { kind: 'centre-fault'; fault: CentreFault; next: number }
  /** `replica` null: for all of them. */
  | { kind: 'cut'; wire: 'slack' | 'centre'; replica: number | null; forMs: number }
  | { kind: 'sockets'; how: 'drop' | 'refresh_requested' | 'warning' }
  | { kind: 'redeliver' }
  | { kind: 'act'; who: string; message: number; row: number; deed: number; times: number }
  | { kind: 'race'; message: number; row: number; deed: number }
  | { kind: 'turn-page'; who: string; message: number }
  | { kind: 'ask'; who: string; channel: string; vdn: number }
  | { kind: 'now'; who: string; subscription: number }
);

export interface PlanOptions {
  random: Random;
  vdns: readonly number[];
  channels: readonly string[];
  people: readonly string[];
  replicas: number;
  mode: 'socket' | 'http';
  /** Real milliseconds that a round's steps are spread over. */
  forMs: number;
}

const SLACK_METHODS = ['chat.postMessage', 'chat.update', 'conversations.history', 'response_url', '*'];
const MINUTE_MS = 60_000;

/** The steps of one round, in order: the same for the same stream of random numbers. */
export function planRound(options: PlanOptions): Step[] {
  const { random, forMs, replicas, mode } = options;
  const one = <T>(of: readonly T[]): T => {
    const chosen = of[below(random, of.length)];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  };
  const many = <T>(from: number, to: number, make: () => T): T[] =>
    Array.from({ length: from + below(random, to - from + 1) }, make);
  const at = () => below(random, forMs);
  const who = () => one(options.people);
  const any = () => below(random, 1000);

  const steps: Step[] = [
    ...many(2, 4, (): Step => ({ atMs: at(), kind: 'ring', vdn: one(options.vdns), ...ringing(random) })),
    ...many(1, 2, (): Step => ({ atMs: at(), kind: 'kill', replica: below(random, replicas) })),
    ...many(1, 2, (): Step => {
      const [replica, nth] = [below(random, replicas), 1 + below(random, 60)];
      return { atMs: at(), kind: 'kill-at-seam', replica, nth };
    }),
    ...many(
      1,
      3,
      (): Step => ({ atMs: at(), kind: 'slack-fault', ...slackFault(random, one(SLACK_METHODS)) }),
    ),
    ...many(0, 1, (): Step => {
      const next = 1 + below(random, 2);
      return { atMs: at(), kind: 'centre-fault', fault: centreFault(random), next };
    }),
    ...many(0, 1, (): Step => {
      const wire = one(['slack', 'centre'] as const);
      const whose = below(random, replicas + 1);
      const replica = whose === replicas ? null : whose;
      return { atMs: at(), kind: 'cut', wire, replica, forMs: 100 + below(random, 900) };
    }),
    ...many(
      3,
      7,
      (): Step => ({
        atMs: at(),
        kind: 'act',
        who: who(),
        message: any(),
        row: any(),
        deed: any(),
        times: 1 + below(random, 2),
      }),
    ),
    ...many(1, 2, (): Step => ({ atMs: at(), kind: 'race', message: any(), row: any(), deed: any() })),
    ...many(0, 1, (): Step => ({ atMs: at(), kind: 'turn-page', who: who(), message: any() })),
    ...many(
      0,
      2,
      (): Step => ({
        atMs: at(),
        kind: 'ask',
        who: who(),
        channel: one(options.channels),
        vdn: one(options.vdns),
      }),
    ),
    ...many(0, 1, (): Step => ({ atMs: at(), kind: 'now', who: who(), subscription: any() })),
    ...many(0, 1, (): Step => ({ atMs: at(), kind: 'redeliver' })),
  ];
  if (mode === 'socket') {
    const how = one(['drop', 'refresh_requested', 'warning'] as const);
    steps.push(...many(0, 1, (): Step => ({ atMs: at(), kind: 'sockets', how })));
  }
  return steps.sort((a, b) => a.atMs - b.atMs);
}

/** Mostly new callers, one call each; now and then a burst of more than a page, somebody who tries again, rows that come late. */
function ringing(random: Random) {
  return {
    calls: pick(random, [
      [8, 1],
      [4, 3],
      [1, 14],
    ] as const),
    repeats: random() < 0.2,
    lateMs: pick(random, [
      [6, 0],
      [1, 5 * MINUTE_MS],
      [1, 40 * MINUTE_MS],
    ] as const),
  };
}

function slackFault(random: Random, method: string): { method: string; fault: FaultKind; times: number } {
  const fault = pick<FaultKind>(random, [
    [2, { kind: 'ratelimited', retryAfterS: 1 + below(random, 10) }],
    [2, { kind: 'http', status: 500 }],
    [2, { kind: 'http', status: 503, performed: true }],
    [1, { kind: 'error', error: 'internal_error' }],
    [2, { kind: 'drop' }],
    [3, { kind: 'accept-then-drop' }],
    [2, { kind: 'slow', ms: 200 + below(random, 1800) }],
  ]);
  return { method, fault, times: 1 + below(random, 3) };
}

const centreFault = (random: Random): CentreFault =>
  pick<CentreFault>(random, [
    [2, { kind: 'status', status: 500 }],
    [1, { kind: 'status', status: 429, retryAfter: 1 }],
    [1, { kind: 'drop', when: 'before-reading' }],
    [1, { kind: 'drop', when: 'within-the-answer' }],
    [1, { kind: 'bad-json' }],
    [2, { kind: 'slow', ms: 200 + below(random, 1800) }],
    [1, { kind: 'moving-total', by: 1 }],
  ]);
