/** What a question leaves out, where every part that is set must hold, and in which order it wants the others. */
export interface CallFilter {
  /** Digits of the caller, `*` at either end for any; compared with callerNo and with its normal form. */
  caller?: string;
  callee?: string;
  /** Media words as people say them, resolved: [mediaType, subMediaType or null for any]. */
  media?: { mediaType: number; subMediaType: number | null }[];
  /** Only calls that waited longer than this. */
  waitOverMs?: number;
  /** Only callers whose callback is in this state. Calls without a callback count as open only when a callback could be opened. */
  state?: 'open' | 'claimed' | 'done';
  /** Who called most often comes first, among those whose callback is in the same state; by default who called first. */
  order?: 'repeat-first';
}
