import { takeDigestCommand } from '../../digests/command.ts';
import { asksForHealth, parseCommand } from '../../grammar/command.ts';
import { parsePrivacy } from '../../privacy/command.ts';
import { takeQuestion } from '../../questions/grammar.ts';
import type { CommandCall } from '../interactions.ts';
import { grammarErrorMessage } from '../messages/grammar-error.ts';
import { helpMessage } from '../messages/help.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { sendAudit } from './audit.ts';
import { digestCommand } from './digest.ts';
import { askToErase } from './erase.ts';
import { tellHealth } from './health.ts';
import { nextCommand } from './next.ts';
import { answerQuestion } from './question.ts';
import { openSettingsFor } from './settings.ts';
import { vdnsOfAsker } from './understood.ts';

/** `/missed …`: a question, a command about digests, how the desk is, or help. */
export async function missed(call: CommandCall, desk: SlackDesk): Promise<void> {
  if (asksForHealth(call.text)) return tellHealth(call, await desk.contextOf(call.userId), desk);
  const [context, vdns] = await Promise.all([desk.contextOf(call.userId), vdnsOfAsker(call, desk)]);
  // Where no VDN is named yet, whoever asks for nothing in particular is led through the first one.
  const noneNamed = vdns.known.length + vdns.hidden.length === 0;
  if (call.text.trim() === '' && noneNamed) return openSettingsFor(call, desk);
  const privacy = parsePrivacy(call.text, vdns);
  if (privacy?.ok === false)
    return call.reply.privately(grammarErrorMessage(privacy.error, call.text, context));
  if (privacy?.value.action === 'erase') return askToErase(privacy.value, call, desk);
  if (privacy?.value.action === 'audit') return sendAudit(privacy.value, call, desk);
  const parsed = parseCommand(
    call.text,
    { known: vdns.known, media: desk.media },
    { question: takeQuestion, digest: takeDigestCommand },
  );
  if (!parsed.ok) return call.reply.privately(grammarErrorMessage(parsed.error, call.text, context));
  switch (parsed.value.kind) {
    case 'help':
      return call.reply.privately(helpMessage(context));
    case 'settings':
      return openSettingsFor(call, desk);
    case 'health':
      return tellHealth(call, context, desk);
    case 'question':
      return answerQuestion(parsed.value.question, { call, vdns, context, desk });
    case 'next':
      return nextCommand(parsed.value.wish, { call, vdns, context, desk });
    case 'digest':
      return digestCommand(parsed.value.digest, { call, vdns, context, desk });
  }
}
