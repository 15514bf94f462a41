import type { ApiCall } from '../../src/sandbox/slack/calls.ts';
import type { DeliveryOnRecord } from '../../src/sandbox/slack/delivery/on-record.ts';
import type { WrittenCallback, WrittenEvent, WrittenQuestion } from './books.ts';
import { type Press, pressOf } from './presses.ts';
import type { Life } from './replica.ts';

/** What there is to see of what became of what people did. */
export interface Seen {
  deliveries: readonly DeliveryOnRecord[];
  calls: readonly ApiCall[];
  callbacks: readonly WrittenCallback[];
  events: readonly WrittenEvent[];
  questions: readonly WrittenQuestion[];
  lives: readonly Life[];
  /** When a wire to Slack was cut: real time, epoch ms. */
  cuts: readonly { from: number; until: number }[];
}

export interface Answered {
  /** What was acknowledged. */
  presses: number;
  /** How much of it died with the desk that had acknowledged it, so that it is to be pressed again. */
  diedWithDesk: number;
  losses: string[];
}

/** Real time that a desk may be at something which it has acknowledged. */
const IN_HAND_MS = 10_000;
/** By the world's clock: the same person's same action again is the same one. Also what clocks may differ by. */
const SAME_MS = 60_000;
/** By the world's clock. */
const TOLD_WITHIN_MS = 60_000;

/**
 * Whatever was acknowledged was done, or whoever did it was told why not (or Slack did not take the answer, which it then has on
 * record). A desk that dies with it in hand is the one excuse, and no excuse for a form: its ack says that it is done.
 */
export function judgeAnswered(seen: Seen): Answered {
  const presses = seen.deliveries.flatMap((delivery) => pressOf(delivery) ?? []);
  const open = presses.filter((press) => !isDone(press, seen) && !isAnswered(press, seen));
  const [excused, lost] = [open.filter(isExcused), open.filter((press) => !isExcused(press))];
  function isExcused(press: Press) {
    return press.kind !== 'form' && (diedWith(press, seen.lives) || wasCutOff(press, seen.cuts));
  }
  return {
    presses: presses.length,
    diedWithDesk: excused.length,
    losses: lost.map(
      ({ kind, name, userId, callbackId, at }) =>
        `the ${kind} ${name} of ${userId}${callbackId === null ? '' : ` (callback ${callbackId})`} at ${new Date(at).toISOString().slice(11, 23)} was acknowledged, and neither done nor answered`,
    ),
  };
}

/** What a form comes to is one of these. */
const BY_FORM: ReadonlySet<string> = new Set(['done', 'attempt', 'snooze', 'assign']);

/** The history has it, or the desk has written down the question. */
function isDone(press: Press, { callbacks, events, questions }: Seen): boolean {
  const { kind, name, userId, callbackId, at } = press;
  const since = at - SAME_MS;
  if (kind === 'command')
    return questions.some(
      ({ askerId, asked, askedAt }) =>
        askerId === userId && asked === name.trim() && askedAt >= since && askedAt <= at + TOLD_WITHIN_MS,
    );
  const into = callbacks.find(({ id }) => id === callbackId)?.mergedInto;
  return events.some(
    (event) =>
      event.actorId === userId &&
      (event.callbackId === callbackId || event.callbackId === into) &&
      (kind === 'form' ? BY_FORM.has(event.action) : event.action === name) &&
      event.at >= since,
  );
}

/** Slack was asked to show them something because of it, whether it took that or not. */
function isAnswered(press: Press, { calls }: Seen): boolean {
  if (press.kind === 'form') return saysMore(press.said);
  const { userId, triggerId, responseKey, message, viewIds, at } = press;
  return calls.some((call) => {
    const { method, key, args } = call;
    if (key !== undefined) return key === responseKey;
    if (args.trigger_id !== undefined) return args.trigger_id === triggerId;
    if (call.at < at) return false;
    if (method === 'views.update') return viewIds.includes(String(args.view_id));
    if (method === 'chat.update')
      return press.name === 'page' && args.channel === message?.channel && args.ts === message?.ts;
    const isAlone =
      method === 'chat.postEphemeral' ? args.user : method === 'conversations.open' && args.users;
    return isAlone === userId && call.at <= at + TOLD_WITHIN_MS;
  });
}

/** The ack of a form that was not taken says so in the form. */
const saysMore = (said: unknown) =>
  /"response_action":"(errors|update|push)"/.test(JSON.stringify(said ?? null));

/** A process that may have acknowledged it, and then died while it may have been at it. */
const diedWith = ({ sentAt, ackedAt }: Press, lives: readonly Life[]) =>
  lives.some(
    ({ acksAt, diedAt }) =>
      acksAt.some((at) => at >= sentAt && at <= ackedAt) &&
      diedAt !== undefined &&
      diedAt >= sentAt &&
      diedAt <= ackedAt + IN_HAND_MS,
  );

const wasCutOff = ({ sentAt, ackedAt }: Press, cuts: Seen['cuts']) =>
  cuts.some(({ from, until }) => from <= ackedAt + IN_HAND_MS && until >= sentAt);
