import type { MessageContext } from '../../../src/slack/i18n.ts';
import type { Message } from '../../../src/slack/messages/message.ts';
import { callbackMessages } from './callback-messages.ts';
import { listMessages } from './list-messages.ts';
import { replies } from './replies.ts';
import { subscriptionMessages } from './subscription-messages.ts';

/**
 * Every message of the desk's, in its variants and with as much in it as can be, by the function that makes it. `text` stands
 * wherever a contact centre or a person may put what they like.
 */
export const everyMessage = (text: string, context: MessageContext): Record<string, Message[]> => ({
  ...listMessages(text, context),
  ...callbackMessages(text, context),
  ...subscriptionMessages(text, context),
  ...replies(text, context),
});
