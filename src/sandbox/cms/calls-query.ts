/** A querycalls request (v2) that was understood. */
export interface CallsQuery {
  vdn: number;
  isCallIn: boolean;
  /** Bounds on when the call began, both inclusive, epoch milliseconds. */
  beginAt: number;
  endAt: number;
  /** Filters: the whole number, as digits; null: any. */
  callerNo: string | null;
  calleeNo: string | null;
  limit: number;
  offset: number;
}

const fields = ['ccId', 'vdn', 'isCallIn', 'beginDate', 'endDate', 'callerNo', 'calleeNo', 'limit', 'offset'];
/** The documented bounds. */
const highestCcId = 65_535;
const highestVdn = 5000;
const largestPage = 100;
const dayMs = 86_400_000;

/**
 * Reads a request body, already parsed from JSON, as strictly as readQuery does: dates must be text, vdn a number, and fields
 * that are not documented are refused. `startOfToday`: 00:00 of the server's day, epoch milliseconds.
 */
export const readCallsQuery = (
  body: unknown,
  startOfToday: number,
): { query: CallsQuery } | { problem: string } => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { problem: 'body' };
  const given: Record<string, unknown> = { ...body };
  const stranger = Object.keys(given).find((name) => !fields.includes(name));
  if (stranger !== undefined) return { problem: stranger };

  const { ccId, vdn, isCallIn, limit = largestPage, offset = 0 } = given;
  if (!isWhole(ccId, 1, highestCcId)) return { problem: 'ccId' };
  if (!isWhole(vdn, 1, highestVdn)) return { problem: 'vdn' };
  if (isCallIn !== 'true' && isCallIn !== 'false') return { problem: 'isCallIn' };
  if (!isWhole(limit, 1, largestPage)) return { problem: 'limit' };
  if (!isWhole(offset, 0, Number.MAX_SAFE_INTEGER)) return { problem: 'offset' };
  const beginAt = readDate(given.beginDate);
  // Calls are kept for today and yesterday.
  if (beginAt === undefined || beginAt < startOfToday - dayMs) return { problem: 'beginDate' };
  const endAt = readDate(given.endDate);
  if (endAt === undefined || endAt < beginAt || endAt >= startOfToday + dayMs) return { problem: 'endDate' };
  const callerNo = readNumber(given.callerNo);
  if (callerNo === undefined) return { problem: 'callerNo' };
  const calleeNo = readNumber(given.calleeNo);
  if (calleeNo === undefined) return { problem: 'calleeNo' };
  return {
    query: { vdn, isCallIn: isCallIn === 'true', beginAt, endAt, callerNo, calleeNo, limit, offset },
  };
};

const isWhole = (value: unknown, from: number, to: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value <= to;

/** Milliseconds as text; undefined when wrong. */
const readDate = (value: unknown): number | undefined =>
  typeof value === 'string' && /^\d{13}$/.test(value) ? Number(value) : undefined;

/** null when absent or empty, undefined when wrong. */
const readNumber = (value: unknown): string | null | undefined => {
  if (value === undefined || value === '') return null;
  return typeof value === 'string' && /^\d+$/.test(value) ? value : undefined;
};
