/** The buttons and menus of messages and forms. An action_id is one of these, a colon, and what makes it unique within its message. */
export const ACTIONS = {
  claim: 'claim',
  log: 'log',
  history: 'history',
  snooze: 'snooze',
  assign: 'assign',
  takeOver: 'take-over',
  release: 'release',
  undo: 'undo',
  reveal: 'reveal',
  outcome: 'outcome',
  when: 'when',
  page: 'page',
  changeDigest: 'change-digest',
} as const;

export type ActionName = (typeof ACTIONS)[keyof typeof ACTIONS];

const NAMES: ReadonlySet<string> = new Set(Object.values(ACTIONS));

export const actionId = (name: ActionName, unique: string | number) => `${name}:${unique}`;

/** Which button an action_id names; undefined for one that is not of ours. */
export function actionName(id: string): ActionName | undefined {
  const name = id.split(':', 1)[0] ?? '';
  return id.includes(':') && NAMES.has(name) ? (name as ActionName) : undefined;
}

/** What a button carries: which page (from 0) and callback, and the outbox row of the message that it is in, which knows its list. */
export interface ActionValue {
  /** For paging, the page to show; for the others, the page that shows the callback. */
  page: number;
  /** null on paging buttons. */
  callbackId: number | null;
  /** UUID; null where the message is not kept. */
  outboxId: string | null;
}

/** The form of the value, first in it: a button of an older desk is told apart from one of this. */
const VERSION = '2';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NONE = '-';

/** `2.<page>.<callbackId or ->.<outboxId or ->` */
export function encodeAction({ page, callbackId, outboxId }: ActionValue): string {
  return [VERSION, page, callbackId ?? NONE, outboxId ?? NONE].join('.');
}

/** Reads a button's value back; undefined for anything that encodeAction does not write. */
export function decodeAction(value: unknown): ActionValue | undefined {
  if (typeof value !== 'string') return undefined;
  const [version, pageText = '', callbackText = '', outboxText = '', ...rest] = value.split('.');
  const page = wholeNumber(pageText);
  const callbackId = callbackText === NONE ? null : wholeNumber(callbackText);
  const outboxId = outboxText === NONE ? null : outboxText;
  if (version !== VERSION || rest.length > 0) return undefined;
  if (page === undefined || callbackId === undefined || callbackId === 0) return undefined;
  if (outboxId !== null && !UUID.test(outboxId)) return undefined;
  return { page, callbackId, outboxId };
}

/** Digits as they are written by us: no leading zero, no sign, safe. */
export function wholeNumber(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d*)$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}
