import type { CallbackAction } from '../../callbacks/callback.ts';
import type { Schedule } from '../../digests/schedule.ts';

/** The buttons of messages. An action_id is one of these, a colon, and what makes it unique within its message. */
export const ACTIONS = {
  claim: 'claim',
  done: 'done',
  release: 'release',
  undo: 'undo',
  page: 'page',
  changeSchedule: 'change-schedule',
} as const satisfies Record<CallbackAction, string> & Record<string, string>;

export type ActionName = (typeof ACTIONS)[keyof typeof ACTIONS];

const NAMES: ReadonlySet<string> = new Set(Object.values(ACTIONS));

/** Matches every action_id of messages; for the listener table. */
export const ANY_ACTION = /^(?:claim|done|release|undo|page|change-schedule):/;

export const actionId = (name: ActionName, unique: string | number) => `${name}:${unique}`;

/** Which button an action_id names; undefined for one that is not of ours. */
export function actionName(id: string): ActionName | undefined {
  const name = id.split(':', 1)[0] ?? '';
  return id.includes(':') && NAMES.has(name) ? (name as ActionName) : undefined;
}

/** What a button of a list carries: which list, page (from 0) and callback, and the outbox row of the message that it is in. */
export interface ActionValue {
  /** UUID. */
  listId: string;
  /** For paging, the page to show; for the others, the page that shows the callback. */
  page: number;
  /** null on paging buttons. */
  callbackId: number | null;
  /** UUID; null in private answers, which the outbox does not know. */
  outboxId: string | null;
}

/** The form of the value, first in it: a button of an older desk is told apart from one of this. */
const VERSION = '1';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NONE = '-';

/** `1.<listId>.<page>.<callbackId or ->.<outboxId or ->` */
export function encodeAction({ listId, page, callbackId, outboxId }: ActionValue): string {
  return [VERSION, listId, page, callbackId ?? NONE, outboxId ?? NONE].join('.');
}

/** Reads a button's value back; undefined for anything that encodeAction does not write. */
export function decodeAction(value: unknown): ActionValue | undefined {
  if (typeof value !== 'string') return undefined;
  const [version, listId = '', pageText = '', callbackText = '', outboxText = '', ...rest] = value.split('.');
  const page = wholeNumber(pageText);
  const callbackId = callbackText === NONE ? null : wholeNumber(callbackText);
  const outboxId = outboxText === NONE ? null : outboxText;
  if (version !== VERSION || rest.length > 0 || !UUID.test(listId)) return undefined;
  if (page === undefined || callbackId === undefined || callbackId === 0) return undefined;
  if (outboxId !== null && !UUID.test(outboxId)) return undefined;
  return { listId, page, callbackId, outboxId };
}

/** What the button "change it" of a digest that exists already carries. */
export interface ChangeScheduleValue {
  /** The subscription's number, as in commands. */
  subscriptionNumber: number;
  schedule: Schedule;
}

const INTERVALS = [15, 30, 60, 120, 240] as const;

/** `1.<number>.<m60 or d0900>.<1: weekdays>.<9-18 or ->.<1: all-clear>` */
export function encodeChangeSchedule({ subscriptionNumber, schedule }: ChangeScheduleValue): string {
  const { every, weekdays, hours, allClear } = schedule;
  const rhythm =
    'minutes' in every ? `m${every.minutes}` : `d${twoDigits(every.dailyAt.hour)}${twoDigits(every.dailyAt.minute)}`;
  return [
    VERSION,
    subscriptionNumber,
    rhythm,
    weekdays ? 1 : 0,
    hours ? `${hours.from}-${hours.to}` : NONE,
    allClear ? 1 : 0,
  ].join('.');
}

/** Reads it back; undefined for anything that encodeChangeSchedule does not write. */
export function decodeChangeSchedule(value: unknown): ChangeScheduleValue | undefined {
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

/** Digits as they are written by us: no leading zero, no sign, safe. */
function wholeNumber(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d*)$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

const twoDigits = (number: number) => String(number).padStart(2, '0');
