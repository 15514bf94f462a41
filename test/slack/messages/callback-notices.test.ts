import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTICES, type Notice } from '../../../src/callbacks/notices.ts';
import { callbackNoticesMessage } from '../../../src/slack/messages/callback-notices.ts';
import { problemsOf } from '../limits-checker.ts';
import { anyContext, anyListPage, hostileText, userId } from './arbitraries.ts';
import { callback, english, listPage, OUTBOX_ID, read, row } from './examples.ts';

const entry = (notice: Notice, callbackId: number, actorId: string | null = null) => ({
  notice,
  callbackId,
  actorId,
});
const support = { number: 159, name: 'Support', timeZone: null, country: null };
const sales = { number: 160, name: 'Sales', timeZone: null, country: null };
const view = {
  outboxId: OUTBOX_ID,
  hidden: new Set<number>(),
  vdns: new Map([support, sales].map((vdn) => [vdn.number, vdn])),
};
const claimed = (position: number, more = {}) =>
  row({ position, callback: callback('claimed', { id: position + 1, ...more }) });

describe('what became of callbacks', () => {
  it('is said once for those that say the same, and the callers stand under it with their buttons', () => {
    const data = { entries: [entry('due', 1), entry('due', 2), entry('taken', 3, 'U0BO')], calls: null };
    const page = listPage([claimed(0), claimed(1), claimed(2, { vdn: 160 })]);
    const lines = read(callbackNoticesMessage(data, page, view, english)).split('\n');
    expect(lines.filter((line) => /Support|Sales/.test(line))).toEqual([
      '*Try again now* · Support (VDN 159)',
      '*<@U0BO> took this caller from your hands: you need not call back* · Sales (VDN 160)',
    ]);
    expect(lines.filter((line) => line.includes('[Log result]'))).toHaveLength(3);
  });

  it('leaves out what its reader may not see', () => {
    const data = { entries: [entry('due', 1), entry('due', 2)], calls: null };
    const page = listPage([claimed(0), claimed(1, { vdn: 160 })]);
    const some = { ...view, hidden: new Set([160]) };
    const text = read(callbackNoticesMessage(data, page, some, english));
    expect(text).toContain('Support');
    expect(text).not.toContain('Sales');
    expect(text.match(/\[Log result\]/g)).toHaveLength(1);
  });

  it('tells whom it is written to that a caller is theirs, and a channel whose', () => {
    const data = { entries: [entry('due', 1)], calls: null };
    const shown = (readerId: { readerId?: string }) =>
      read(callbackNoticesMessage(data, listPage([claimed(0)]), { ...view, ...readerId }, english));
    expect(shown({ readerId: 'U0ANA' })).toContain('Yours since');
    expect(shown({ readerId: 'U0BO' })).toContain('Claimed by <@U0ANA>');
    expect(shown({})).toContain('Claimed by <@U0ANA>');
  });

  it('names no number of a caller in the notification', () => {
    const data = { entries: [entry('due', 1)], calls: null };
    expect(callbackNoticesMessage(data, listPage([claimed(0)]), view, english).text).toBe(
      '*Try again now* · Support (VDN 159)',
    );
  });

  it('stays with its caller when another row is no longer kept', () => {
    const data = { entries: [entry('due', 1), entry('resting', 2)], calls: null };
    const text = read(callbackNoticesMessage(data, listPage([claimed(1)]), view, english));
    expect(text).toContain('Are you still on this one?');
    expect(text).not.toContain('Try again now');
  });

  it.each([
    ['here' as const, '<!here> *Nobody has claimed this caller yet*'],
    [{ group: 'S0LEADS' }, '<!subteam^S0LEADS> *Nobody has claimed this caller yet*'],
    [{ group: '<!channel>' }, '&lt;!channel&gt; *Nobody has claimed this caller yet*'],
  ])('calls whom it is to call: %j', (calls, begins) => {
    const data = { entries: [entry('raised', 1)], calls };
    const { text } = callbackNoticesMessage(data, listPage([claimed(0)]), view, english);
    expect(text.startsWith(begins)).toBe(true);
  });

  it('says so when the list is no longer kept', () => {
    expect(read(callbackNoticesMessage({ entries: [], calls: null }, null, view, english))).toContain(
      'no longer keeps this list',
    );
  });

  it('stays within every limit whatever the data', () => {
    const one = fc.record({
      notice: fc.constantFrom(...NOTICES),
      callbackId: fc.integer({ min: 1 }),
      actorId: fc.option(userId, { nil: null }),
    });
    const named = hostileText.map((name) => ({ ...view, vdns: new Map([[159, { ...support, name }]]) }));
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 10, maxLength: 10 }),
        anyListPage,
        named,
        anyContext,
        (entries, page, shown, context) => {
          const rows = page.rows.map((each, position) => ({ ...each, position }));
          const message = callbackNoticesMessage(
            { entries, calls: 'here' },
            { ...page, rows },
            shown,
            context,
          );
          expect(problemsOf(message)).toEqual([]);
        },
      ),
    );
  });
});
