import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaWords } from '../../src/calls/media.ts';
import { Cursor } from '../../src/grammar/cursor.ts';
import { attempt } from '../../src/grammar/errors.ts';
import { takeQuestion } from '../../src/questions/grammar.ts';
import type { Question } from '../../src/questions/question.ts';

const known = [
  { number: 159, name: 'Support' },
  { number: 160, name: 'North desk' },
  { number: 161, name: 'Open' },
  { number: 162, name: 'R&D' },
  { number: 163, name: '客服部' },
  { number: 164, name: 'Open evening desk' },
  { number: 165, name: 'twin' },
  { number: 166, name: 'Twin' },
];
const parse = (text: string, vdns = known) =>
  attempt(() => takeQuestion(new Cursor(text), { known: vdns, media: mediaWords('2024') }));

function question(text: string): Question {
  const parsed = parse(text);
  if (!parsed.ok || parsed.value === 'help')
    throw new Error(`${text} is no question: ${JSON.stringify(parsed)}`);
  return parsed.value;
}

function error(text: string) {
  const parsed = parse(text);
  if (parsed.ok) throw new Error(`${text} was understood`);
  return parsed.error;
}

describe('the VDN of a question', () => {
  it.each([
    ['vdn 159', 159],
    ['VDN159', 159],
    ['vdn:159', 159],
    ['vdn #159', 159],
    ['159', 159],
    ['today 4999 private', 4999],
    ['support', 159],
    ['vdn Support', 159],
    ['NORTH   DESK today', 160],
    ['"north desk"', 160],
    ['vdn “North Desk” today', 160],
    ['r&amp;d today', 162],
    ['today 客服部', 163],
    ['<#C1|support>', 159],
    ['today', null],
    ['', null],
  ])('of "%s" is %s', (text, vdn) => {
    expect(question(text).vdn).toBe(vdn);
  });

  it('is a name of several words before it is a filter, and a filter before it is a name of one word', () => {
    expect(question('open evening desk today')).toMatchObject({ vdn: 164, filter: {} });
    expect(question('open today')).toMatchObject({ vdn: null, filter: { state: 'open' } });
    expect(question('vdn open today')).toMatchObject({ vdn: 161, filter: {} });
    expect(question('"open" today')).toMatchObject({ vdn: 161, filter: {} });
  });

  it('is known with its place in the text', () => {
    expect(question('today vdn 159').vdnSpan).toEqual({ start: 6, end: 13 });
    expect(question('today').vdnSpan).toBeNull();
  });

  it.each(['0', '5001', '31045665', '00000'])('is never %s', (text) => {
    expect(error(text)).toMatchObject({ code: 'vdn-out-of-range', found: text, span: { start: 0 } });
  });

  it('must follow the word', () => {
    expect(error('vdn')).toMatchObject({ code: 'missing', span: { start: 3, end: 3 }, found: '' });
    expect(error('vdn today')).toMatchObject({ code: 'vdn-unknown', found: 'today' });
    expect(error('vdn suport today')).toMatchObject({
      code: 'vdn-unknown',
      found: 'suport',
      nearest: 'Support',
      vdns: known,
    });
    expect(error('vdn nort desk today')).toMatchObject({ found: 'nort desk', nearest: 'North desk' });
  });

  it('must be said by number where two bear the name', () => {
    expect(error('twin today')).toMatchObject({
      code: 'vdn-ambiguous',
      found: 'twin',
      expected: ['vdn 165', 'vdn 166'],
    });
  });
});

