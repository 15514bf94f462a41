import type { CallFilter } from '../calls/filter.ts';
import type { VdnWish } from '../grammar/choose-vdn.ts';
import type { Span } from '../grammar/errors.ts';

/** What somebody asked, understood but not yet placed in time: see range.ts and grammar/choose-vdn.ts. */
export interface Question extends VdnWish {
  /** null: not said. */
  vdn: number | null;
  vdnSpan: Span | null;
  /** `today` when not said. */
  range: RangeSpec;
  /** Where the range stands; empty when not said. */
  rangeSpan: Span;
  filter: CallFilter;
  /** For the asker's eyes only. */
  private: boolean;
  /** The question as typed. */
  text: string;
}

/** A range as said, before anybody knows what time it is and where. */
export type RangeSpec =
  /** `last 2h`, `last 7 days`: calendar days and exact milliseconds before now. */
  | { kind: 'last'; days: number; ms: number }
  /** `this week` (from Monday), `last month`. */
  | { kind: 'week' | 'month'; which: 'this' | 'last' }
  /** From one point to another; `to` null: until now. A `to` without a time is the whole of its day. */
  | { kind: 'between'; from: Point; to: Point | null };

export interface Point {
  /** null: the day of `from`, or today. */
  day: DaySpec | null;
  /** Milliseconds that the clock shows since 00:00; null: the whole day, and so its start in `from`. */
  timeMs: number | null;
  span: Span;
}

export type DaySpec =
  | { kind: 'today' | 'yesterday' }
  /** 1 is Monday. The latest such day: today may be it, unless `beforeToday`. */
  | { kind: 'weekday'; weekday: number; beforeToday: boolean }
  /** A day that exists; month 1 to 12. */
  | { kind: 'date'; year: number; month: number; day: number };
