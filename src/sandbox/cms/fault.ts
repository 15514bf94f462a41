import { z } from 'zod';

/** What can go wrong on demand. Docstrings say what the client sees; times are milliseconds unless named otherwise. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** An HTTP error before anything is looked at: 401, 403, 418, 429, 500, 503 … `retryAfter`: seconds, or an HTTP date. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    retryAfter: z.union([z.int().nonnegative(), z.string()]).optional(),
  }),
  /** The connection is accepted, then destroyed. */
  z.strictObject({
    kind: z.literal('drop'),
    when: z.enum(['before-reading', 'after-reading', 'within-the-answer']),
  }),
  /** HTTP 200 with a returnCode other than "0"; querycalls has it as its resultCode. */
  z.strictObject({
    kind: z.literal('return-code'),
    returnCode: z.string(),
    returnDesc: z.string().optional(),
  }),
  /** HTTP 200 with a body that is no JSON: one cut short, unless a body is given. */
  z.strictObject({ kind: z.literal('bad-json'), body: z.string().optional() }),
  /** HTTP 200 with JSON of another shape. */
  z.strictObject({ kind: z.literal('wrong-shape') }),
  /** Full pages of new rows for ever, whatever the offset. */
  z.strictObject({ kind: z.literal('endless-pages') }),

  /** The answer takes that long: all of it, or its body after the headers came at once. */
  z.strictObject({
    kind: z.literal('slow'),
    ms: z.int().nonnegative(),
    part: z.enum(['all', 'body']).optional(),
  }),
  /** That many rows that cannot be read stand among the good ones, and count in the total. */
  z.strictObject({ kind: z.literal('malformed-rows'), rows: z.int().min(1).max(5000) }),
  /** Calls appear that long after their end. */
  z.strictObject({ kind: z.literal('late-rows'), ms: z.int().nonnegative() }),
  /** The total of each page is `by` more (less, when negative) than that of the page before; the rows stay. */
  z.strictObject({ kind: z.literal('moving-total'), by: z.int() }),
  /**
   * Between two pages `by` rows come in at the front, so that the next page repeats the last rows of the one before; or
   * go from it when negative, so that it skips some. The total moves along.
   */
  z.strictObject({ kind: z.literal('shifting-rows'), by: z.int() }),
  /** Answers are in that zone's local time. */
  z.strictObject({ kind: z.literal('local-time'), timeZone: z.string().refine(isTimeZone) }),
  /** The server's clock (Date header and the check of timestamps) is off by that many seconds; ahead when positive. */
  z.strictObject({ kind: z.literal('clock-off'), seconds: z.int() }),
  /** Numbers come as strings, absent codes as null, and fields nobody knows are there: all of it seen, and harmless. */
  z.strictObject({ kind: z.literal('loose-types') }),
]);
export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];

/** What the contact centre can be asked for: queryMissedCalls, or querycalls. */
const interfaces = ['missed-calls', 'calls'] as const;
export type Interface = (typeof interfaces)[number];

export const faultOptionsSchema = z.strictObject({
  /** Only the next so many requests that it concerns; otherwise until it is cleared. */
  next: z.int().min(1).optional(),
  /** Only requests about that VDN. */
  vdn: z.int().min(1).max(5000).optional(),
  /** Only requests for these. */
  of: z.enum(interfaces).optional(),
});
export type FaultOptions = z.infer<typeof faultOptionsSchema>;

/** These take the answer's place, so that only one of them concerns a request; the others go together. */
const replacing: readonly FaultKind[] = [
  'status',
  'drop',
  'return-code',
  'bad-json',
  'wrong-shape',
  'endless-pages',
];
export const replacesTheAnswer = (fault: Fault): boolean => replacing.includes(fault.kind);

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
