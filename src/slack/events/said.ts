import { missed } from '../commands/missed.ts';
import type { EventCall } from '../interactions.ts';
import { foreignerRefused } from '../messages/refusals.ts';
import { saidIn } from '../said.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** A mention or a direct message: what `/missed` would do with the same words. Just its name asks for help. */
export async function answerSaid(call: EventCall, desk: SlackDesk): Promise<void> {
  const said = saidIn(call.event, { ...desk, sharedChannel: call.sharedChannel });
  if (!said) return;
  const { userId, channelId, threadTs, direct } = said;
  const reply = call.replyTo(said);
  if (said.foreign) return reply.privately(foreignerRefused(await desk.contextOf(userId)));
  const text = said.text === '' && !isCalled(call.event) ? 'help' : said.text;
  await missed(
    { teamId: desk.teamId, channelId, userId, text, reply, triggerId: null, threadTs, direct },
    desk,
  );
}

/** `@desk missed`, as the bare command, asks for today. */
const isCalled = ({ text }: EventCall['event']) => /\bmissed\b/i.test(String(text));
