import type { MissedCallRow } from './missed-call.ts';

/** What is asked of the contact centre: one VDN, calls that began to wait from `beginAt` to `endAt`, both inclusive, whole seconds (epoch ms). */
export interface SourceQuery {
  vdn: number;
  beginAt: number;
  endAt: number;
  signal?: AbortSignal;
}

export interface SourcePage {
  /** Rows that the contact centre says match the whole query, as of this page. */
  total: number;
  /** Readable rows of this page that no earlier page of the same iteration had (deduplicated by callId). */
  rows: MissedCallRow[];
  /** Rows of this page that could not be read and were skipped. */
  malformed: number;
  /** Rows of this page, by callId, that it or an earlier page had already: pages shifted meanwhile, or a call is listed twice. */
  repeated: number;
  /** Those among them that this page itself had already: the contact centre lists, and counts, a call twice. */
  listedTwice: number;
}

/** The port to the contact centre. Errors are SourceError; a query whose signal is aborted fails with the signal's reason. */
export interface MissedCallSource {
  /**
   * All pages of one query, in the server's order; always at least one. They end when the total is reached, or at a page that
   * is empty or a second short one that repeats: rows + malformed + repeated of all pages may then be fewer than `total`.
   */
  pages(query: SourceQuery): AsyncIterable<SourcePage>;
}

export type SourceErrorCode =
  /** 401: wrong key, or a clock that is off. */
  | 'credentials'
  /** 403 or 418: this address is not on the contact centre's allow-list. */
  | 'address-not-allowed'
  /** 429 or 503. */
  | 'overloaded'
  /** DNS, refused, TLS, timeout, dropped, a proxy, 408, other 5xx. */
  | 'unreachable'
  /** A returnCode other than "0". */
  | 'refused'
  /** Not JSON, wrong shape, too large, pages without end, any other status (a redirect, 404). */
  | 'not-understood';

/** Why the contact centre gave no answer. `message` is for operators; it carries no secret and no caller's number. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceErrorCode;
  /** Facts for the sentence that people read: HTTP status, returnCode and returnDesc, how long to wait; `slow`: it does answer, but pages came too slowly. */
  readonly facts: {
    status?: number;
    returnCode?: string;
    returnDesc?: string;
    retryAfterMs?: number;
    slow?: true;
  };

  constructor(
    code: SourceErrorCode,
    message: string,
    options: { cause?: unknown; facts?: SourceError['facts'] } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.facts = options.facts ?? {};
  }
}
