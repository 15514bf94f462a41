import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GrammarError, GrammarErrorCode } from '../../../src/grammar/errors.ts';
import { createI18n } from '../../../src/slack/i18n.ts';
import { grammarErrorMessage } from '../../../src/slack/messages/grammar-error.ts';
import { problemsOf } from '../limits-checker.ts';
import { hostileText, locale, namedVdn } from './arbitraries.ts';
import { chinese, english, read } from './examples.ts';

/** An error at the first place where `found` stands in what was typed; at its end for "". */
function error(typed: string, found: string, more: Partial<GrammarError> = {}): GrammarError {
  const start = found === '' ? typed.length : typed.indexOf(found);
  return { code: 'unknown-word', span: { start, end: start + found.length }, found, expected: [], ...more };
}
const say = (typed: string, found: string, more: Partial<GrammarError> = {}, context = english) =>
  read(grammarErrorMessage(error(typed, found, more), typed, context)).split('\n');
const vdns = [
  { number: 159, name: 'Support' },
  { number: 160, name: null },
];

describe('grammarErrorMessage', () => {
  it('says what was not understood, points at it, and says what was probably meant and what may stand there', () => {
    expect(say('vdn 159 tody', 'tody', { nearest: 'today', expected: ['today', 'last 2h'] })).toEqual([
      'I do not understand `tody` here.',
      '```',
      'vdn 159 tody',
      '        ^^^^',
      '```',
      'Did you mean `today`?',
      'Here I know: `today` `last 2h`',
      '`/missed help` shows everything that I can do.',
    ]);
  });

  it('has the same in the notification', () => {
    const { text } = grammarErrorMessage(error('tody', 'tody', { nearest: 'today' }), 'tody', english);
    expect(text).toBe('I do not understand `tody` here.\nDid you mean `today`?');
  });

  it('shows the first words that may stand there and that there are more', () => {
    const expected = Array.from({ length: 30 }, (_, index) => `w${index}`);
    expect(say('x', 'x', { expected }).join()).toContain('`w8` `w9` …');
    expect(say('x', 'x', { expected: expected.slice(0, 10) }).join()).not.toContain('…');
  });

  it('lists the VDNs that may be asked', () => {
    expect(say('vdn 999', 'vdn 999', { code: 'vdn-unknown', vdns, expected: ['vdn 159'] })[0]).toBe(
      '`vdn 999` is not a VDN that I may ask. I know Support (VDN 159), VDN 160.',
    );
    expect(say('vdn nord', 'nord', { code: 'vdn-unknown', vdns: [] })[0]).toBe(
      'I know no VDN called `nord`. Please give its number.',
    );
  });

  it('asks for the VDN without pointing anywhere', () => {
    expect(say('today', '', { code: 'vdn-needed', vdns })).toEqual([
      'Which VDN? Please name one: Support (VDN 159), VDN 160.',
      '`/missed help` shows everything that I can do.',
    ]);
    expect(say('today', '', { code: 'vdn-needed', vdns: [] })[0]).toContain('like `/missed vdn 159`');
  });

  it('says where something is missing', () => {
    expect(say('last', '', { code: 'missing' })[0]).toBe('Something is missing at the end.');
    const inTheMiddle = { code: 'missing' as const, span: { start: 6, end: 6 } };
    expect(say('caller today', '', inTheMiddle)[0]).toBe('Something is missing here.');
  });

  it('says what can be said only once', () => {
    expect(say('today yesterday', 'yesterday', { code: 'repeated', part: 'range' })[0]).toBe(
      'I can take only one time, and `yesterday` is a second one.',
    );
  });

  it('shows what was typed, not what Slack made of it', () => {
    const lines = say('wait&gt;&gt;30s', '&gt;30s');
    expect(lines[0]).toBe('I do not understand `&gt;30s` here.');
    expect(lines[2]).toBe('wait&gt;&gt;30s');
    expect(lines[3]).toBe('     ^^^^');
  });

  it('has a sentence for every kind of error in both languages', () => {
    for (const code of CODES) {
      for (const context of [english, chinese]) {
        const message = grammarErrorMessage(
          error('vdn 159 x', 'x', { code, part: 'vdn', vdns }),
          'vdn 159 x',
          context,
        );
        expect(read(message), code).not.toMatch(/grammar\.|\{\{/);
      }
    }
  });

  it('stays within every limit whatever was typed and wherever the error is', () => {
    const i18n = createI18n();
    const anything = fc.record({
      typed: hostileText,
      from: fc.nat(60),
      length: fc.nat(60),
      code: fc.constantFrom(...CODES),
      expected: fc.array(hostileText, { maxLength: 40 }),
      nearest: hostileText,
      vdns: fc.array(namedVdn, { maxLength: 40 }),
    });
    fc.assert(
      fc.property(anything, locale, ({ typed, from, length, ...more }, language) => {
        const span = { start: Math.min(from, typed.length), end: Math.min(from + length, typed.length) };
        const one = { ...more, span, found: typed.slice(span.start, span.end) };
        expect(problemsOf(grammarErrorMessage(one, typed, i18n.forLocale(language)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

// A record, so that the compiler asks for a new code here.
const CODES = Object.keys({
  'unknown-word': 0,
  missing: 0,
  unexpected: 0,
  repeated: 0,
  'too-much': 0,
  'digest-not-first': 0,
  'vdn-out-of-range': 0,
  'vdn-unknown': 0,
  'vdn-ambiguous': 0,
  'vdn-needed': 0,
  'date-invalid': 0,
  'time-invalid': 0,
  'duration-invalid': 0,
  'media-unknown': 0,
  'pattern-invalid': 0,
  'interval-unknown': 0,
  'hours-invalid': 0,
  'schedule-never-runs': 0,
  'range-too-long': 0,
  'range-too-old': 0,
  'range-in-future': 0,
  'range-inverted': 0,
  'range-skipped': 0,
} satisfies Record<GrammarErrorCode, 0>) as GrammarErrorCode[];
