import { describe, expect, it } from 'vitest';
import { claims } from '../../bench/measures/claims.ts';
import { digests } from '../../bench/measures/digests.ts';
import { type Measure, tinySizes } from '../../bench/measures/measure.ts';
import { question } from '../../bench/measures/question.ts';

// How fast is not asked here: only that the desk, its floors and the stand-ins still speak to each other.
describe('npm run bench, with next to nothing to do', () => {
  it.each<[string, Measure, string[]]>([
    ['a question', question, ['first answer to a question of 20 calls']],
    ['claims', claims, ['from click to decision, p50, 100 clicks a second']],
    ['digests', digests, ['4 digests of 2 VDNs in the outbox', 'the most queries of one VDN']],
  ])('measures %s', { timeout: 120_000 }, async (_what, measure, names) => {
    const figures = await measure.run(tinySizes, () => {});
    expect(figures.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    expect(figures.every(({ value }) => value > 0)).toBe(true);
  });
});
