import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DigestData } from '../../../src/digests/digest.ts';
import { digestMessage } from '../../../src/slack/messages/digest.ts';
import { problemsOf } from '../limits-checker.ts';
import { anyContext, anyListPage, moment, namedVdn, zone } from './arbitraries.ts';
import { at, callback, english, LIST_ID, listPage, OUTBOX_ID, read, row, vdn, ZONE } from './examples.ts';

const data: DigestData = {
  subscriptionNumber: 7,
  vdn,
  fromAt: at('09:00'),
  toAt: at('10:00'),
  timeZone: ZONE,
  listId: LIST_ID,
  gap: null,
  expired: 0,
  manual: false,
  afterSeq: 0,
};

describe('digestMessage', () => {
  it('tells since when until when, what is new, and how to make it stop', () => {
    expect(read(digestMessage(data, listPage([row()]), OUTBOX_ID, english)).split('\n')).toEqual([
      '*Missed calls: Support (VDN 159)*',
      'Mon 23 Nov, 09:00–10:00 Asia/Shanghai',
      '1 new call from 1 caller · longest wait 12 s · 1 still open [Ask more]',
      'Times below are in your own time zone.',
      '*+86 10 8888 0990*',
      '2026-11-23 09:12 · waited 12 s · called 31045665 [Claim]',
      'Digest 7 · To pause it: `/missed digest pause 7`',
    ]);
  });

  it("has the news in the notification, without anybody's number", () => {
    const { text } = digestMessage(data, listPage([row()]), OUTBOX_ID, english);
    expect(text).toMatch(/^Missed calls: Support \(VDN 159\)\n1 new call from 1 caller/);
    expect(text).not.toContain('8888');
  });

  it.each([
    ['offline', 'The desk was offline for 1 h, since 2026-11-23 09:00.'],
    ['no-data', 'The contact centre gave no data for 1 h, since 2026-11-23 09:00.'],
    ['paused', 'This digest was paused. Here is everything of the last 1 h, since 2026-11-23 09:00.'],
  ] as const)('says why it covers more than usual: %s', (cause, words) => {
    const gap = { sinceAt: at('09:00'), cause };
    expect(read(digestMessage({ ...data, gap }, listPage([row()]), OUTBOX_ID, english))).toContain(
      `⚠️ ${words}`,
    );
  });

  it('gives the all-clear', () => {
    const message = digestMessage({ ...data, listId: null }, null, OUTBOX_ID, english);
    expect(read(message)).toContain('All clear ✓ No new missed calls.');
    expect(message.text).toContain('All clear');
  });

  it('says once whom nobody has called back in time, and is not all clear then', () => {
    const expired = read(digestMessage({ ...data, expired: 3 }, listPage([row()]), OUTBOX_ID, english));
    expect(expired).toContain('⚠️ 3 callers were never called back, and are now too long ago.');
    const alone = read(digestMessage({ ...data, listId: null, expired: 1 }, null, OUTBOX_ID, english));
    expect(alone).toContain('No new missed calls.\n⚠️ 1 caller was never called back');
    expect(alone).not.toContain('All clear');
  });

  it('lists them after what is new, with how long ago they called, and says where they are', () => {
    const expired = row({
      position: 1,
      callback: callback('done', { id: 9, ownerId: null, outcome: 'expired' }),
    });
    const page = listPage([row(), expired], { list: { callbacksFrom: 1 } });
    const lines = read(digestMessage({ ...data, expired: 1 }, page, OUTBOX_ID, english)).split('\n');
    expect(lines.slice(2, 4)).toEqual([
      '1 new call from 1 caller · longest wait 12 s · 1 still open'
        .replace('1 new call from 1 caller', '2 new calls from 2 callers')
        .replace(' · 1 still', ' · median 12 s · 1 still'),
      '⚠️ 1 caller was never called back, and is now too long ago. [Ask more]',
    ]);
    expect(lines.slice(7, -1)).toEqual([
      '*Never called back*',
      '*+86 10 8888 0990*',
      '2026-11-23 09:12 · waited 12 s · called 31045665 · voice',
      expect.stringMatching(/^Never called back, closed .* \[History\]$/),
    ]);
    const first = listPage([row()], { pages: 2, list: { callbacksFrom: 12 } });
    expect(read(digestMessage({ ...data, expired: 3 }, first, OUTBOX_ID, english))).toContain(
      'too long ago. They are at the end of the list.',
    );
  });

  it('does not give the all-clear for a list that is no longer kept', () => {
    const lines = read(digestMessage(data, null, OUTBOX_ID, english));
    expect(lines).not.toContain('All clear');
    expect(lines).toContain('no longer keeps this list');
  });

  it('says that it was asked for', () => {
    const lines = read(digestMessage({ ...data, manual: true }, listPage([row()]), OUTBOX_ID, english));
    expect(lines).toContain('Digest 7, asked for with `/missed digest now 7`');
  });

  it('names five callers of its page in brief, with one button each, when it was too large', () => {
    const rows = Array.from({ length: 10 }, (_, index) =>
      row({ callback: callback(index === 1 ? 'claimed' : 'open', { id: index + 1 }) }),
    );
    const page = listPage(rows, { pages: 3, list: { rowCount: 27 } });
    const lines = read(digestMessage(data, page, OUTBOX_ID, english, 1)).split('\n');
    expect(lines.slice(3)).toEqual([
      '*+86 10 8888 0990* · 2026-11-23 09:12 [Claim]',
      '*+86 10 8888 0990* · 2026-11-23 09:12 · 📞 Claimed by <@U0ANA> since 2026-11-23 14:03 [Log result]',
      ...Array(3).fill('*+86 10 8888 0990* · 2026-11-23 09:12 [Claim]'),
      'and 22 more: `/missed 159 since 2026-11-23`',
      'Digest 7 · To pause it: `/missed digest pause 7`',
    ]);
  });

  it('is words and what to type when that was too large, too, and still names no caller', () => {
    const words = digestMessage(data, listPage([row()]), OUTBOX_ID, english, 2);
    expect(words).toEqual({
      text: [
        'Missed calls: Support (VDN 159)',
        '1 new call from 1 caller · longest wait 12 s · 1 still open',
        'Mon 23 Nov, 09:00–10:00 Asia/Shanghai',
        'To see the callers: `/missed 159 since 2026-11-23`',
      ].join('\n'),
      blocks: [],
    });
    expect(digestMessage({ ...data, listId: null }, null, OUTBOX_ID, english, 2).text).not.toContain(
      '/missed',
    );
  });

  it('stays within every limit whatever the data', () => {
    const anyDigest: fc.Arbitrary<DigestData> = fc.record({
      subscriptionNumber: fc.integer({ min: 1 }),
      vdn: namedVdn,
      fromAt: moment,
      toAt: moment,
      timeZone: zone,
      listId: fc.constantFrom(LIST_ID, null),
      gap: fc.option(
        fc.record({
          sinceAt: moment,
          cause: fc.constantFrom('offline' as const, 'no-data' as const, 'paused' as const),
        }),
        { nil: null },
      ),
      expired: fc.nat(),
      manual: fc.boolean(),
      afterSeq: fc.nat(),
    });
    fc.assert(
      fc.property(anyDigest, fc.option(anyListPage, { nil: null }), anyContext, (digest, page, context) => {
        expect(problemsOf(digestMessage(digest, page, OUTBOX_ID, context))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
