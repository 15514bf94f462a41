import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemsOfView } from '../../../src/sandbox/slack/block-kit/view.ts';
import { askEntryOf, askView, NOTHING_ASKED } from '../../../src/slack/views/ask.ts';
import { eraseMetadataOf, eraseView } from '../../../src/slack/views/erase.ts';
import { hostileText, namedVdn } from '../messages/arbitraries.ts';
import { chinese, english } from '../messages/examples.ts';

const context = fc.constantFrom(english, chinese);
const vdns = fc.uniqueArray(namedVdn, { selector: ({ number }) => number, maxLength: 150 });

const someVdns = fc.uniqueArray(namedVdn, { selector: ({ number }) => number, minLength: 1, maxLength: 150 });

describe('the form of a question', () => {
  it('is within what Slack takes, whatever VDNs are called and whatever was typed', () => {
    fc.assert(
      fc.property(
        vdns,
        fc.constantFrom('last hour' as const, 'today' as const, 'other' as const),
        hostileText,
        hostileText,
        context,
        (known, range, other, filter, language) => {
          const vdn = String(known[0]?.number ?? 1);
          const view = askView(known, { ...NOTHING_ASKED, vdn, range, other, filter }, language);
          expect(problemsOfView({ ...view })).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is read as nothing in particular where nothing was entered', () => {
    expect(askEntryOf({ values: {} })).toEqual({ ...NOTHING_ASKED });
  });
});

describe('the form that asks before a caller is erased', () => {
  it('is within what Slack takes, and says again whom it is about', () => {
    fc.assert(
      fc.property(someVdns, hostileText, context, (found, text, language) => {
        const typed = text.slice(0, 300);
        const kept = { calls: 5000, callbacks: 5000 };
        const view = eraseView(
          found.map((vdn) => ({ vdn, kept })),
          { typed, vdn: null },
          language,
        );
        expect(problemsOfView({ ...view })).toEqual([]);
        expect(eraseMetadataOf(view.private_metadata ?? '')).toEqual({ typed, vdn: null });
      }),
      { numRuns: 50 },
    );
  });

  it.each(['', '{}', '[1,2]', '["x","y"]', 'null'])('takes no other metadata: %s', (text) => {
    expect(eraseMetadataOf(text)).toBeUndefined();
  });
});
