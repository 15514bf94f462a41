import fc from 'fast-check';
import { hostileText } from '../slack/messages/arbitraries.ts';

/** What a seed decides, one choice after the other. */
export interface Choices {
  /** A whole number from 0 up to and without `end`. */
  below(end: number): number;
  oneOf<T>(items: readonly [T, ...T[]]): T;
  /** One of them, or none where there is none. */
  anyOf<T>(items: readonly T[]): T | undefined;
  /** True in so many of a hundred cases. */
  percent(share: number): boolean;
  /** What somebody who means harm would write. */
  text(): string;
}

export function choicesOf(seed: number): Choices {
  const [generate] = fc.sample(fc.gen(), { seed, numRuns: 1 });
  if (!generate) throw new Error('fast-check generated nothing');
  const below = (end: number) => generate(fc.nat, { max: end - 1 });
  const anyOf = <T>(items: readonly T[]) => (items.length === 0 ? undefined : items[below(items.length)]);
  return {
    below,
    anyOf,
    oneOf: ([first, ...rest]) => anyOf([first, ...rest]) ?? first,
    percent: (share) => below(100) < share,
    text: () => (below(3) === 0 ? generate(() => hostileText) : (anyOf(MARKUP) ?? '')),
  };
}

/** Markup that must never reach people as such: the judge looks for it (judge.ts). */
export const MARKUP = [
  '<!channel>',
  '<!everyone> look',
  '<@U0EVIL>',
  '<!subteam^S0EVIL>',
  '<#C0EVIL|general>',
  '<https://evil.example/|press here>',
  '<!date^0^{date}|x>',
  '*<!channel>*',
  '`<!channel>`',
  '&lt;!channel&gt;',
] as const;
