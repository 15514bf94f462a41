import { phoneNumber, socialId } from '../cms/made-up.ts';
import type { Ring } from '../cms/rings.ts';

/** What the panel's buttons let happen. */
export const WAYS_TO_RING = ['once', 'burst', 'repeat', 'whatsapp', 'withheld'] as const;
export type WayToRing = (typeof WAYS_TO_RING)[number];

type Call = Omit<Ring, 'vdn'>;

let callers = 0;
/** Somebody new at each call. */
function next(): number {
  callers += 1;
  return callers;
}
/** From all over Britain: the first thousand made-up numbers are American. */
const nextNumber = (): string => phoneNumber(1_000 + ((next() * 1_213) % 12_000));
const nextSocialId = (): string => socialId(500 + next());

/** The calls of one click on the panel; those that say nothing of the time end now. */
export function ringsFor(how: WayToRing): Call[] {
  switch (how) {
    case 'once':
      return [{ callerNo: nextNumber(), waitMs: 34_000 }];
    case 'burst':
      return Array.from({ length: 6 }, (_, place) => ({
        callerNo: nextNumber(),
        waitMs: 12_000 + place * 9_000,
      }));
    case 'repeat': {
      const callerNo = nextNumber();
      return [71_000, 48_000, 22_000].map((waitMs) => ({ callerNo, waitMs }));
    }
    case 'whatsapp':
      return [{ callerNo: nextSocialId(), waitMs: 95_000, mediaType: 53, subMediaType: 2 }];
    case 'withheld':
      return [{ callerNo: '', waitMs: 15_000 }];
  }
}
