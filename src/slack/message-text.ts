/**
 * What somebody said to the desk in a message, as the command that it is: `*<@U0DESK>* missed 159 _today_ :pray:` is
 * `159 today`. Slack's escapes and links stay, which the grammar reads, as do the names of others. Pure.
 */
export function commandIn(messageText: string, botUserId: string): string {
  const toDesk = new RegExp(`(?<mark>[*_~]*)<@${botUserId}(?:\\|[^<>]*)?>\\k<mark>[,:]?\\s*`, 'g');
  const plain = messageText
    .slice(0, LOOK_AT_MOST)
    // First, so that what stands around it still looks like formatting.
    .replaceAll(toDesk, '')
    .replaceAll('`', ' ')
    .split('\n')
    .map((line) => line.replace(LINE_BEGIN, ''))
    .join(' ');
  return withoutMarks(plain)
    .replaceAll(EMOJI, '$<before>')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(CALLED_BY_NAME, '')
    .trim();
}

/** As long as a message may be that people type. */
const LOOK_AT_MOST = 4000;
/** Quotes (escaped by Slack), bullets. */
const LINE_BEGIN = /^\s*(?:(?:&gt;)+|[•◦▪])\s*/;
/** Names of emoji have a letter: `9:00:30` has none. */
const EMOJI = /(?<before>^|\s):(?=[\w+'-]*[a-z])[\w+'-]+:(?::skin-tone-\d:)?(?=\s|$|[.,!?])/g;
/** People say "missed 159 today" or paste the whole command. */
const CALLED_BY_NAME = /^\/?missed(?:\s+calls?)?(?=\s|$|[:,?!.])[:,]?/i;

/** A pair of bold, italic or struck-through marks, around words, as Slack draws them. */
const MARKED =
  /(?<before>^|[\s*_~(])(?<mark>[*_~])(?=\S)(?<inside>(?:(?!\k<mark>).)*\S)\k<mark>(?=$|[\s*_~.,;:!?)])/gu;
/** There, stars stand for any digits: `caller *0990*`. */
const PATTERN_BEFORE = /(?:caller|callee)\s*[:=]?\s*$/i;
/** Bold in italic in struck through. */
const NESTED = 3;

function withoutMarks(text: string): string {
  let plain = text;
  for (let depth = 0; depth < NESTED; depth += 1) {
    plain = plain.replaceAll(
      MARKED,
      (whole, before: string, mark: string, inside: string, at: number, all) =>
        mark === '*' && PATTERN_BEFORE.test(String(all).slice(0, at) + before) ? whole : before + inside,
    );
  }
  return plain;
}
