/** Rows that no client can make sense of, each in another way; the good ones around them must not suffer. */
const ways: ((id: string, time: string) => unknown)[] = [
  (id, time) => ({ callId: id, callerNo: '1', calleeNo: '2', waitBegin: 'half past nine', callEnd: time }),
  (_, time) => ({ callerNo: '1', calleeNo: '2', waitBegin: time, callEnd: time }),
  () => null,
  (id, time) => ({ callId: id, callerNo: '1', calleeNo: '2', waitBegin: time }),
  (id, time) => ({ callId: { id }, callerNo: ['1'], calleeNo: {}, waitBegin: time, callEnd: time }),
  (id, time) => ({ callId: id, callerNo: '1\u0000', calleeNo: '2', waitBegin: time, callEnd: time }),
  (id, time) => ({
    callId: id,
    callerNo: '1',
    calleeNo: '2',
    waitBegin: '2022-02-30 09:00:00',
    callEnd: time,
  }),
  () => 'row',
  (id, time) => ({ callId: id, callerNo: '\ud800', calleeNo: '2', waitBegin: time, callEnd: time }),
];

/** The nth of them. `time` is what a good row would have for its times. */
const malformedRow = (n: number, time: string): unknown => ways[n % ways.length]?.(`malformed-${n}`, time);

/** Puts as many malformed rows among the good ones, one after every second good one, the rest at the end. */
export const withMalformedRows = (good: readonly unknown[], count: number, time: string): unknown[] => {
  const rows: unknown[] = [];
  let bad = 0;
  good.forEach((row, place) => {
    rows.push(row);
    if (place % 2 === 0 && bad < count) rows.push(malformedRow(bad++, time));
  });
  while (bad < count) rows.push(malformedRow(bad++, time));
  return rows;
};
