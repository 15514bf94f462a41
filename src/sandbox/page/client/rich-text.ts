import type { JsonObject } from '../../slack/json.ts';
import { withShortNames } from './short-names.ts';

/**
 * Slack's mrkdwn as the elements of a `rich_text` block. The library reads mrkdwn by way of Markdown, which takes 00:00–10:40 for an
 * emoji and drops line breaks after a colon; rich text it shows as it is.
 */
export function richTextOf(mrkdwn: string): JsonObject[] {
  // A line break beside a block of code only sets it apart.
  return mrkdwn.split(/\n?```\n?/).flatMap((part, place) => {
    if (place % 2 === 1) return [preformatted(part)];
    return part === '' ? [] : paragraphs(part);
  });
}

/** A `plain_text` in the same form: emoji, and nothing else. */
export const richTextOfPlain = (text: string): JsonObject[] => [section(withEmoji(withShortNames(text), {}))];

const section = (elements: JsonObject[]): JsonObject => ({ type: 'rich_text_section', elements });
const preformatted = (text: string): JsonObject => ({
  type: 'rich_text_preformatted',
  elements: [{ type: 'text', text: unescaped(text) }],
});

/** Runs of lines that begin with > are quotes. */
function paragraphs(text: string): JsonObject[] {
  const runs: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>)/.test(line);
    const said = quote ? line.replace(/^(?:&gt;|>) ?/, '') : line;
    const last = runs.at(-1);
    if (last && last.quote === quote) last.lines.push(said);
    else runs.push({ quote, lines: [said] });
  }
  return runs.map(({ quote, lines }) => {
    const elements = inline(lines.join('\n'), {});
    return quote ? { type: 'rich_text_quote', elements } : section(elements);
  });
}

type Style = Partial<Record<'bold' | 'italic' | 'strike' | 'code', true>>;
const MARKS: Record<string, keyof Style> = { '*': 'bold', _: 'italic', '~': 'strike' };

/** What stands between words: code, then what is in <…>, then a pair of marks at the edges of words. */
const PIECE =
  /`(?<code>[^`\n]+)`|<(?<token>[^<>\n]+)>|(?<=^|[\s([{"'·—–-])(?<mark>[*_~])(?<inside>\S|\S[^\n]*?\S)\k<mark>(?=$|[\s)\]}"'.,:;!?·—–-])/g;

function inline(text: string, style: Style): JsonObject[] {
  const elements: JsonObject[] = [];
  let from = 0;
  for (const match of text.matchAll(PIECE)) {
    const { code, token, mark, inside } = match.groups ?? {};
    elements.push(...withEmoji(withShortNames(text.slice(from, match.index)), style));
    if (code !== undefined)
      elements.push({ type: 'text', text: unescaped(code), style: { ...style, code: true } });
    else if (token !== undefined) elements.push(tokenElement(token, style));
    else elements.push(...inline(inside ?? '', { ...style, [MARKS[mark ?? ''] ?? 'bold']: true }));
    from = match.index + match[0].length;
  }
  elements.push(...withEmoji(withShortNames(text.slice(from)), style));
  return elements;
}

/** Text with emoji by their short names, `:tada:`; a time of day is none. */
function withEmoji(text: string, style: Style): JsonObject[] {
  return text
    .split(/(?<!\d):([a-z][a-z0-9_+-]*):/)
    .map((piece, place): JsonObject | null => {
      if (place % 2 === 1) return { type: 'emoji', name: piece };
      return piece === '' ? null : { type: 'text', text: unescaped(piece), style };
    })
    .filter((element) => element !== null);
}

function tokenElement(token: string, style: Style): JsonObject {
  const [what = '', label] = token.split('|');
  const rest = what.slice(1);
  if (what.startsWith('@')) return { type: 'user', user_id: rest, style };
  if (what.startsWith('#')) return { type: 'channel', channel_id: rest, style };
  if (what.startsWith('!subteam^'))
    return { type: 'usergroup', usergroup_id: what.slice('!subteam^'.length), style };
  if (what.startsWith('!date^')) {
    const [, seconds = '', format = ''] = what.split('^');
    return {
      type: 'date',
      timestamp: Number(seconds),
      format: unescaped(format),
      fallback: unescaped(label ?? ''),
      style,
    };
  }
  if (what.startsWith('!')) return { type: 'broadcast', range: rest, style };
  return { type: 'link', url: unescaped(what), text: unescaped(label ?? what), style };
}

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
