/** The story came out otherwise than it is told: what was expected, and what was there instead. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
}

/** What a message must and must not show, as its reader sees it. */
export interface Expectation {
  shows: readonly (string | RegExp)[];
  lacks?: readonly (string | RegExp)[];
}

const holds = (text: string, part: string | RegExp) =>
  typeof part === 'string' ? text.includes(part) : part.test(text);

/** Whether a text is as expected. */
export function isAsExpected(text: string, { shows, lacks = [] }: Expectation): boolean {
  return shows.every((part) => holds(text, part)) && !lacks.some((part) => holds(text, part));
}

/** The expectation in words, for whoever has to find out what went wrong. */
export function inWords({ shows, lacks = [] }: Expectation): string {
  return [
    ...shows.map((part) => `  shows ${quoted(part)}`),
    ...lacks.map((part) => `  does not show ${quoted(part)}`),
  ].join('\n');
}

const quoted = (part: string | RegExp) => (typeof part === 'string' ? JSON.stringify(part) : String(part));

/** Throws Unexpected unless it is true. */
export function expectThat(isTrue: boolean, what: string): asserts isTrue {
  if (!isTrue) throw new Unexpected(`Expected: ${what}. It was not so.`);
}
