/** Minutes between runs that a schedule may have. */
export const INTERVALS = [15, 30, 60, 120, 240] as const;

/** When a subscription runs, as wall times of its VDN's zone, counted from 00:00. */
export interface Schedule {
  /** Minutes between runs, or a daily time. */
  every: { minutes: (typeof INTERVALS)[number] } | { dailyAt: { hour: number; minute: number } };
  /** Monday to Friday only. */
  weekdays: boolean;
  /** `9-18`: runs from 09:00 to 18:00, both included; null: all day. */
  hours: { from: number; to: number } | null;
  /** Say so when nothing is new. */
  allClear: boolean;
}
