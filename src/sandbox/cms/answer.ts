import type { CallOnRecord } from './calls-on-record.ts';
import type { FaultOfKind } from './faults.ts';
import { withMalformedRows } from './malformed-rows.ts';
import type { MissedCallsQuery } from './query.ts';
import { formatterFor } from './wall-time.ts';

/** What an answer is made from. */
export interface AnswerFacts {
  query: MissedCallsQuery;
  /** Everything that matches, newest first. */
  calls: readonly CallOnRecord[];
  now: number;
  /** IANA zone of the answer's times. */
  timeZone: string;
  met: FaultOfKind;
}

/** The text of an answer to a query that was accepted, as the faults that were met would have it. */
export const answerText = (facts: AnswerFacts): string => {
  const { met } = facts;
  const refused = met('return-code');
  if (refused) return failure(refused.returnCode, refused.returnDesc ?? 'query failed');
  if (met('wrong-shape'))
    return JSON.stringify({ returnCode: '0', total: { all: 'many' }, missedCalls: { callId: 'one' } });
  const { total, rows } = met('endless-pages') ? endlessPage(facts) : page(facts);
  const text = JSON.stringify({
    returnCode: '0',
    total: met('loose-types') ? String(total) : total,
    returnDesc: 'query success',
    missedCalls: rows,
    ...(met('loose-types') ? { traceId: 'a field nobody knows' } : {}),
  });
  const broken = met('bad-json');
  return broken ? (broken.body ?? text.slice(0, Math.ceil(text.length / 2))) : text;
};

/** A refusal as the contact centre words it: HTTP 200, no rows. The codes are not published; "0" alone is success. */
export const failure = (returnCode: string, returnDesc: string): string =>
  JSON.stringify({ returnCode, total: 0, returnDesc, missedCalls: [] });

interface Page {
  total: number;
  rows: unknown[];
}

const page = ({ query, calls, now, timeZone, met }: AnswerFacts): Page => {
  const write = formatterFor(met('local-time')?.timeZone ?? timeZone);
  const malformed = met('malformed-rows')?.rows ?? 0;
  const shift = met('shifting-rows')?.by ?? 0;
  const move = shift + (met('moving-total')?.by ?? 0);
  const number = Math.floor(query.offset / query.limit);
  const from = Math.max(0, query.offset - shift * number);
  const good = calls.map((call) => ({ call }));
  const all = malformed > 0 ? withMalformedRows(good, malformed, write(query.endAt ?? now)) : good;
  return {
    total: Math.max(0, all.length + move * number),
    rows: all
      .slice(from, from + query.limit)
      .map((row) => (isGood(row) ? shownRow(row.call, write, met('loose-types') !== undefined) : row)),
  };
};

/** Good rows are wrapped until they are written, so that only those of the page are. */
const isGood = (row: unknown): row is { call: CallOnRecord } =>
  typeof row === 'object' && row !== null && 'call' in row;

const shownRow = (call: CallOnRecord, write: (at: number) => string, loose: boolean): unknown => ({
  callId: call.callId,
  callerNo: call.callerNo,
  calleeNo: call.calleeNo,
  waitBegin: write(call.waitBeginAt),
  callEnd: write(call.callEndAt),
  ...(loose ? looseMedia(call) : strictMedia(call)),
});

const strictMedia = ({ mediaType, subMediaType }: CallOnRecord): object => ({
  ...(mediaType === null ? {} : { mediaType }),
  ...(subMediaType === null ? {} : { subMediaType }),
});

const looseMedia = ({ mediaType, subMediaType }: CallOnRecord): object => ({
  mediaType: mediaType === null ? null : String(mediaType),
  subMediaType: subMediaType === null ? null : String(subMediaType),
  skillName: 'a field nobody knows',
});

const noEnd = 1_000_000_000;

/** New rows for every offset, all within the window that was asked for. */
const endlessPage = ({ query, now, timeZone, met }: AnswerFacts): Page => {
  const at = query.beginAt ?? query.endAt ?? now - 60_000;
  const time = formatterFor(met('local-time')?.timeZone ?? timeZone)(at);
  const rows = Array.from({ length: query.limit }, (_, place) => ({
    callId: `${Math.floor(at / 1000)}-${noEnd + query.offset + place}`,
    callerNo: '',
    calleeNo: '5550100',
    waitBegin: time,
    callEnd: time,
    mediaType: 5,
  }));
  return { total: noEnd, rows };
};
