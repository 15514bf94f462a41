import type { Fault } from '../../cms/fault.ts';

/** The ways in which the contact centre can fail, as the panel offers them. */
export const FAULT_MENU: readonly { group: string; faults: readonly { label: string; fault: Fault }[] }[] = [
  {
    group: 'It refuses',
    faults: [
      { label: 'It is overloaded (503)', fault: { kind: 'status', status: 503 } },
      { label: 'Too many requests (429, for 30 s)', fault: { kind: 'status', status: 429, retryAfter: 30 } },
      { label: 'The key is not accepted (401)', fault: { kind: 'status', status: 401 } },
      { label: 'The address is not allowed (403)', fault: { kind: 'status', status: 403 } },
      { label: 'The firewall refuses (418)', fault: { kind: 'status', status: 418 } },
      { label: 'It breaks (500)', fault: { kind: 'status', status: 500 } },
      {
        label: 'It refuses the question (returnCode)',
        fault: { kind: 'return-code', returnCode: '1', returnDesc: 'vdn does not exist' },
      },
    ],
  },
  {
    group: 'The connection',
    faults: [
      { label: 'It hangs up at once', fault: { kind: 'drop', when: 'before-reading' } },
      { label: 'It hangs up after reading', fault: { kind: 'drop', when: 'after-reading' } },
      { label: 'It hangs up within the answer', fault: { kind: 'drop', when: 'within-the-answer' } },
      { label: 'It is slow (2 s)', fault: { kind: 'slow', ms: 2_000 } },
      { label: 'Its answer trickles (2 s)', fault: { kind: 'slow', ms: 2_000, part: 'body' } },
    ],
  },
  {
    group: 'The answer',
    faults: [
      { label: 'It is no JSON', fault: { kind: 'bad-json' } },
      { label: 'It has another shape', fault: { kind: 'wrong-shape' } },
      { label: 'Three rows cannot be read', fault: { kind: 'malformed-rows', rows: 3 } },
      { label: 'Its pages never end', fault: { kind: 'endless-pages' } },
      { label: 'Rows appear 10 minutes late', fault: { kind: 'late-rows', ms: 600_000 } },
      { label: 'The total moves between pages', fault: { kind: 'moving-total', by: 1 } },
      { label: 'Rows shift between pages', fault: { kind: 'shifting-rows', by: 1 } },
      { label: 'Numbers come as texts', fault: { kind: 'loose-types' } },
    ],
  },
  {
    group: 'Its clock',
    faults: [
      { label: 'Its times are local (Shanghai)', fault: { kind: 'local-time', timeZone: 'Asia/Shanghai' } },
      { label: 'Its clock is 20 minutes ahead', fault: { kind: 'clock-off', seconds: 1_200 } },
    ],
  },
];

/** What the panel calls a fault that was made. */
export function faultLabel(fault: Fault): string {
  const wanted = JSON.stringify(fault);
  const all = FAULT_MENU.flatMap(({ faults }) => faults);
  return all.find((one) => JSON.stringify(one.fault) === wanted)?.label ?? fault.kind;
}
