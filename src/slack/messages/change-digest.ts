import { INTERVALS, type Schedule } from '../../digests/schedule.ts';
import { wholeNumber } from './actions.ts';
import { twoDigits } from './schedule-words.ts';

/** What the button "change it" of a digest that exists already carries. */
export interface ChangeDigestValue {
  /** The subscription's number, as in commands. */
  subscriptionNumber: number;
  schedule: Schedule;
}

const VERSION = '1';
const NONE = '-';

/** `1.<number>.<m60 or d0900>.<1: weekdays>.<9-18 or ->.<1: all-clear>` */
export function encodeChangeDigest({ subscriptionNumber, schedule }: ChangeDigestValue): string {
  const { every, weekdays, hours, allClear } = schedule;
  const rhythm =
    'minutes' in every
      ? `m${every.minutes}`
      : `d${twoDigits(every.dailyAt.hour)}${twoDigits(every.dailyAt.minute)}`;
  return [
    VERSION,
    subscriptionNumber,
    rhythm,
    weekdays ? 1 : 0,
    hours ? `${hours.from}-${hours.to}` : NONE,
    allClear ? 1 : 0,
  ].join('.');
}

/** Reads it back; undefined for anything that encodeChangeDigest does not write. */
export function decodeChangeDigest(value: unknown): ChangeDigestValue | undefined {
  if (typeof value !== 'string') return undefined;
  const read = /^1\.(\d+)\.(m\d+|d\d{4})\.([01])\.(-|\d{1,2}-\d{1,2})\.([01])$/.exec(value);
  if (!read) return undefined;
  const [, numberText = '', rhythm = '', weekdays, hoursText = '', allClear] = read;
  const subscriptionNumber = wholeNumber(numberText);
  const every = decodeRhythm(rhythm);
  const hours = hoursText === NONE ? null : decodeHours(hoursText);
  if (!subscriptionNumber || !every || hours === undefined) return undefined;
  return {
    subscriptionNumber,
    schedule: { every, weekdays: weekdays === '1', hours, allClear: allClear === '1' },
  };
}

function decodeRhythm(text: string): Schedule['every'] | undefined {
  if (text.startsWith('m')) {
    const minutes = INTERVALS.find((interval) => `m${interval}` === text);
    return minutes && { minutes };
  }
  const hour = Number(text.slice(1, 3));
  const minute = Number(text.slice(3));
  return hour < 24 && minute < 60 ? { dailyAt: { hour, minute } } : undefined;
}

function decodeHours(text: string): { from: number; to: number } | undefined {
  const [from, to] = text.split('-').map(wholeNumber);
  return from !== undefined && to !== undefined && from <= 24 && to <= 24 ? { from, to } : undefined;
}
