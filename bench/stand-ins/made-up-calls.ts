/** A row as queryMissedCalls gives it. */
export interface Row {
  callId: string;
  callerNo: string;
  calleeNo: string;
  waitBegin: string;
  callEnd: string;
  mediaType: number;
}

export interface MadeUp {
  vdn: number;
  calls: number;
  /** Epoch ms: the calls begin to wait evenly between the two. */
  fromAt: number;
  toAt: number;
  /** How many people call: the calls are spread over them by chance. Default three for five calls. */
  callers?: number;
}

/** Missed calls of Chinese mobile numbers, newest first; the same for the same wish, but for the times. */
export function* madeUpCalls({
  vdn,
  calls,
  fromAt,
  toAt,
  callers = Math.ceil(calls * 0.6),
}: MadeUp): Generator<Row> {
  const random = sequence(vdn);
  for (let number = 0; number < calls; number += 1) {
    const waitBeginAt = toAt - ((number + 0.5) / calls) * (toAt - fromAt);
    const caller = Math.floor(random() * callers);
    yield {
      callId: `${Math.floor(waitBeginAt / 1000) - 20}-${vdn * 1_000_000 + number}`,
      // The same caller of two VDNs has two numbers: what is known of one helps nowhere else.
      callerNo: `138${String(((vdn * 7919 + 1) * 10_007 + caller) % 100_000_000).padStart(8, '0')}`,
      calleeNo: `3104566${caller % 5}`,
      waitBegin: written(waitBeginAt),
      callEnd: written(waitBeginAt + 5_000 + Math.floor(random() * 120_000)),
      mediaType: 5,
    };
  }
}

const written = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** Numbers from 0 to 1 that only look like chance (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
