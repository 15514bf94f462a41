import { parseUtc } from './wall-time.ts';

/** A queryMissedCalls request that was understood. */
export interface MissedCallsQuery {
  vdn: number;
  offset: number;
  limit: number;
  /** Bounds on waitBegin, both inclusive, epoch milliseconds. */
  beginAt: number | null;
  endAt: number | null;
}

export type QueryResult = { query: MissedCallsQuery } | { problem: string };

const fields = ['vdn', 'offset', 'limit', 'beginTime', 'endTime'];
/** The documented bounds. */
const highestVdn = 5000;
const largestPage = 5000;

/**
 * Reads a request body, already parsed from JSON. Stricter than the real server is likely to be, so that a mistake shows here: numbers must be
 * numbers, and fields that are not documented (a misspelt `begintime` would silently ask for everything) are refused.
 */
export const readQuery = (body: unknown): QueryResult => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { problem: 'the body must be an object' };
  const given: Record<string, unknown> = { ...body };
  const stranger = Object.keys(given).find((name) => !fields.includes(name));
  if (stranger !== undefined) return { problem: `unknown field ${stranger}` };

  const { vdn, offset, limit } = given;
  if (!isWhole(vdn, 1, highestVdn)) return { problem: `vdn must be an integer from 1 to ${highestVdn}` };
  if (!isWhole(offset, 0, Number.MAX_SAFE_INTEGER)) return { problem: 'offset must be an integer from 0' };
  if (!isWhole(limit, 1, largestPage))
    return { problem: `limit must be an integer from 1 to ${largestPage}` };
  const beginAt = readTime(given.beginTime);
  const endAt = readTime(given.endTime);
  if (beginAt === undefined) return { problem: 'beginTime must be yyyy-MM-dd HH:mm:ss' };
  if (endAt === undefined) return { problem: 'endTime must be yyyy-MM-dd HH:mm:ss' };
  if (beginAt !== null && endAt !== null && beginAt > endAt)
    return { problem: 'beginTime must not be after endTime' };
  return { query: { vdn, offset, limit, beginAt, endAt } };
};

const isWhole = (value: unknown, from: number, to: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value <= to;

/** null when absent, undefined when wrong. */
const readTime = (value: unknown): number | null | undefined => {
  if (value === undefined) return null;
  return typeof value === 'string' ? parseUtc(value) : undefined;
};
