/** A stream of numbers from 0 to below 1 that is the same for the same seeds, on every machine. */
export type Random = () => number;

/** mulberry32, seeded with all of the numbers: small, and good enough for made-up calls. */
export const randomFrom = (...seeds: readonly number[]): Random => {
  let state = seeds.reduce(
    (hash, seed) => Math.imul(hash ^ (seed >>> 0), 0x01000193) ^ (hash >>> 13),
    0x811c9dc5,
  );
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A whole number from 0 to below `end`. */
export const below = (random: Random, end: number): number => Math.floor(random() * end);

/** One of the options, by weight. Throws a RangeError when there are none. */
export const pick = <T>(random: Random, options: readonly (readonly [weight: number, option: T])[]): T => {
  const total = options.reduce((sum, [weight]) => sum + weight, 0);
  let left = random() * total;
  for (const [weight, option] of options) {
    left -= weight;
    if (left < 0) return option;
  }
  const last = options.at(-1);
  if (last === undefined) throw new RangeError('nothing to pick from');
  return last[1];
};
