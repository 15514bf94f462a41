import { describe, expect, it } from 'vitest';
import { measures } from '../../bench/measures/all.ts';
import { tinySizes } from '../../bench/measures/measure.ts';

const named = Object.fromEntries(measures.map((measure) => [measure.name, measure]));
/** What each says at least, of next to nothing to do. */
const figuresOf: Record<string, string[]> = {
  'start-up': ['start to first ack'],
  ack: ['ack of a command (help), p50', 'ack of a click (claim, release), p50'],
  question: ['first answer to a question of 20 calls'],
  claims: ['from click to decision, p50, 100 clicks a second'],
  digests: ['4 digests of 2 VDNs in the outbox', 'the most queries of one VDN'],
  burst: ['digest of 30 calls in a minute, from due to Slack', 'size of that message'],
  'catch-up': ['catching up: 6000 calls', 'then the digest of 6000 calls'],
  growth: ['answer to a question of 10 calls', '1 VDNs × 1 digests in the outbox'],
};

// How fast is not asked here: only that the desk, its floors and the stand-ins still speak to each other.
describe('npm run bench, with next to nothing to do', { concurrent: true }, () => {
  it('knows what each measurement is to say', () => {
    expect(Object.keys(figuresOf)).toEqual(Object.keys(named));
  });

  it.each(Object.entries(figuresOf))(
    'measures %s, beside a floor',
    { timeout: 120_000 },
    async (name, figures) => {
      const measured = (await named[name]?.run(tinySizes, () => {})) ?? [];
      expect(measured.map((figure) => figure.name)).toEqual(expect.arrayContaining(figures));
      expect(measured.every(({ value }) => value > 0)).toBe(true);
      expect(measured.some(({ floor }) => floor !== null && floor > 0)).toBe(true);
    },
  );
});
