/** One character as the grammar reads it, and the stretch of the typed text that it stands for. */
export interface Character {
  /** One code point: NFKC, lower case, one kind of dash, quote and space. */
  text: string;
  start: number;
  end: number;
}

/** What Slack escapes in every text that people type. */
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const entity = /&(?:amp|lt|gt);/g;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The characters of `text` from `start` to `end`: full-width forms become plain ones, `&gt;` becomes `>`, dashes and
 * quotes that keyboards put in by themselves become `-` and `"`, invisible marks disappear. Positions stay those of `text`.
 */
export function charactersOf(text: string, start = 0, end = text.length): Character[] {
  const characters: Character[] = [];
  let at = start;
  for (const match of text.slice(start, end).matchAll(entity)) {
    const found = start + match.index;
    characters.push(...plain(text, at, found));
    at = found + match[0].length;
    characters.push({ text: ENTITIES[match[0]] ?? '', start: found, end: at });
  }
  characters.push(...plain(text, at, end));
  return characters;
}

// By grapheme, since NFKC may only compose what belongs together, and the parts of one cannot be pointed at apart.
function plain(text: string, start: number, end: number): Character[] {
  return [...graphemes.segment(text.slice(start, end))].flatMap(({ segment, index }) =>
    [...normalise(segment)].map((character) => ({
      text: character,
      start: start + index,
      end: start + index + segment.length,
    })),
  );
}

const normalise = (grapheme: string): string =>
  grapheme
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[“”„‟«»]/g, '"')
    // Backticks: people paste commands as code.
    .replace(/[\s`]/g, ' ');
