import { takeDigestCommand } from '../../digests/command.ts';
import { parseCommand } from '../../grammar/command.ts';
import { takeQuestion } from '../../questions/grammar.ts';
import type { CommandCall } from '../interactions.ts';
import { grammarErrorMessage } from '../messages/grammar-error.ts';
import { helpMessage } from '../messages/help.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { digestCommand } from './digest.ts';
import { answerQuestion } from './question.ts';
import { vdnsOfAsker } from './understood.ts';

/** `/missed …`: a question, a command about digests, or help. */
export async function missed(call: CommandCall, desk: SlackDesk): Promise<void> {
  const [context, vdns] = await Promise.all([desk.contextOf(call.userId), vdnsOfAsker(call, desk)]);
  const parsed = parseCommand(
    call.text,
    { known: vdns.known, media: desk.media },
    { question: takeQuestion, digest: takeDigestCommand },
  );
  if (!parsed.ok) return call.reply.privately(grammarErrorMessage(parsed.error, call.text, context));
  switch (parsed.value.kind) {
    case 'help':
      return call.reply.privately(helpMessage(context));
    case 'question':
      return answerQuestion(parsed.value.question, { call, vdns, context, desk });
    case 'digest':
      return digestCommand(parsed.value.digest, { call, vdns, context, desk });
  }
}
