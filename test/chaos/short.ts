import type { SeamPath } from './seam-paths.ts';
import { isInPart, isOwed } from './seams.ts';

/** The part of the seams of a path that is taken in one world of the short version. */
export interface ShortSeams {
  path: SeamPath;
  mode: 'socket' | 'http';
  database: 'sqlite' | 'postgres';
  takes(name: string): boolean;
}

/**
 * The seams of the short version: of each statement and call that belongs to a turn the first, dealt out among the ways in which desks run, so that the
 * digest and the claim are killed in each of them and, with `of` seeds that follow one another, everywhere in each.
 */
export function shortSeams(seed: number): ShortSeams[] {
  const part = (path: SeamPath, part: number, of: number) => ({
    path,
    takes: (name: string) => !name.endsWith(')') && isOwed(name) && isInPart(name, { seed, part, of }),
  });
  const [sqlite, postgres] = ['sqlite', 'postgres'] as const;
  return [
    { database: sqlite, mode: 'socket', ...part('claim', 0, CLAIM_OF) },
    { database: postgres, mode: 'socket', ...part('claim', 1, CLAIM_OF) },
    { database: postgres, mode: 'http', ...part('claim', 2, CLAIM_OF) },
    { database: sqlite, mode: 'socket', ...part('digest', 0, DIGEST_OF) },
    { database: postgres, mode: 'socket', ...part('digest', 1, DIGEST_OF) },
    { database: postgres, mode: 'http', ...part('digest', 2, DIGEST_OF) },
    { database: sqlite, mode: 'socket', ...part('wake', 0, WAKE_OF) },
  ];
}

/** Three ways share the first seams of a digest out among them, all of them each time. */
const DIGEST_OF = 3;
/** There are many more, most of them in several turns. */
const CLAIM_OF = 6;
/** What time brings takes longer, and comes by the same seams as the others for the most part. */
const WAKE_OF = 12;
