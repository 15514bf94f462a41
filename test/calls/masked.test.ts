import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayCaller } from '../../src/calls/caller.ts';
import { maskedCaller, maskedIn, maskedPattern, maskedQuestion } from '../../src/calls/masked.ts';

const VOICE = { mediaType: 5, subMediaType: null };
const phone = (callerNo: string, country: string | null) =>
  maskedCaller(displayCaller({ callerNo, ...VOICE }, country));
const id = (text: string) => maskedCaller({ kind: 'social', text, e164: null });

describe('a masked caller', () => {
  it.each([
    ['01088880990', 'CN', '+86 10 •••• 0990'],
    ['13800138000', 'CN', '+86 138 •••• 8000'],
    ['442079460101', 'GB', '+44 20 •••• 0101'],
    ['+5511912345678', 'BR', '+55 11 •••• 5678'],
  ])('of %s in %s keeps country, area and the last four', (number, country, masked) => {
    expect(phone(number, country)).toBe(masked);
  });

  it.each([
    ['+442920180123', '+44 29 •••• 0123'],
    ['+447400123456', '+44 •••• 3456'],
    ['+12125550123', '+1 •••• 0123'],
    ['+3544104000', '+354 •••• 00'],
  ])('hides at least four digits, rather than show an area: %s', (number, masked) => {
    expect(phone(number, null)).toBe(masked);
  });

  it.each([
    ['88880990', '•••• 0990'],
    ['(888) 80-990', '•••• 0990'],
    ['888099', '•••• 99'],
    ['1234', '••••'],
  ])(
    'where nobody knows the country keeps only the end, of a short number little or nothing: %s',
    (number, masked) => {
      expect(phone(number, null)).toBe(masked);
    },
  );

  it('keeps the end of an id, and nothing of a short one', () => {
    expect(id('1659960139858526939')).toBe('•••• 6939');
    expect(id('wa-12345')).toBe('•••• 2345');
    expect(id('wa-123')).toBe('•••• 23');
    expect(id('wa-1')).toBe('••••');
  });

  it('shows four characters of a caller at most, and never all but three', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (text) => {
        const shown = [...id(text).slice('••••'.length).trimStart()].length;
        expect(shown).toBeLessThanOrEqual(4);
        expect(shown).toBeLessThanOrEqual(Math.max(0, [...text.trim()].length - 4));
      }),
    );
  });

  it('stays nothing where there is nothing to hide', () =>
    expect(maskedCaller({ kind: 'withheld', text: '', e164: null })).toBe('••••'));
});

describe('what people typed', () => {
  it.each([
    ['ring +86 10 8888-0990 after six', 'ring •••• 0990 after six'],
    ['13800138000', '•••• 8000'],
    ['order 4711, desk 12, 2026-11-24 15:00', 'order 4711, desk 12, 2026-11-24 15:00'],
    ['2026-11-24 (0)20 7946 0101', '2026-11-24 (•••• 0101'],
    // As they come from a Chinese or an Arabic keyboard, and with whatever people put between digits.
    ['１３８００１３８０００', '•••• ８０００'],
    ['٠٥٥٥٠١٠١٢٣', '•••• ٠١٢٣'],
    ['138_0013_8000', '•••• 8000'],
    ['138·0013·8000', '•••• 8000'],
    ['138–0013–8000 or 138—0013—8000', '•••• 8000 or •••• 8000'],
    ['138\u200b0013\u200b8000', '•••• 8000'],
  ])('keeps all but telephone numbers: %s', (typed, masked) => expect(maskedIn(typed)).toBe(masked));

  it.each([
    ['*0990', '*0990'],
    ['*80990', '••••'],
    ['8888*', '••••'],
    ['88880990', '*0990'],
    ['1234', '••••'],
    ['*888809*', '••••'],
  ])('shows of a pattern no more than of a caller: %s', (pattern, masked) =>
    expect(maskedPattern(pattern)).toBe(masked),
  );

  it.each([
    ['159 caller 8888* today', '159 caller •••• today'],
    ['caller:+86-10-88880990', 'caller:••••'],
    ['CALLER "010 8888 0990" open', 'CALLER •••• open'],
    ['caller <tel:88880990|8888 0990> today', 'caller •••• today'],
    ['ｃａｌｌｅｒ ８８８８＊', 'caller ••••'],
    ['159 callee 31045665', '159 callee 31045665'],
  ])('names no caller that a question asks for: %s', (asked, masked) =>
    expect(maskedQuestion(asked)).toBe(masked),
  );
});
