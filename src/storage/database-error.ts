/** The database cannot be used as it is; the message says what to do, and never carries a password or a value. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code:
    | 'newer-version'
    | 'bad-url'
    | 'cannot-open'
    | 'unreachable'
    | 'refused'
    | 'too-old'
    | 'no-right'
    | 'locked'
    | 'in-use'
    | 'not-migrated'
    | 'not-empty'
    | 'cannot-copy'
    | 'cannot-back-up'
    | 'differs'
    | 'in-trouble';

  constructor(code: DatabaseError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** The driver's code of what went wrong, such as SQLITE_BUSY, ECONNREFUSED or 28P01; '' where there is none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
