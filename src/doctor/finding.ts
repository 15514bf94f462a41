/** What the doctor looks at, in its order; the part before the dot is the chapter. */
export const CHECKS = [
  'configuration.settings',
  'database.connection',
  'database.schema',
  'database.writing',
  'database.space',
  'database.integrity',
  'slack.token',
  'slack.scopes',
  'slack.socket-mode',
  'slack.requests',
  'slack.channels',
  'contact-centre.dns',
  'contact-centre.tls',
  'contact-centre.answer',
  'contact-centre.address',
  'contact-centre.signature',
  'contact-centre.clock',
  'contact-centre.vdn',
  'contact-centre.time-zone',
] as const;
export type Check = (typeof CHECKS)[number];

/**
 * failed: the desk does not work, or not for somebody. warning: it works, and will not for long, or not as it is meant. skipped:
 * could not be looked at.
 */
export type Result = 'ok' | 'warning' | 'failed' | 'skipped';

/** What a check has found. Words and facts carry no secret and no caller's number. */
export interface Finding {
  check: Check;
  result: Result;
  /** Names what was found, for programs and translations: `scopes-missing`. */
  code: string;
  /** One sentence. */
  says: string;
  /** What to do; null where there is nothing to do. */
  remedy: string | null;
  /** What the sentence is about, by name. */
  facts: Facts;
}

export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

export const ok = (check: Check, code: string, says: string, facts: Facts = {}): Finding => ({
  check,
  result: 'ok',
  code,
  says,
  remedy: null,
  facts,
});

export const skipped = (check: Check, code: string, says: string, facts: Facts = {}): Finding => ({
  ...ok(check, code, says, facts),
  result: 'skipped',
});

export const warning = (
  check: Check,
  code: string,
  says: string,
  remedy: string,
  facts: Facts = {},
): Finding => ({
  check,
  result: 'warning',
  code,
  says,
  remedy,
  facts,
});

export const failed = (
  check: Check,
  code: string,
  says: string,
  remedy: string,
  facts: Facts = {},
): Finding => ({
  ...warning(check, code, says, remedy, facts),
  result: 'failed',
});
