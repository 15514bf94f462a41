import { z } from 'zod';

const atMs = z.int().nonnegative();
const callShape = {
  vdn: z.int().min(1).max(5000),
  /** Digits, a platform's user id, or "" when withheld. A made-up number when not given. */
  callerNo: z.string().optional(),
  calleeNo: z.string().optional(),
  /** Default 30 s. */
  waitMs: z.int().nonnegative().optional(),
  /** Default 5 (voice); null leaves it out of the answers. */
  mediaType: z.int().nullable().optional(),
  subMediaType: z.int().nullable().optional(),
  /** How long after its end the call appears in answers; default 0. */
  appearsAfterMs: z.int().nonnegative().optional(),
};

/** One missed call to put on record. */
export const ringSchema = z.strictObject({
  ...callShape,
  /** Epoch ms, cut to whole seconds; by default such that the call ends now. */
  waitBeginAt: atMs.optional(),
  callId: z.string().min(1).optional(),
});
export type Ring = z.infer<typeof ringSchema>;

const seriesShape = {
  ...callShape,
  count: z.int().min(1).max(20_000),
  /** From one call's waitBegin to the next one's; default 1 s in a burst, 60 s for a repeat caller. */
  everyMs: z.int().nonnegative().optional(),
  /** waitBegin of the last one, epoch ms; by default such that it ends now. */
  lastWaitBeginAt: atMs.optional(),
};

/** Many calls in a short time, each from a caller of its own unless one is named. */
export const burstSchema = z.strictObject(seriesShape);
export type Burst = z.infer<typeof burstSchema>;

/** One caller who tries again and again. */
export const repeatCallerSchema = z.strictObject(seriesShape);
export type RepeatCaller = z.infer<typeof repeatCallerSchema>;

/** What a series is made of, oldest first. */
export const ringsOf = (series: Burst, callers: (n: number) => string, now: number): Ring[] => {
  const { count, everyMs = 1000, lastWaitBeginAt, ...call } = series;
  const lastAt = lastWaitBeginAt ?? now - (call.waitMs ?? defaultWaitMs);
  return Array.from({ length: count }, (_, place) => ({
    ...call,
    callerNo: call.callerNo ?? callers(place),
    waitBeginAt: lastAt - (count - 1 - place) * everyMs,
  }));
};

export const defaultWaitMs = 30_000;
