import { foreign } from './escape.ts';
import type { Message } from './messages/message.ts';

/** Of a name in place of a mention. */
const NAME_MAX = 30;
const MENTION = /<@([UW][A-Z0-9]{1,20})>/g;

/**
 * The message with people's names in place of their mentions: Slack tells people of every new message that mentions them, and who asked
 * or has a caller needs no word of that whenever somebody asks or a digest comes. Who is to be called (a group, everybody here) still is;
 * edits may mention, as Slack tells nobody of those.
 */
export async function named(
  message: Message,
  nameOf: (userId: string) => Promise<string | null>,
): Promise<Message> {
  const written = JSON.stringify(message);
  const ids = new Set([...written.matchAll(MENTION)].map(([, id = '']) => id));
  if (ids.size === 0) return message;
  const names = new Map(await Promise.all([...ids].map(async (id) => [id, await nameOf(id)] as const)));
  const inPlace = (mention: string, id: string) => {
    const name = foreign(names.get(id) ?? '', NAME_MAX);
    return name === '' ? mention : JSON.stringify(`@${name}`).slice(1, -1);
  };
  // Mentions are ours, and whole within one text: foreign text has no < that is not escaped.
  return JSON.parse(written.replaceAll(MENTION, inPlace)) as Message;
}
