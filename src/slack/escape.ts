/**
 * Foreign strings (callers' numbers, names, what people typed) on their way into mrkdwn. Whatever goes into a message
 * and was not written by us passes through one of these.
 */

/** Control characters, and the marks with which a text can show in another order than it is written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed.
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
/** What mrkdwn would take for formatting; an underscore inside a word is none. */
const FORMATTING = /[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u;
/** Far above anything that is shown: what lies behind it is not even looked at. */
const LOOK_AT_MOST = 4000;
const ID_MAX = 24;
/** Mentions that Slack understands; ids are not long. */
const USER_ID = /^[UW][A-Z0-9]{1,20}$/;
const GROUP_ID = /^S[A-Z0-9]{1,20}$/;
const CHANNEL_ID = /^[CGD][A-Z0-9]{1,20}$/;

/** Escapes the three characters that Slack's markup begins with. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The text without control characters, line breaks or lone surrogates; spaces stay where they are. */
export function visible(text: string): string {
  return text.slice(0, LOOK_AT_MOST).toWellFormed().replaceAll(INVISIBLE, ' ').replaceAll(/\s/g, ' ');
}

/** The same in one line, with single spaces and none around it. */
export function oneLine(text: string): string {
  return visible(text).replaceAll(/ +/g, ' ').trim();
}

/** A foreign string as mrkdwn that shows it as it is: one line, escaped, at most `max` characters of mrkdwn with … for the rest. */
export function foreign(text: string, max: number): string {
  const pieces: string[] = [];
  let length = 0;
  for (const character of oneLine(text)) {
    const piece = escapeMrkdwn(character);
    pieces.push(piece);
    length += lengthOf(piece);
    if (length > max) return shortened(pieces, length, max);
  }
  return pieces.join('');
}

/** Slack counts a message in JSON, where these two take two characters. */
const lengthOf = (piece: string) => (piece === '"' || piece === '\\' ? 2 : piece.length);

/** Takes whole characters off the end until there is room for the …. */
function shortened(pieces: string[], length: number, max: number): string {
  let left = length;
  while (left > max - 1 && pieces.length > 0) left -= lengthOf(pieces.pop() ?? '');
  return `${pieces.join('').trimEnd()}…`;
}

/** The first `max` characters of one line, unescaped: for what is composed further and escaped then. */
export function shorten(text: string, max: number): string {
  const characters = [...oneLine(text)];
  return characters.length <= max
    ? characters.join('')
    : shortened(
        characters,
        characters.reduce((sum, one) => sum + lengthOf(one), 0),
        max,
      );
}

/** A foreign string in bold; where it holds characters of formatting itself, as code, which shows them as they are. */
export function strong(text: string, max: number): string {
  const line = oneLine(text);
  if (line === '') return '';
  return FORMATTING.test(line) ? code(line, max) : `*${foreign(line, max)}*`;
}

/** A foreign string as inline code. */
export function code(text: string, max: number): string {
  return `\`${foreign(text.replaceAll('`', "'"), max)}\``;
}

/**
 * What a person typed, out of what Slack sent for it: `&lt;` is <, `<tel:123|123>` is 123, `<@U1|ana>` is @ana. Not escaped: pass
 * it on through one of the others.
 */
export function asTyped(slackText: string): string {
  return slackText
    .slice(0, LOOK_AT_MOST)
    .replaceAll(
      /<([@#]?)([^<>|]*)(?:\|([^<>|]*))?>/g,
      (_, sign: string, target: string, label?: string) => sign + (label ?? target),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A mention that Slack turns into the person's name; anything that is no user id stays text. */
export function mention(userId: string): string {
  return USER_ID.test(userId) ? `<@${userId}>` : foreign(userId, ID_MAX);
}

/** Whoever is active in the channel. */
export const HERE = '<!here>';

/** A user group; anything that is no id of one stays text. */
export function groupMention(groupId: string): string {
  return GROUP_ID.test(groupId) ? `<!subteam^${groupId}>` : foreign(groupId, ID_MAX);
}

export function channelMention(channelId: string): string {
  return CHANNEL_ID.test(channelId) ? `<#${channelId}>` : foreign(channelId, ID_MAX);
}

/**
 * Cuts mrkdwn that we composed to `max` characters, ending in …, and never inside a surrogate pair, an entity or a
 * `<…>` token. A last guard: foreign parts are cut before they are composed.
 */
export function clip(mrkdwn: string, max: number): string {
  if (mrkdwn.length <= max) return mrkdwn;
  let cut = mrkdwn.slice(0, max - 1);
  const open = cut.lastIndexOf('<');
  if (open > cut.lastIndexOf('>')) cut = cut.slice(0, open);
  cut = cut.replace(/&[a-z]{0,3}$/, '');
  if (!cut.isWellFormed()) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}
