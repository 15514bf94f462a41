/**
 * What the desk has of a VDN: every call that began to wait from `knownFromAt` to `lastEndAt` and had appeared when it
 * was asked for (epoch ms, whole seconds, both inclusive).
 */
export interface SyncRecord {
  knownFromAt: number;
  /** The frozen end of the last sync that left no hole. */
  lastEndAt: number;
  /** The frozen end of the last sync that reached far back for rows which appear very late; never after lastEndAt. */
  lookedBackAt: number;
}

/** Bounds of waitBegin, epoch ms, whole seconds, both inclusive. */
export interface SyncWindow {
  beginAt: number;
  endAt: number;
}

/** All in milliseconds. */
export interface SyncRules {
  /** How far a sync reaches behind the last end: for calls that were still waiting then and rows that appear a little late. */
  overlapMs: number;
  /** How late a row may appear. */
  lookBackMs: number;
  /** In each such stretch of the clock the first due sync looks that far back. */
  lookBackEveryMs: number;
  /** How old a call may be to be kept; Infinity: everything is kept. */
  retentionMs: number;
}

/**
 * The window of a sync that is due. It continues the record, and reaches back to what is needed where the record begins
 * later. Where there is no record, or all of it lies before what anybody needs, it begins there instead.
 */
export function dueWindow(
  record: SyncRecord | undefined,
  now: number,
  neededFromAt: number,
  rules: SyncRules,
): SyncWindow {
  const endAt = wholeSecond(now);
  const oldestAt = endAt - rules.retentionMs;
  // A call that ended at neededFromAt may have begun to wait before.
  const needsAt = Math.max(wholeSecond(Math.min(neededFromAt, endAt)) - rules.overlapMs, oldestAt);
  if (!record || record.lastEndAt < neededFromAt) return { beginAt: needsAt, endAt };

  let beginAt = Math.min(record.lastEndAt, endAt) - rules.overlapMs;
  if (needsAt < record.knownFromAt) beginAt = Math.min(beginAt, needsAt);
  if (isTimeToLookBack(record, endAt, rules))
    beginAt = Math.min(beginAt, lookBackBegin(record, endAt, rules));
  return { beginAt: Math.max(beginAt, oldestAt), endAt };
}

/** What a question asks for: bounds of waitBegin, epoch ms, whole seconds, both inclusive; `endAt` null: up to now, whenever that is. */
export interface AskedRange {
  beginAt: number;
  endAt: number | null;
}

/**
 * A question about waitBegin from `fromAt` to `toAt` (exclusive), asked at `now`. Where it reaches to now it does so in a while,
 * too: then all who ask for "today" meanwhile ask for the same. undefined when the range is empty.
 */
export function askedRange(fromAt: number, toAt: number, now: number): AskedRange | undefined {
  if (toAt <= fromAt) return undefined;
  const beginAt = wholeSecond(fromAt);
  if (toAt >= now - SECOND_MS) return { beginAt, endAt: null };
  return { beginAt, endAt: Math.ceil(toAt / SECOND_MS) * SECOND_MS - SECOND_MS };
}

/** The window of a question, cut at now; undefined when all of it lies ahead. */
export function rangeWindow({ beginAt, endAt }: AskedRange, now: number): SyncWindow | undefined {
  const window = { beginAt, endAt: Math.min(endAt ?? now, wholeSecond(now)) };
  return window.beginAt <= window.endAt ? window : undefined;
}

/** The record after a complete sync that was due. Its window left out only what nobody needs: behind a hole the record begins anew. */
export function recordAfterDue(
  record: SyncRecord | undefined,
  window: SyncWindow,
  rules: SyncRules,
): SyncRecord {
  if (!record || !continues(record, window, rules)) return newRecord(window);
  // The last end is this sync's even where it is earlier: then a clock that was wrong has been put right.
  return { ...extended(record, window, rules), lastEndAt: window.endAt };
}

/**
 * The record after a complete question. Without one, a question that reaches to about now begins it; a question that
 * leaves a hole behind the last end never moves it.
 */
export function recordAfterRange(
  record: SyncRecord | undefined,
  window: SyncWindow,
  now: number,
  rules: SyncRules,
): SyncRecord | undefined {
  if (!record) return now - window.endAt <= rules.overlapMs ? newRecord(window) : undefined;
  const after = extended(record, window, rules);
  const movesEnd = window.endAt > record.lastEndAt && continues(record, window, rules);
  return movesEnd ? { ...after, lastEndAt: window.endAt } : { ...after, lookedBackAt: record.lookedBackAt };
}

const newRecord = ({ beginAt, endAt }: SyncWindow): SyncRecord => ({
  knownFromAt: beginAt,
  lastEndAt: endAt,
  lookedBackAt: endAt,
});

const continues = (record: SyncRecord, window: SyncWindow, rules: SyncRules) =>
  window.beginAt <= record.lastEndAt - rules.overlapMs;

function extended(record: SyncRecord, window: SyncWindow, rules: SyncRules): SyncRecord {
  const touches = window.beginAt <= record.lastEndAt && window.endAt >= record.knownFromAt;
  const looksBack = window.beginAt <= lookBackBegin(record, window.endAt, rules);
  return {
    knownFromAt: touches ? Math.min(record.knownFromAt, window.beginAt) : record.knownFromAt,
    lastEndAt: record.lastEndAt,
    lookedBackAt: looksBack ? window.endAt : record.lookedBackAt,
  };
}

const isTimeToLookBack = ({ lookedBackAt }: SyncRecord, endAt: number, { lookBackEveryMs }: SyncRules) =>
  Math.floor(lookedBackAt / lookBackEveryMs) !== Math.floor(endAt / lookBackEveryMs);

/**
 * Counted from the last time that somebody looked back, not from the last end, which questions move too: a row that
 * appeared since, at most lookBackMs after its call began to wait, cannot lie before.
 */
const lookBackBegin = ({ lookedBackAt }: SyncRecord, endAt: number, { lookBackMs }: SyncRules) =>
  Math.min(lookedBackAt, endAt) - lookBackMs;

const SECOND_MS = 1000;
export const wholeSecond = (at: number) => Math.floor(at / SECOND_MS) * SECOND_MS;
