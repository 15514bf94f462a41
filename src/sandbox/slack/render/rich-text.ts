import { type JsonObject, objectsOf } from '../json.ts';
import { shownDate } from './dates.ts';
import type { Reader } from './mrkdwn.ts';

/** The lines of a `rich_text` block. */
export function richTextLines(block: JsonObject, reader: Reader): string[] {
  return objectsOf(block.elements).flatMap((part) => {
    if (part.type === 'rich_text_list') {
      return objectsOf(part.elements).map((item, index) => {
        const mark = part.style === 'ordered' ? `${index + 1}.` : '•';
        return `${'  '.repeat(Number(part.indent ?? 0))}${mark} ${pieces(item, reader)}`;
      });
    }
    const lines = pieces(part, reader).split('\n');
    return part.type === 'rich_text_quote' ? lines.map((line) => `▏ ${line}`) : lines;
  });
}

const pieces = (part: JsonObject, reader: Reader) =>
  objectsOf(part.elements)
    .map((piece) => shownPiece(piece, reader))
    .join('');

function shownPiece(piece: JsonObject, reader: Reader): string {
  const text = typeof piece.text === 'string' ? piece.text : '';
  switch (piece.type) {
    case 'link':
      return text === '' ? String(piece.url) : `${text} (${String(piece.url)})`;
    case 'user':
      return `@${reader.userName(String(piece.user_id))}`;
    case 'usergroup':
      return `@${reader.groupName(String(piece.usergroup_id))}`;
    case 'channel':
      return `#${reader.channelName(String(piece.channel_id))}`;
    case 'broadcast':
      return `@${String(piece.range)}`;
    case 'emoji':
      return `:${String(piece.name)}:`;
    case 'date':
      return shownDate(Number(piece.timestamp), String(piece.format), String(piece.fallback ?? ''), reader);
    default:
      return text;
  }
}
