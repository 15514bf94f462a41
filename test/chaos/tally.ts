import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Counts what several processes come by: each number, from 1 on, goes to one of them. `folder`: of their own, empty before
 * they begin to count.
 */
export function createTally(folder: string): () => number {
  let last = 0;
  return () => {
    do last += 1;
    while (!isFirst(join(folder, String(last))));
    return last;
  };
}

/** The file system lets one of them make it. */
function isFirst(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