describe('the range of a question', () => {
  const range = (text: string) =>
    JSON.parse(JSON.stringify(question(text).range, (key, value) => (key === 'span' ? undefined : value)));
  const day = (spec: object, timeMs: number | null = null) => ({ day: spec, timeMs });
  const date = (year: number, month: number, dayOfMonth: number) => ({
    kind: 'date',
    year,
    month,
    day: dayOfMonth,
  });
  const hours = (count: number) => count * 3_600_000;
  const today = day({ kind: 'today' });

  it.each<[string, object]>([
    ['', { kind: 'between', from: today, to: today }],
    ['Today', { kind: 'between', from: today, to: today }],
    ['yesterday', { kind: 'between', from: day({ kind: 'yesterday' }), to: day({ kind: 'yesterday' }) }],
    ['last 2h', { kind: 'last', days: 0, ms: hours(2) }],
    ['last2h', { kind: 'last', days: 0, ms: hours(2) }],
    ['last 30m', { kind: 'last', days: 0, ms: hours(0.5) }],
    ['last 45 minutes', { kind: 'last', days: 0, ms: hours(0.75) }],
    ['last 1h30m', { kind: 'last', days: 0, ms: hours(1.5) }],
    ['last hour', { kind: 'last', days: 0, ms: hours(1) }],
    ['last day', { kind: 'last', days: 1, ms: 0 }],
    ['last 7 days', { kind: 'last', days: 7, ms: 0 }],
    ['past 2 weeks', { kind: 'last', days: 14, ms: 0 }],
    ['this week', { kind: 'week', which: 'this' }],
    ['last week', { kind: 'week', which: 'last' }],
    ['this month', { kind: 'month', which: 'this' }],
    ['last month', { kind: 'month', which: 'last' }],
    ['since 9:00', { kind: 'between', from: { day: null, timeMs: hours(9) }, to: null }],
    ['since 9am', { kind: 'between', from: { day: null, timeMs: hours(9) }, to: null }],
    ['since 12:30 AM', { kind: 'between', from: { day: null, timeMs: hours(0.5) }, to: null }],
    ['since 2026-11-20', { kind: 'between', from: day(date(2026, 11, 20)), to: null }],
    ['since yesterday 18:00', { kind: 'between', from: day({ kind: 'yesterday' }, hours(18)), to: null }],
    ['since yesterday at 6pm', { kind: 'between', from: day({ kind: 'yesterday' }, hours(18)), to: null }],
    ['2022-11-17', { kind: 'between', from: day(date(2022, 11, 17)), to: day(date(2022, 11, 17)) }],
    ['2022/11/7', { kind: 'between', from: day(date(2022, 11, 7)), to: day(date(2022, 11, 7)) }],
    [
      '2022-11-17..2022-11-19',
      { kind: 'between', from: day(date(2022, 11, 17)), to: day(date(2022, 11, 19)) },
    ],
    [
      '2022-11-17 – 2022-11-19',
      { kind: 'between', from: day(date(2022, 11, 17)), to: day(date(2022, 11, 19)) },
    ],
    [
      'from 2026-11-20 09:00 to 18:00',
      { kind: 'between', from: day(date(2026, 11, 20), hours(9)), to: { day: null, timeMs: hours(18) } },
    ],
    [
      '2026-11-20T09:00 until 2026-11-21 24:00',
      { kind: 'between', from: day(date(2026, 11, 20), hours(9)), to: day(date(2026, 11, 21), hours(24)) },
    ],
    [
      '9:00..12:00',
      { kind: 'between', from: { day: null, timeMs: hours(9) }, to: { day: null, timeMs: hours(12) } },
    ],
    [
      'mon..fri',
      {
        kind: 'between',
        from: day({ kind: 'weekday', weekday: 1, beforeToday: false }),
        to: day({ kind: 'weekday', weekday: 5, beforeToday: false }),
      },
    ],
    [
      'last sunday',
      {
        kind: 'between',
        from: day({ kind: 'weekday', weekday: 7, beforeToday: true }),
        to: day({ kind: 'weekday', weekday: 7, beforeToday: true }),
      },
    ],
  ])('of "%s"', (text, spec) => {
    expect(range(text)).toEqual(spec);
  });

  it('is known with its place in the text', () => {
    expect(question('159 from 2026-11-20 09:00 to 18:00 open').rangeSpan).toEqual({ start: 4, end: 34 });
  });

  it.each([
    ['2026-02-30', 'date-invalid', '2026-02-30'],
    ['2023-02-29 159', 'date-invalid', '2023-02-29'],
    ['2022-11-17..2022-13-01', 'date-invalid', '2022-13-01'],
    ['2022-11-31..2022-12-01', 'date-invalid', '2022-11-31'],
    ['1022-11-17', 'date-invalid', '1022-11-17'],
    ['since 2022-11', 'date-invalid', '2022-11'],
    ['17-11-2022', 'date-invalid', '17-11-2022'],
    ['since 24:00', 'time-invalid', '24:00'],
    ['since 9:5', 'time-invalid', '9:5'],
    ['from 9:00 to 18:60', 'time-invalid', '18:60'],
    ['since 13pm', 'time-invalid', '13pm'],
    ['last 0h', 'duration-invalid', '0h'],
    ['last 9999999 days', 'duration-invalid', '9999999 days'],
    ['last', 'missing', ''],
    ['last 7', 'missing', ''],
    ['last 7 159', 'unexpected', '159'],
    ['last vdn 159', 'unexpected', 'vdn'],
    ['this year', 'unexpected', 'year'],
    ['since', 'missing', ''],
    ['since 9', 'unexpected', '9'],
    ['from 9:00 to', 'missing', ''],
    ['2022-11-17..', 'missing', ''],
    ['9:00', 'unexpected', '9:00'],
    ['2026-11-20 09:00', 'missing', ''],
  ])('in "%s" is wrong (%s) at "%s"', (text, code, found) => {
    expect(error(text)).toMatchObject({ code, found });
  });

  it.each([
    ['last weak', 'week'],
    ['last 2 huors', '2 hours'],
    ['this mnoth', 'month'],
    ['since yesterdy', 'yesterday'],
    ['9:00', 'since 9:00'],
    ['7 days', 'last 7 days'],
    ['2h', 'last 2h'],
  ])('in "%s" probably meant "%s"', (text, nearest) => {
    expect(error(text).nearest).toBe(nearest);
  });
});

