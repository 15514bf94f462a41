import { type DigestData, digestKinds } from '../../digests/digest.ts';
import type { OutboxRow } from '../../outbox/outbox.ts';
import { ANSWER, type AnswerData } from '../../questions/answer.ts';
import { rangeOf } from '../../questions/range.ts';
import { zoneFor } from '../../questions/zone.ts';
import { type VdnsOfAsker, vdnsOfAsker } from '../commands/understood.ts';
import { clockTime, dayOf } from '../dates.ts';
import type { ActionCall, ShortcutCall } from '../interactions.ts';
import { decodeAction } from '../messages/actions.ts';
import { formLate } from '../messages/click-replies.ts';
import { unknownAction } from '../messages/errors.ts';
import { listGone } from '../messages/refusals.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { type AskEntry, askEntryOf, askView, NOTHING_ASKED, RANGES, type RangeChoice } from '../views/ask.ts';
import { type ReadWith, readPart } from './ask-entry.ts';
import { clickedRow } from './clicked.ts';

/** "Missed calls…" from anywhere in Slack: the question as a form. */
export async function askAnywhere({ userId, triggerId, reply }: ShortcutCall, desk: SlackDesk) {
  const [context, { known }] = await Promise.all([desk.contextOf(userId), vdnsSeenBy(userId, desk)]);
  if (!(await desk.modals.openAlone(triggerId, askView(known, NOTHING_ASKED, context))))
    await reply.privately(formLate(context));
}

/** "Ask more" in a message: the form with what the message is about. */
export async function askAbout(call: ActionCall, desk: SlackDesk): Promise<void> {
  const { userId } = call;
  const context = await desk.contextOf(userId);
  const value = decodeAction(call.value);
  const row = value && (await clickedRow(call, value, desk));
  const [{ known }, person] = await Promise.all([vdnsSeenBy(userId, desk), desk.people.find(userId)]);
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
  read: ReadWith,
): RangeChoice {
  const isLike = (choice: RangeChoice) => {
    const asked = readPart(choice, read);
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
export async function askRangeChosen(call: ActionCall, desk: SlackDesk): Promise<void> {
  const { view, userId } = call;
  if (!view) return call.reply.privately(unknownAction(await desk.contextOf(userId)));
  const [context, { known }] = await Promise.all([desk.contextOf(userId), vdnsSeenBy(userId, desk)]);
  await desk.modals.update(view, askView(known, askEntryOf(view), context));
}

/** The VDNs that somebody may choose from. */
export const vdnsSeenBy = (userId: string, desk: SlackDesk): Promise<VdnsOfAsker> =>
  vdnsOfAsker(
    { teamId: desk.teamId, userId, channelId: userId, triggerId: null, threadTs: null, direct: true },
    desk,
  );
