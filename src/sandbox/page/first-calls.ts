import type { Vdn } from '../../calls/vdn.ts';
import type { CallsOnRecord } from '../cms/calls-on-record.ts';
import { socialId } from '../cms/made-up.ts';

/** The VDNs of the sandbox: the documented one with calls of today, and the seeded scenarios. */
export const VDNS: Vdn[] = [
  { number: 159, name: 'Support', timeZone: 'Europe/London', country: 'GB' },
  { number: 160, name: 'Sales', timeZone: 'America/Sao_Paulo', country: 'GB' },
  { number: 161, name: 'Orders', timeZone: 'Asia/Shanghai', country: 'GB' },
  { number: 162, name: 'Bookings', timeZone: 'Europe/London', country: 'GB' },
];

const MINUTE_MS = 60_000;
const WHATSAPP = { mediaType: 53, subMediaType: 2 };

/** Callers whom nobody answered before anybody looked: minutes ago, seconds waited. The numbers are of ranges kept for drama. */
const FIRST = [
  { callerNo: '442079460311', agoMin: 98, waitS: 185, calleeNo: '5550100' },
  { callerNo: '441134960027', agoMin: 83, waitS: 42, calleeNo: '5550101' },
  { callerNo: '442079460311', agoMin: 71, waitS: 64, calleeNo: '5550100' },
  { callerNo: socialId(417), agoMin: 64, waitS: 128, calleeNo: '5550100', ...WHATSAPP },
  { callerNo: '441214960142', agoMin: 52, waitS: 19, calleeNo: '5550102' },
  { callerNo: '441174960613', agoMin: 38, waitS: 301, calleeNo: '5550100' },
  { callerNo: '442079460311', agoMin: 33, waitS: 90, calleeNo: '5550100' },
  { callerNo: '', agoMin: 27, waitS: 11, calleeNo: '5550101' },
  { callerNo: '441414960208', agoMin: 18, waitS: 56, calleeNo: '5550100' },
  { callerNo: '441134960027', agoMin: 6, waitS: 73, calleeNo: '5550101' },
];

/** Puts the first calls on record, so that the first question has an answer. */
export function ringFirstCalls(calls: CallsOnRecord, now: number): void {
  for (const { agoMin, waitS, ...call } of FIRST) {
    calls.ring({
      vdn: 159,
      ...call,
      waitBeginAt: now - agoMin * MINUTE_MS - waitS * 1000,
      waitMs: waitS * 1000,
    });
  }
}
