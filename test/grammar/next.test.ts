import { describe, expect, it } from 'vitest';
import { mediaWords } from '../../src/calls/media.ts';
import { takeDigestCommand } from '../../src/digests/command.ts';
import { parseCommand } from '../../src/grammar/command.ts';
import { takeQuestion } from '../../src/questions/grammar.ts';

const context = {
  known: [
    { number: 159, name: 'Support' },
    { number: 160, name: 'North desk' },
  ],
  media: mediaWords('2024'),
};
const parse = (text: string) =>
  parseCommand(text, context, { question: takeQuestion, digest: takeDigestCommand });
const wish = (text: string) => {
  const parsed = parse(text);
  return parsed.ok && parsed.value.kind === 'next' ? parsed.value.wish.vdn : parsed;
};

describe('asking for the next one', () => {
  it('is about every VDN, or about one by number or name', () => {
    expect(wish('next')).toBeNull();
    for (const text of ['next 159', 'next vdn 159', 'Next support', 'next vdn Support']) {
      expect(wish(text)).toBe(159);
    }
    expect(wish('next north desk')).toBe(160);
  });

  it('says where it does not understand', () => {
    expect(parse('next 159 today')).toMatchObject({ ok: false, error: { code: 'too-much' } });
    expect(parse('next tuesday')).toMatchObject({ ok: false, error: { code: 'unknown-word' } });
    expect(parse('next vdn 9999')).toMatchObject({ ok: false, error: { code: 'vdn-out-of-range' } });
  });
});
