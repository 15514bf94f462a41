import { z } from 'zod';
import type { MissedCallRow } from '../calls/missed-call.ts';
import { SourceError } from '../calls/source.ts';
import { isWallTime } from '../calls/times.ts';

export interface MissedCallsPage {
  total: number;
  /** Readable rows, in the server's order. */
  rows: MissedCallRow[];
  /** Rows that could not be read. */
  malformed: number;
}

/** PostgreSQL's integer: a code beyond it is no media type. */
const MAX_CODE = 2 ** 31 - 1;

export const wholeNumber = z.union([
  z.int(),
  z.string().trim().regex(/^\d+$/).transform(Number).pipe(z.int()),
]);

/** Databases refuse NUL and lone surrogates, and with the row its whole page. */
const storable = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');
const text = z.union([z.string(), z.int().transform(String)]).refine(storable);
/** A call without a number is a call all the same. */
export const numberText = text.nullish().transform((value) => value ?? '');
/** Whitespace tells no call from another. */
export const callIdText = text.refine((value) => value.trim() !== '');
/** A code that cannot be read is less than the call that it belongs to. */
const code = wholeNumber
  .pipe(z.int().min(0).max(MAX_CODE))
  // Most rows have none: that must not cost a complaint, which is made and thrown away.
  .nullish()
  .transform((value) => value ?? null)
  .catch(null);
const dateTime = z.string().refine(isWallTime);

const row = z.object({
  callId: callIdText,
  callerNo: numberText,
  calleeNo: numberText,
  waitBegin: dateTime,
  callEnd: dateTime,
  mediaType: code,
  subMediaType: code,
});

const outcome = z.object({
  returnCode: z.union([z.string(), z.number()]).transform((value) => String(value).trim()),
  returnDesc: z.string().nullish().catch(null),
});

const page = z.object({
  total: wholeNumber.pipe(z.int().min(0)),
  missedCalls: z.array(z.unknown()).nullish(),
});

/**
 * Reads an answer of queryMissedCalls that was asked from `offset` on. Throws SourceError `refused` for a returnCode other than
 * "0", `not-understood` for a wrong shape. A row that cannot be read costs none of its neighbours.
 */
export function parseMissedCallsPage(answer: unknown, offset: number): MissedCallsPage {
  const { returnCode, returnDesc } = expectShape(outcome, answer);
  if (returnCode !== '0') throw refused(returnCode, returnDesc ?? '');

  const { total, missedCalls } = expectShape(page, answer);
  if (!missedCalls && offset < total) throw wrongShape(['missedCalls']);

  const rows: MissedCallRow[] = [];
  let malformed = 0;
  for (const item of missedCalls ?? []) {
    const { success, data } = row.safeParse(item);
    if (success) rows.push(data);
    else malformed++;
  }
  return { total, rows, malformed };
}

/** Throws SourceError `not-understood` that names the fields. */
export function expectShape<T extends z.ZodType>(shape: T, answer: unknown): z.output<T> {
  const result = shape.safeParse(answer);
  if (result.success) return result.data;
  throw wrongShape(result.error.issues.map(({ path }) => path.join('.') || 'the whole'));
}

function wrongShape(fields: string[]): SourceError {
  return new SourceError(
    'not-understood',
    `The contact centre's answer has not the documented shape (wrong: ${fields.join(', ')}): check that CMS_URL leads to CC-CMS, and its version.`,
  );
}

/** `returnDesc` is the contact centre's: nothing of it that may be a number is repeated. */
export function refused(returnCode: string, returnDesc: string): SourceError {
  const facts = {
    returnCode: forPeople(returnCode, 40),
    returnDesc: withoutNumbers(forPeople(returnDesc, 200)),
  };
  const said = facts.returnDesc === '' ? '' : `: ${facts.returnDesc}`;
  return new SourceError(
    'refused',
    `The contact centre refused the query (returnCode ${facts.returnCode}${said}).`,
    {
      facts,
    },
  );
}

/** One line of at most `length` characters. */
function forPeople(text: string, length: number): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).toWellFormed()}…`;
}

/** A description may repeat what it complains of; it goes into logs. */
function withoutNumbers(text: string): string {
  return text.replace(/\p{Nd}{5,}/gu, '…');
}
