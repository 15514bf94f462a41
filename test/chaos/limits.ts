import type { RequestOnRecord } from '../../src/sandbox/cms/requests-on-record.ts';
import type { ApiCall } from '../../src/sandbox/slack/calls.ts';
import { hammered } from './judge.ts';

/** What there is to see of how hard the desks pressed, and how long things took. */
export interface Pressed {
  calls: readonly ApiCall[];
  requests: readonly Pick<RequestOnRecord, 'at' | 'verdict'>[];
  /** When somebody came to a wire that was cut: real time, epoch ms. */
  refused: readonly number[];
  /** How long it took from the last fault, press or leap until nothing was under way; ms of the world's clock. */
  restsMs: readonly number[];
  /** How many times faster than real time that clock runs. */
  pace: number;
}

/** Most that was seen of something, beside what is allowed. */
export interface Measure {
  what: string;
  seen: number;
  most: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** By the world's clock. What is in doubt when its desk dies is looked for within two minutes, the longest that anything waits. */
const REST_S = 480;
/** Real time: what a busy machine may need for anything. */
const BUSY_MACHINE_S = 90;

/**
 * Far above what a desk does that waits before it tries again (docs/chaos.md has what was seen), and far below what one does that
 * does not wait: some hundreds a second.
 */
export function measured({ calls, requests, refused, restsMs, pace }: Pressed): Measure[] {
  const failed = calls.filter(({ fault, error }) => fault !== undefined || error === 'ratelimited');
  const early = [...Map.groupBy(hammered(calls), keyOf).values()];
  const atOf = ({ at }: { at: number }) => at;
  return [
    {
      what: 'calls that Slack refused or broke off, in ten seconds',
      seen: busiest(failed.map(atOf), 10 * SECOND_MS),
      most: 40,
    },
    {
      what: 'calls of one kind that came too early for Slack, in a minute',
      seen: Math.max(0, ...early.map((kind) => busiest(kind.map(atOf), MINUTE_MS))),
      most: 20,
    },
    {
      what: 'requests to the contact centre that failed, in ten seconds',
      seen: busiest(requests.filter(({ verdict }) => verdict === 'fault').map(atOf), 10 * SECOND_MS),
      most: 30,
    },
    {
      what: 'requests to the contact centre in a minute',
      seen: busiest(requests.map(atOf), MINUTE_MS),
      most: 120,
    },
    { what: 'attempts at a cut wire in a second', seen: busiest(refused, SECOND_MS), most: 100 },
    {
      what: 'seconds until all was quiet',
      seen: Math.round(Math.max(0, ...restsMs) / SECOND_MS),
      most: Math.max(REST_S, BUSY_MACHINE_S * pace),
    },
  ];
}

export const excesses = (measures: readonly Measure[]): string[] =>
  measures
    .filter(({ seen, most }) => seen > most)
    .map(({ what, seen, most }) => `${seen} ${what}: ${most} are allowed`);

/** The most moments within any window of that length. */
export function busiest(moments: readonly number[], withinMs: number): number {
  const inOrder = moments.toSorted((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, at] of inOrder.entries()) {
    while ((inOrder[first] ?? at) <= at - withinMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** What Slack counts by: posts by channel, everything else by method. */
const keyOf = ({ method, args }: ApiCall) =>
  method === 'chat.postMessage' ? `${method} ${String(args.channel)}` : method;
