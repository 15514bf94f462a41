import { refuse } from './refusal.ts';

const PREFIX = 'offset:';

/** Where a cursor continues; refuses with `invalid_cursor` one that Slack did not make. */
function offsetOf(cursor: string): number {
  if (cursor === '') return 0;
  const text = Buffer.from(cursor, 'base64').toString();
  const offset = Number(text.slice(PREFIX.length));
  return text.startsWith(PREFIX) && Number.isInteger(offset) ? offset : refuse('invalid_cursor');
}

/** One page of a list, and the cursor of the next; empty when there is none. */
export function pageOf<T>(all: readonly T[], limit: number, cursor: string): { page: T[]; next: string } {
  const from = offsetOf(cursor);
  const page = all.slice(from, from + limit);
  const isMore = from + limit < all.length;
  return { page, next: isMore ? Buffer.from(`${PREFIX}${from + limit}`).toString('base64') : '' };
}
