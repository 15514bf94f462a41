import type { Question } from '../../questions/question.ts';
import { answerQuestion } from '../commands/question.ts';
import type { MessageContext } from '../i18n.ts';
import type { ViewAnswer, ViewCall } from '../interactions.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { ASK_CHANNEL, askEntryOf } from '../views/ask.ts';
import { vdnsSeenBy } from './ask.ts';
import { questionIn } from './ask-entry.ts';

/** The question in the form, answered as if it had been typed. What is wrong is said at its field. */
export async function submitAsk({ teamId, userId, view }: ViewCall, desk: SlackDesk): Promise<ViewAnswer> {
  const entry = askEntryOf(view);
  const [context, vdns, person] = await Promise.all([
    desk.contextOf(userId),
    vdnsSeenBy(userId, desk),
    desk.people.find(userId),
  ]);
  const read = { known: vdns.known, media: desk.media, now: desk.clock.now(), personZone: person.timeZone };
  const asked = questionIn(entry, read, context);
  if ('wrong' in asked) return { answer: { errors: { [asked.blockId]: asked.wrong } } };

  const { question, text } = asked;
  const { channelId } = entry;
  const number = Number(entry.vdn);
  const refusal = channelId === null ? undefined : await whyNotThere(channelId, number, context, desk);
  if (refusal !== undefined) return { answer: { errors: { [ASK_CHANNEL]: refusal } } };
  return {
    answer: { close: true },
    afterwards: () => answer(channelId === null ? { ...question, private: true } : question),
  };

  async function answer(toAnswer: Question): Promise<void> {
    // Where the form was opened from a message, its private answer comes there; else in a direct message.
    const origin = channelId === null ? desk.modals.origin(view.rootId) : undefined;
    const place = { userId, channelId: channelId ?? origin?.channelId ?? userId };
    const direct = channelId === null && origin === undefined;
    const reply = origin?.reply ?? desk.replyTo({ ...place, direct });
    const call = { teamId, ...place, text, reply, triggerId: null, threadTs: null, direct };
    await answerQuestion(toAnswer, { call, vdns, context, desk });
  }
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
