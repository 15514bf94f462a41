/** Longer words than this are not typing mistakes of a command's word. */
const LONGEST_WORD = 40;
/** A beginning of a word is taken for the word from this many letters on. */
const SHORTEST_PREFIX = 3;

/**
 * The candidate that was probably meant by `word` (both compared in lower case), or undefined when nothing is near
 * enough: one mistake in words of 3 or 4 letters, two up to 8, three above; a swap of neighbours is one mistake.
 * Of equally near ones the first wins; the beginning of exactly one candidate (`yest`) counts as near.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  if (typed.length > LONGEST_WORD) return undefined;
  let best: string | undefined;
  let bestDistance = mistakesAllowed(typed) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(typed, candidate.toLowerCase());
    // A mistake in every letter is no resemblance.
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? completion(typed, candidates);
}

function completion(typed: string, candidates: readonly string[]): string | undefined {
  if (typed.length < SHORTEST_PREFIX) return undefined;
  const fitting = candidates.filter((candidate) => candidate.toLowerCase().startsWith(typed));
  return fitting.length === 1 ? fitting[0] : undefined;
}

const mistakesAllowed = ({ length }: string) => (length <= 2 ? 0 : length <= 4 ? 1 : length <= 8 ? 2 : 3);

/** Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, replacements, swaps of neighbours. */
export function editDistance(from: string, to: string): number {
  const a = [...from];
  const b = [...to];
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
