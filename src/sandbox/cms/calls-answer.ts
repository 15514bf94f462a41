import type { CallsQuery } from './calls-query.ts';
import type { FaultOfKind } from './faults.ts';
import type { Talk } from './talks.ts';

/** newer: rows in resultDesc.data, with all times. older: rows in resultDatas, which do not say when somebody answered. */
export type CallsEdition = 'newer' | 'older';

export interface CallsAnswerFacts {
  query: CallsQuery;
  /** Everything that matches, newest first. */
  calls: readonly Talk[];
  edition: CallsEdition;
  met: FaultOfKind;
}

/** The text of an answer to a querycalls that was accepted, as the faults that were met would have it. */
export const callsAnswerText = ({ query, calls, edition, met }: CallsAnswerFacts): string => {
  const refused = met('return-code');
  if (refused) return callsFailure(refused.returnCode, refused.returnDesc ?? 'query failed');
  if (met('wrong-shape')) return JSON.stringify({ resultCode: '0100000', resultDesc: { data: 'many' } });
  const loose = met('loose-types') !== undefined;
  const rows = calls
    .slice(query.offset, query.offset + query.limit)
    .map((call) => shownRow(call, edition, loose));
  const text = JSON.stringify(
    edition === 'newer'
      ? { resultCode: '0100000', resultDesc: { data: rows, totalCount: calls.length } }
      : { resultCode: '0100000', resultDesc: 'success', resultDatas: rows },
  );
  const broken = met('bad-json');
  return broken ? (broken.body ?? text.slice(0, Math.ceil(text.length / 2))) : text;
};

/** A refusal as the contact centre words it: HTTP 200, no rows. */
export const callsFailure = (resultCode: string, resultDesc: string): string =>
  JSON.stringify({ resultCode, resultDesc });

const shownRow = (call: Talk, edition: CallsEdition, loose: boolean): unknown => {
  const time = (at: number) => (loose ? String(at) : at);
  return {
    callId: call.callId,
    callerNo: call.callerNo,
    calleeNo: call.calleeNo,
    ...(call.isCallIn ? { waitBegin: time(call.beganAt) } : {}),
    callBegin: time(call.beganAt),
    ...(edition === 'newer' ? { ackBegin: time(call.answeredAt ?? 0) } : {}),
    callEnd: time(call.endedAt),
    ...(loose ? { skillName: 'a field nobody knows', callType: null } : {}),
  };
};
