import { type DigestData, digestKinds } from '../../digests/digest.ts';
import { parseCommand } from '../../grammar/command.ts';
import type { GrammarError, Parsed } from '../../grammar/errors.ts';
import type { OutboxRow } from '../../outbox/outbox.ts';
import { ANSWER, type AnswerData } from '../../questions/answer.ts';
import { takeQuestion } from '../../questions/grammar.ts';
import type { Question } from '../../questions/question.ts';
import { rangeOf } from '../../questions/range.ts';
import { zoneFor } from '../../questions/zone.ts';
import { answerQuestion } from '../commands/question.ts';
import { type VdnsOfAsker, vdnsOfAsker } from '../commands/understood.ts';
import { clockTime, dayOf } from '../dates.ts';
import { escapeMrkdwn } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import type { ActionCall, ShortcutCall, ViewAnswer, ViewCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { formLate } from '../messages/click-replies.ts';
import { grammarErrorWords } from '../messages/grammar-error.ts';
import { listGone } from '../messages/refusals.ts';
import type { SlackDesk } from '../slack-desk.ts';
import {
  ASK_CHANNEL,
  ASK_FILTER,
  ASK_OTHER,
  ASK_RANGE,
  ASK_VDN,
  type AskEntry,
  askEntryOf,
  askView,
  NOTHING_ASKED,
  RANGES,
  type RangeChoice,
} from '../views/ask.ts';
import { clickedRow } from './clicked.ts';

/** "Missed calls…" from anywhere in Slack: the question as a form. */
export async function askAnywhere({ userId, triggerId, reply }: ShortcutCall, desk: SlackDesk) {
  const [context, { known }] = await Promise.all([desk.contextOf(userId), seenBy(userId, desk)]);
  if (!(await desk.modals.openAlone(triggerId, askView(known, NOTHING_ASKED, context))))
    await reply.privately(formLate(context));
}

/** "Ask more" in a message: the form with what the message is about. */
export async function askAbout(call: ActionCall, desk: SlackDesk): Promise<void> {
  const { userId } = call;
  const context = await desk.contextOf(userId);
  const value = decodeAction(call.value);
  const row = value && (await clickedRow(call, value, desk));
  const [{ known }, person] = await Promise.all([seenBy(userId, desk), desk.people.find(userId)]);
  const about = row && aboutOf(row);
  if (!about) return call.reply.privately(listGone(context));
  const vdn = known.find(({ number }) => number === about.vdn) ?? { timeZone: null };
  const { timeZone } = zoneFor(vdn, person.timeZone);
  const range = rangeLike(about, desk.clock.now(), timeZone, { known, media: desk.media });
  const moment = (at: number) => `${dayOf(at, timeZone)} ${clockTime(at, timeZone)}`;
  const other = range === 'other' ? `from ${moment(about.fromAt)} to ${moment(wholeMinute(about.toAt))}` : '';
  const entry: AskEntry = { ...NOTHING_ASKED, vdn: String(about.vdn), range, other };
  if (!(await desk.modals.open(call, askView(known, entry, context))))
    await call.reply.privately(formLate(context));
}

/** What a message is about. `untilThen`: up to when it was asked, and what has come since belongs to it. */
interface About {
  vdn: number;
  fromAt: number;
  toAt: number;
  untilThen: boolean;
}

/** The form's range that is the message's, today; of those that begin alike the first. */
function rangeLike(
  { fromAt, toAt, untilThen }: About,
  now: number,
  timeZone: string,
  read: Parameters<typeof takeQuestion>[1],
): RangeChoice {
  const isLike = (choice: RangeChoice) => {
    const asked = part(choice, read);
    const range = asked.ok ? rangeOf(asked.value, now, timeZone) : asked;
    if (!range.ok || range.value.fromAt !== fromAt) return false;
    return range.value.toAt === (untilThen ? now : toAt);
  };
  return RANGES.find((choice) => choice !== 'other' && isLike(choice)) ?? 'other';
}

const MINUTE_MS = 60_000;
/** A digest of ten o'clock is made a moment after it. */
const MOMENT_MS = 10_000;

/** The minute that a range ends with: to ask again is to leave nothing out. */
const wholeMinute = (at: number) => Math.ceil((at - MOMENT_MS) / MINUTE_MS) * MINUTE_MS;

function aboutOf({ kind, data }: OutboxRow): About | undefined {
  // What the desk wrote itself, as JSON, in these shapes.
  if (kind === ANSWER) {
    const { vdn, range, askedAt } = data as AnswerData;
    const { fromAt, toAt } = range;
    return { vdn: vdn.number, fromAt, toAt, untilThen: toAt >= askedAt };
  }
  if (kind !== digestKinds.digest) return undefined;
  const { vdn, fromAt, toAt } = data as DigestData;
  return { vdn: vdn.number, fromAt, toAt, untilThen: false };
}

/** Another range was chosen: one that is typed has a field of its own. */
export async function askRangeChosen({ view, userId }: ActionCall, desk: SlackDesk): Promise<void> {
  if (!view) return;
  const [context, { known }] = await Promise.all([desk.contextOf(userId), seenBy(userId, desk)]);
  await desk.modals.update(view, askView(known, askEntryOf(view), context));
}

/** The VDNs that somebody may choose from. */
const seenBy = (userId: string, desk: SlackDesk): Promise<VdnsOfAsker> =>
  vdnsOfAsker(
    { teamId: desk.teamId, userId, channelId: userId, triggerId: null, threadTs: null, direct: true },
    desk,
  );

/** The question in the form, answered as if it had been typed. What is wrong is said at its field. */
export async function submitAsk({ teamId, userId, view }: ViewCall, desk: SlackDesk): Promise<ViewAnswer> {
  const entry = askEntryOf(view);
  const [context, vdns, person] = await Promise.all([
    desk.contextOf(userId),
    seenBy(userId, desk),
    desk.people.find(userId),
  ]);
  const { known } = vdns;
  const number = Number(entry.vdn);
  const named = known.find((vdn) => vdn.number === number);
  const wrong = (blockId: string, words: string): ViewAnswer => ({
    answer: { errors: { [blockId]: words } },
  });
  if (!/^\d+$/.test(entry.vdn) || (known.length > 0 && !named)) return wrong(ASK_VDN, context.t('ask.noVdn'));

  const rangeField = entry.range === 'other' ? ASK_OTHER : ASK_RANGE;
  const range = escapeMrkdwn(entry.range === 'other' ? entry.other : entry.range);
  const filter = escapeMrkdwn(entry.filter);
  const read = { known, media: desk.media };
  for (const [blockId, words] of [
    [rangeField, range],
    [ASK_FILTER, filter],
  ] as const) {
    const parsed = part(words, read);
    if (!parsed.ok) return wrong(blockId, grammarErrorWords(parsed.error, words, context));
    if (!fits(parsed.value, blockId)) return wrong(blockId, context.t(`ask.${blockId}Only`));
  }
  const text = [`vdn ${number}`, range, filter].join(' ').trim();
  const whole = part(text, read);
  if (!whole.ok) return wrong(ASK_FILTER, grammarErrorWords(whole.error, text, context));
  const question = whole.value;
  const { timeZone } = zoneFor(named ?? { timeZone: null }, person.timeZone);
  const placed = rangeOf(question, desk.clock.now(), timeZone);
  if (!placed.ok) return wrong(rangeField, grammarErrorWords(placed.error, text, context));

  const { channelId } = entry;
  const refusal = channelId === null ? undefined : await whyNotThere(channelId, number, context, desk);
  if (refusal !== undefined) return wrong(ASK_CHANNEL, refusal);
  return {
    answer: { close: true },
    afterwards: () => answer(channelId === null ? { ...question, private: true } : question, text),
  };

  async function answer(asked: Question, words: string): Promise<void> {
    // Where the form was opened from a message, its private answer comes there; else in a direct message.
    const origin = channelId === null ? desk.modals.origin(view.rootId) : undefined;
    const place = { userId, channelId: channelId ?? origin?.channelId ?? userId };
    const direct = channelId === null && origin === undefined;
    const reply = origin?.reply ?? desk.replyTo({ ...place, direct });
    const call = { teamId, ...place, text: words, reply, triggerId: null, threadTs: null, direct };
    await answerQuestion(asked, { call, vdns, context, desk });
  }
}

function part(text: string, read: Parameters<typeof takeQuestion>[1]): Parsed<Question> {
  const parsed = parseCommand(text, read, { question: takeQuestion, digest: notHere });
  if (!parsed.ok) return parsed;
  if (parsed.value.kind === 'question') return { ok: true, value: parsed.value.question };
  return { ok: false, error: unknownHere(text) };
}

const notHere = (): never => {
  throw new RangeError('A form asks no digest');
};
const unknownHere = (text: string): GrammarError => ({
  code: 'unknown-word',
  span: { start: 0, end: text.length },
  found: text,
  expected: ['today', 'last 2h'],
});

/** Whether a field says what belongs into it, and nothing of another one. */
function fits({ vdn, rangeSpan, filter, private: isPrivate }: Question, blockId: string): boolean {
  const hasRange = rangeSpan.end > rangeSpan.start;
  const hasFilter = Object.keys(filter).length > 0;
  if (vdn !== null || isPrivate) return false;
  return blockId === ASK_FILTER ? !hasRange : hasRange && !hasFilter;
}

/** Why an answer cannot be shown in a channel. */
async function whyNotThere(
  channelId: string,
  vdn: number,
  { t }: MessageContext,
  desk: SlackDesk,
): Promise<string | undefined> {
  const access = await desk.channels.access(channelId);
  if (access.kind === 'direct') return t('ask.noChannel');
  if (access.shared && !desk.numbersInSharedChannels) return t('refuse.shared');
  if (!access.member) return t('ask.notMember');
  return (await desk.rights.mayReceive(desk.teamId, channelId, vdn)) ? undefined : t('ask.notHere');
}
