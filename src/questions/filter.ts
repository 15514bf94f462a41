import type { CallFilter } from '../calls/filter.ts';
import type { MissedCall } from '../calls/missed-call.ts';

/** What the filter looks at. */
export type FilteredCall = Pick<
  MissedCall,
  'callerNo' | 'calleeNo' | 'callerKey' | 'mediaType' | 'subMediaType' | 'waitBeginAt' | 'callEndAt'
>;

/** Whether a call passes all that a filter says of calls. `state` is not among it: that is the callback's, not the call's. */
export function passesFilter(call: FilteredCall, filter: CallFilter): boolean {
  const { caller, callee, media, waitOverMs } = filter;
  return (
    (caller === undefined || isCaller(call, caller)) &&
    (callee === undefined || fits(call.calleeNo, callee)) &&
    (media === undefined || media.some((code) => isOfMedia(call, code))) &&
    (waitOverMs === undefined || call.callEndAt - call.waitBeginAt > waitOverMs)
  );
}

function isCaller(call: FilteredCall, pattern: string): boolean {
  // The key ends with the number in its normal form: "tel:+8613800000000".
  const normal = call.callerKey?.slice(call.callerKey.lastIndexOf(':') + 1);
  return fits(call.callerNo, pattern) || (normal !== undefined && fits(normal, pattern));
}

const isOfMedia = (call: FilteredCall, code: { mediaType: number; subMediaType: number | null }): boolean =>
  call.mediaType === code.mediaType &&
  (code.subMediaType === null || call.subMediaType === code.subMediaType);

/** Compares the digits of a number; `*` at either end of the pattern stands for any digits. */
function fits(number: string, pattern: string): boolean {
  const digits = number.replace(/\D/g, '');
  const wanted = pattern.replaceAll('*', '');
  const opensLeft = pattern.startsWith('*');
  const opensRight = pattern.length > 1 && pattern.endsWith('*');
  if (opensLeft && opensRight) return digits.includes(wanted);
  if (opensLeft) return digits.endsWith(wanted);
  return opensRight ? digits.startsWith(wanted) : digits === wanted;
}