describe('the filters of a question', () => {
  const voice = { mediaType: 5, subMediaType: null };
  const whatsapp = { mediaType: 53, subMediaType: 2 };

  it.each<[string, object]>([
    ['caller 8888*', { caller: '8888*' }],
    ['caller *0990', { caller: '*0990' }],
    ['caller *88*', { caller: '*88*' }],
    ['caller +86-10-8888-0990', { caller: '861088880990' }],
    ['caller <tel:+861088880990|+86 10 8888 0990>', { caller: '861088880990' }],
    ['caller "+86 10 8888 0990"', { caller: '861088880990' }],
    ['callee 31045665', { callee: '31045665' }],
    ['media voice', { media: [voice] }],
    ['media voice,WhatsApp', { media: [voice, whatsapp] }],
    ['media voice , whatsapp , voice', { media: [voice, whatsapp] }],
    ['media voice|whatsapp', { media: [voice, whatsapp] }],
    ['media voice, open', { media: [voice], state: 'open' }],
    ['media voice,', { media: [voice] }],
    ['media 99', { media: [{ mediaType: 99, subMediaType: null }] }],
    ['open', { state: 'open' }],
    ['claimed', { state: 'claimed' }],
    ['DONE', { state: 'done' }],
    ['wait>30s', { waitOverMs: 30_000 }],
    ['wait&gt;30s', { waitOverMs: 30_000 }],
    ['wait > 2m', { waitOverMs: 120_000 }],
    ['wait 1m30s', { waitOverMs: 90_000 }],
    ['wait over 1 hour', { waitOverMs: 3_600_000 }],
    ['repeat first', { order: 'repeat-first' }],
    ['Repeat callers first', { order: 'repeat-first' }],
    ['repeats-first, open', { order: 'repeat-first', state: 'open' }],
    ['159 重复优先', { order: 'repeat-first' }],
  ])('of "%s"', (text, filter) => {
    expect(question(text).filter).toEqual(filter);
  });

  it('may all be there at once, in any order', () => {
    expect(
      question('done media voice wait>30s callee 310* caller 8888*, private 159 yesterday'),
    ).toMatchObject({
      vdn: 159,
      private: true,
      filter: { state: 'done', media: [voice], waitOverMs: 30_000, callee: '310*', caller: '8888*' },
    });
  });

  it.each([
    ['caller', 'missing', ''],
    ['repeat', 'missing', ''],
    ['repeat today', 'unexpected', 'today'],
    ['caller ana', 'pattern-invalid', 'ana'],
    ['caller 88*88', 'pattern-invalid', '88*88'],
    ['caller * today', 'pattern-invalid', '*'],
    ['caller 8888x', 'pattern-invalid', '8888x'],
    ['media', 'missing', ''],
    ['media voice,pigeon', 'media-unknown', 'pigeon'],
    ['media pigeon today', 'media-unknown', 'pigeon'],
    ['wait', 'missing', ''],
    ['wait>30', 'missing', ''],
    ['wait<30s', 'unexpected', '<30s'],
    ['wait>0s', 'duration-invalid', '0s'],
  ])('in "%s" are wrong (%s) at "%s"', (text, code, found) => {
    expect(error(text)).toMatchObject({ code, found });
  });

  it('name the nearest medium', () => {
    expect(error('media watsapp').nearest).toBe('whatsapp');
  });
});

