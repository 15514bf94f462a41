import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaWords } from '../../src/calls/media.ts';
import { takeDigestCommand } from '../../src/digests/command.ts';
import { parseCommand } from '../../src/grammar/command.ts';
import { takeQuestion } from '../../src/questions/grammar.ts';

const context = {
  known: [
    { number: 159, name: 'Support' },
    { number: 160, name: 'North desk' },
    { number: 161, name: null },
  ],
  media: mediaWords('2024'),
};
const parse = (text: string) =>
  parseCommand(text, context, { question: takeQuestion, digest: takeDigestCommand });

describe('a command', () => {
  it('is a question, unless it says otherwise', () => {
    expect(parse('vdn 159 today')).toMatchObject({
      ok: true,
      value: { kind: 'question', question: { vdn: 159 } },
    });
    expect(parse('')).toMatchObject({ ok: true, value: { kind: 'question' } });
  });

  it('is about digests when it begins with that word', () => {
    expect(parse(' Digest list')).toEqual({
      ok: true,
      value: { kind: 'digest', digest: { action: 'list' } },
    });
    expect(parse('<@U1> digest pause 3')).toMatchObject({ ok: true, value: { kind: 'digest' } });
  });

  it('is a cry for help when it says so', () => {
    for (const text of ['help', '?', 'vdn 159 help', 'HELP me']) {
      expect(parse(text)).toEqual({ ok: true, value: { kind: 'help' } });
    }
  });

  it('is about settings when that is all it says', () => {
    for (const text of ['settings', ' Setup ', '设置'])
      expect(parse(text)).toEqual({ ok: true, value: { kind: 'settings' } });
    expect(parse('settings 159')).toMatchObject({ ok: false, error: { code: 'too-much', found: '159' } });
  });

  it('says where the word digest belongs', () => {
    expect(parse('vdn 159 digest hourly')).toMatchObject({
      ok: false,
      error: { code: 'digest-not-first', found: 'digest', expected: ['digest vdn 159 hourly'] },
    });
  });

  const words = fc.constantFrom(
    ...'vdn 159 160 5001 Support North desk "North desk" today yesterday last this since from to until 2h 30m 7 days'.split(
      ' ',
    ),
    ...'week month monday 9:00 25:00 2022-11-17 2026-02-30 .. - > , caller 8888* * callee media voice,x open'.split(
      ' ',
    ),
    ...'claimed done wait wait>30s private digest hourly every 15m daily at 9 weekdays 9-18 all-clear list'.split(
      ' ',
    ),
    ...'pause resume 3 <@U1|a> <#C1|support> <tel:88|88> &gt; &amp; toady １５９ “ ？'.split(' '),
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.array(words, { maxLength: 9 }).map((list) => list.join(' ')),
    fc.array(words, { maxLength: 6 }).map((list) => list.join('')),
  );

  it('never throws, whatever is typed, and every error points into the text', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const parsed = parse(text);
        if (parsed.ok) return;
        const { span, found, expected, nearest } = parsed.error;
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
        expect(found).toBe(text.slice(span.start, span.end));
        expect(expected.every((word) => word !== '')).toBe(true);
        expect(nearest).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });

  it('means the same in full-width letters, in capitals and with spaces added', () => {
    const withoutPlaces = (text: string) =>
      JSON.parse(
        JSON.stringify(parse(text), (key, value) =>
          ['span', 'first', 'vdnSpan', 'rangeSpan', 'text', 'found', 'nearest', 'expected'].includes(key)
            ? undefined
            : value,
        ),
      );
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0));
    const plainWords = words.filter((word) => !/[<&]/.test(word));
    fc.assert(
      fc.property(fc.array(plainWords, { maxLength: 7 }), (list) => {
        const asTyped = withoutPlaces(list.join(' '));
        expect(withoutPlaces(wide(list.join(' ')))).toEqual(asTyped);
        expect(withoutPlaces(list.join(' ').toUpperCase())).toEqual(asTyped);
        expect(withoutPlaces(`  ${list.join('   ')} `)).toEqual(asTyped);
      }),
      { numRuns: 200 },
    );
  });

  it('is read fast, however long', () => {
    const begun = performance.now();
    for (const text of [
      'today '.repeat(3000),
      'x'.repeat(20_000),
      '"'.repeat(5000),
      '1h'.repeat(5000),
      '<'.repeat(5000),
    ]) {
      parse(text);
      parse(`last ${text}`);
    }
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
