import type { JsonObject } from './json.ts';

/** What Slack answers when it does not do what it was asked: `{ ok: false, error, … }`. */
export class Refusal extends Error {
  /** Slack's own name for it, such as `channel_not_found`. */
  readonly error: string;
  /** Further fields of the answer, such as `needed` and `provided`. */
  readonly extra: JsonObject;

  constructor(error: string, extra: JsonObject = {}) {
    super(error);
    this.name = 'Refusal';
    this.error = error;
    this.extra = extra;
  }
}

/** Ends the method with Slack's error. */
export function refuse(error: string, extra: JsonObject = {}): never {
  throw new Refusal(error, extra);
}

/** Ends the method with an error that lists what is wrong, the way Slack lists it for blocks and arguments. */
export function refuseWith(error: string, problems: string[]): never {
  throw new Refusal(error, {
    errors: problems,
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  });
}