describe('a question', () => {
  it.each([
    ['159 160', 'vdn', '160'],
    ['today 2022-11-17', 'range', '2022-11-17'],
    ['open done', 'state', 'done'],
    ['caller 1 caller 2', 'caller', 'caller 2'],
    ['callee 1 callee 2', 'callee', 'callee 2'],
    ['wait>1s wait>2s', 'wait', 'wait>2s'],
    ['media voice media line', 'media', 'media line'],
    ['private private', 'private', 'private'],
  ])('says "%s" only once each: %s', (text, part, found) => {
    expect(error(text)).toMatchObject({ code: 'repeated', part, found, first: { start: 0 } });
  });

  it.each([
    ['toady', 'toady', 'today'],
    ['159 yestrday', 'yestrday', 'yesterday'],
    ['clamed 159', 'clamed', 'claimed'],
    ['suport', 'suport', 'Support'],
    ['nroth desk', 'nroth desk', 'North desk'],
    ['today2', 'today2', 'today'],
    ['prvate', 'prvate', 'private'],
  ])('with a slip in "%s" points at "%s" and offers "%s"', (text, found, nearest) => {
    expect(error(text)).toMatchObject({ code: 'unknown-word', found, nearest });
  });

  it.each(['xyzzy', '159x', '@', '<', '"nobody"', 'wait>30s159'])('does not guess at "%s"', (text) => {
    expect(error(text).nearest).toBeUndefined();
  });

  it('keeps its text as typed', () => {
    expect(question(' ＶＤＮ 159').text).toBe(' ＶＤＮ 159');
  });

  it('means the same in any order of its parts', () => {
    const parts = [
      'vdn North desk',
      'last 2h',
      'caller 8888*',
      'media voice,line',
      'claimed',
      'wait>30s',
      'repeat first',
      'private',
    ];
    const meaning = ({ vdn, range, filter, private: isPrivate }: Question) => ({
      vdn,
      range,
      filter,
      isPrivate,
    });
    fc.assert(
      fc.property(fc.shuffledSubarray(parts), (some) => {
        const sorted = parts.filter((part) => some.includes(part));
        expect(meaning(question(some.join(' ')))).toEqual(meaning(question(sorted.join(' '))));
        expect(meaning(question(some.join(', ')))).toEqual(meaning(question(sorted.join(' '))));
      }),
    );
  });

  it('understands every date there is and refuses every other', () => {
    const number = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2099 }), number(15), number(40), (year, month, day) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const exists = new Date(`${text}T00:00:00Z`).toString() !== 'Invalid Date' && !rollsOver(text);
        const parsed = parse(text);
        expect(parsed.ok).toBe(exists);
        if (!parsed.ok) expect(parsed.error).toMatchObject({ code: 'date-invalid', found: text });
      }),
    );
  });
});

const rollsOver = (date: string) => new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date;
