/** A stretch of the typed text: UTF-16 offsets, `end` exclusive. Empty (start = end) where something is missing. */
export interface Span {
  start: number;
  end: number;
}

/** A VDN as commands speak of it. */
export interface NamedVdn {
  number: number;
  name: string | null;
}

/** What a command may say at most once. */
export type Part =
  | 'vdn'
  | 'range'
  | 'caller'
  | 'callee'
  | 'media'
  | 'state'
  | 'wait'
  | 'order'
  | 'private'
  | 'schedule'
  | 'weekdays'
  | 'hours'
  | 'all-clear';

export type GrammarErrorCode =
  /** A word that means nothing here. */
  | 'unknown-word'
  /** The text ends where something must follow. */
  | 'missing'
  /** Something must follow, and something else stands there. */
  | 'unexpected'
  /** A second VDN, range, caller, …: `part` says what, `first` where the first one is. */
  | 'repeated'
  /** Everything has been said, and there is more: `pause 3 4`. */
  | 'too-much'
  /** `digest` belongs at the beginning. */
  | 'digest-not-first'
  /** A number that is no VDN: `expected` has the lowest and the highest. */
  | 'vdn-out-of-range'
  /** Not among the VDNs that the workspace has named: `vdns`. */
  | 'vdn-unknown'
  /** Two VDNs bear that name: `vdns`. */
  | 'vdn-ambiguous'
  /** No VDN was said and none can be guessed: `vdns` to choose from, empty when none is known. */
  | 'vdn-needed'
  /** No such day: 2026-02-30. */
  | 'date-invalid'
  /** No such time of day: 25:00. */
  | 'time-invalid'
  /** Zero, or far too long. */
  | 'duration-invalid'
  /** `media` with a word that is no channel. */
  | 'media-unknown'
  /** Not digits with `*` at either end. */
  | 'pattern-invalid'
  /** `every 20m`: `expected` has the intervals that there are. */
  | 'interval-unknown'
  /** `18-9`, `9-30`. */
  | 'hours-invalid'
  /** `daily 20:00 9-18`: no run lies within the hours. */
  | 'schedule-never-runs'
  /** More than 31 days. */
  | 'range-too-long'
  /** Begins before what the desk keeps. */
  | 'range-too-old'
  /** Begins after now. */
  | 'range-in-future'
  /** Ends before it begins; `nearest` has it the other way round where that helps. */
  | 'range-inverted'
  /** The clock skipped all of it when it was put forward. */
  | 'range-skipped';

/** What is wrong with what somebody typed, as facts; the sentence for people is made elsewhere, in their language. */
export interface GrammarError {
  code: GrammarErrorCode;
  /** The word to point at. */
  span: Span;
  /** The text there, as typed; "" where something is missing. */
  found: string;
  /** What may stand there: words to type as they are, an example where there are many (`2h`, `2026-11-20`). May be empty. */
  expected: string[];
  /** What was probably meant. */
  nearest?: string;
  part?: Part;
  first?: Span;
  vdns?: NamedVdn[];
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; error: GrammarError };

/** Carries a GrammarError out of the parser's depths to `attempt`; goes no further. */
export class GrammarFault extends Error {
  override readonly name = 'GrammarFault';
  readonly error: GrammarError;

  constructor(error: GrammarError) {
    super(error.code);
    this.error = error;
  }
}

/** Runs a parser; its GrammarFault becomes data, anything else is a bug and passes. */
export function attempt<T>(parse: () => T): Parsed<T> {
  try {
    return { ok: true, value: parse() };
  } catch (fault) {
    if (fault instanceof GrammarFault) return { ok: false, error: fault.error };
    throw fault;
  }
}
