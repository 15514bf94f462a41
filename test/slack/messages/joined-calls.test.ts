import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createI18n } from '../../../src/slack/i18n.ts';
import { joinedCallsMessage } from '../../../src/slack/messages/joined-calls.ts';
import { problemsOf } from '../limits-checker.ts';
import { caller, locale, moment, namedVdn } from './arbitraries.ts';
import { at, english, phone, read, vdn } from './examples.ts';

const joined = (calls: number, text?: string) => ({
  caller: phone(text),
  callbackId: 1,
  calls,
  latestAt: at('14:20'),
});

it('tells who has called again, how often and when', () => {
  const message = joinedCallsMessage({ vdn, callers: [joined(2)] }, english);
  expect(read(message).split('\n')).toEqual([
    '*Called again: Support (VDN 159)*',
    'You are calling this person back:',
    '*+86 10 8888 0990* · 2 more calls, latest 2026-11-23 06:20 UTC',
  ]);
  expect(message.text).toBe('1 caller that you are calling back has called again: Support (VDN 159)');
});

it('tells of several in one, and counts those that do not fit', () => {
  const callers = Array.from({ length: 18 }, (_, index) => joined(1, `8888000${index}`));
  const lines = read(joinedCallsMessage({ vdn, callers }, english)).split('\n');
  expect(lines[1]).toBe('You are calling these people back:');
  expect(lines.at(-1)).toBe('and 3 more callers');
});

it('stays within every limit whatever the data', () => {
  const i18n = createI18n();
  const row = fc.record({
    caller,
    callbackId: fc.integer({ min: 1 }),
    calls: fc.integer({ min: 1 }),
    latestAt: moment,
  });
  fc.assert(
    fc.property(
      namedVdn,
      fc.array(row, { minLength: 1, maxLength: 40 }),
      locale,
      (named, callers, language) => {
        expect(problemsOf(joinedCallsMessage({ vdn: named, callers }, i18n.forLocale(language)))).toEqual([]);
      },
    ),
  );
});
