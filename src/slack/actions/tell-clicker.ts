import type { ActionCall } from '../interactions.ts';
import type { Message } from '../messages/message.ts';
import type { SlackDesk } from '../slack-desk.ts';

/** Says something to whoever clicked, where they look: in their Home if they clicked there. */
export async function tellClicker(
  call: ActionCall,
  { text, blocks }: Message,
  desk: SlackDesk,
): Promise<void> {
  if (call.inHome) await desk.homes.show(call, { notice: text });
  else await call.reply.privately({ text, blocks });
}
