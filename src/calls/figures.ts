/** The summary line's numbers. Waits are milliseconds; the median of an even count is the mean of the middle two. Zeroes when there are no calls. */
export interface Figures {
  calls: number;
  /** Distinct callers with a number. */
  callers: number;
  /** Calls without a number: counted apart, since who called cannot be told. */
  withoutNumber: number;
  longestWaitMs: number;
  medianWaitMs: number;
}
