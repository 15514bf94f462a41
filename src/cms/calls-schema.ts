import { z } from 'zod';
import type { RecordedCall } from '../calls/reached.ts';
import { callIdText, expectShape, numberText, refused, wholeNumber } from './schema.ts';

const SUCCESS = '0100000';

/** Milliseconds since the epoch; what cannot be read is not there. */
const time = wholeNumber
  .nullish()
  .catch(undefined)
  .transform((value) => value ?? undefined);

const row = z.object({
  callId: callIdText,
  callerNo: numberText,
  calleeNo: numberText,
  waitBegin: time,
  ackBegin: time,
  callBegin: time,
  callEnd: time,
});

const outcome = z.object({
  resultCode: z.union([z.string(), z.number()]).transform((value) => String(value).trim().padStart(7, '0')),
  // A text where the query was refused, else what was found.
  resultDesc: z.unknown().optional(),
});

const rows = z.array(z.unknown()).nullish();
/** Newer editions have the rows in resultDesc, older ones beside it; no rows may be said by leaving them out. */
const found = z.object({
  resultDesc: z
    .union([z.object({ data: rows }), z.array(z.unknown()), z.string()])
    .transform((desc) => (typeof desc === 'string' ? [] : Array.isArray(desc) ? desc : (desc.data ?? [])))
    .nullish(),
  resultDatas: rows,
});

/**
 * Reads an answer of querycalls. Throws SourceError `refused` for a resultCode other than "0100000", `not-understood` for a
 * wrong shape. A row that cannot be read costs none of its neighbours.
 */
export function parseRecordedCalls(answer: unknown): { calls: RecordedCall[]; malformed: number } {
  const { resultCode, resultDesc } = expectShape(outcome, answer);
  if (resultCode !== SUCCESS) throw refused(resultCode, typeof resultDesc === 'string' ? resultDesc : '');

  const { resultDatas, resultDesc: inside } = expectShape(found, answer);
  const calls: RecordedCall[] = [];
  let malformed = 0;
  for (const item of resultDatas ?? inside ?? []) {
    const { success, data } = row.safeParse(item);
    if (success) calls.push(data);
    else malformed++;
  }
  return { calls, malformed };
}
