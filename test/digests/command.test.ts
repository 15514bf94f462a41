import { describe, expect, it } from 'vitest';
import { takeDigestCommand } from '../../src/digests/command.ts';
import { nextRunAfter } from '../../src/digests/next-run.ts';
import type { Schedule } from '../../src/digests/schedule.ts';
import { Cursor } from '../../src/grammar/cursor.ts';
import { attempt } from '../../src/grammar/errors.ts';

const known = [
  { number: 159, name: 'Support' },
  { number: 160, name: 'North desk' },
];

function parse(text: string) {
  const cursor = new Cursor(`digest ${text}`);
  cursor.takeWord('digest');
  return attempt(() => takeDigestCommand(cursor, { known }));
}

function command(text: string) {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
}

function error(text: string) {
  const parsed = parse(text);
  if (parsed.ok) throw new Error(`${text} was understood`);
  return parsed.error;
}

const hourly: Schedule = { every: { minutes: 60 }, weekdays: false, hours: null, allClear: false };
const daily = (hour: number, minute = 0): Partial<Schedule> => ({ every: { dailyAt: { hour, minute } } });

describe('a subscription', () => {
  it.each<[string, Partial<Schedule>]>([
    ['hourly', {}],
    ['159', {}],
    ['every hour', {}],
    ['every 1h', {}],
    ['every 60 minutes', {}],
    ['every 15m', { every: { minutes: 15 } }],
    ['every 30 minutes', { every: { minutes: 30 } }],
    ['every 2h', { every: { minutes: 120 } }],
    ['every 4 hours', { every: { minutes: 240 } }],
    ['daily 09:00', daily(9)],
    ['daily 9:00', daily(9)],
    ['daily at 9', daily(9)],
    ['daily 9pm', daily(21)],
    ['daily at 17:30', daily(17, 30)],
    ['every day at 9:15', daily(9, 15)],
    ['hourly weekdays', { weekdays: true }],
    ['hourly 9-18', { hours: { from: 9, to: 18 } }],
    ['hourly 9–18', { hours: { from: 9, to: 18 } }],
    ['9-18 hourly', { hours: { from: 9, to: 18 } }],
    ['hourly 09:00-18:00', { hours: { from: 9, to: 18 } }],
    ['hourly 18-24', { hours: { from: 18, to: 24 } }],
    ['hourly all-clear', { allClear: true }],
    ['hourly all clear', { allClear: true }],
    ['hourly allclear', { allClear: true }],
    [
      'All-Clear ９－１８ weekdays EVERY 30M',
      { every: { minutes: 30 }, weekdays: true, hours: { from: 9, to: 18 }, allClear: true },
    ],
  ])('to "%s"', (text, schedule) => {
    expect(command(text)).toMatchObject({ action: 'subscribe', schedule: { ...hourly, ...schedule } });
  });

  it.each([
    ['vdn 159 hourly', 159],
    ['hourly 159', 159],
    ['support every 2h', 159],
    ['north desk daily 9:00', 160],
    ['daily 9:00 "North desk" weekdays', 160],
    ['daily 9 159', 159],
    ['9-18 159', 159],
    ['hourly', null],
  ])('"%s" is for VDN %s', (text, vdn) => {
    expect(command(text)).toMatchObject({ action: 'subscribe', vdn });
  });

  it('knows where its VDN stands', () => {
    expect(command('vdn 159 hourly')).toMatchObject({
      vdnSpan: { start: 7, end: 14 },
      text: 'digest vdn 159 hourly',
    });
  });

  it.each([
    ['every 20m', 'interval-unknown', '20m', '15m'],
    ['every 3h', 'interval-unknown', '3h', '2h'],
    ['every 2 days', 'interval-unknown', '2 days', undefined],
    ['every', 'missing', '', undefined],
    ['every huor', 'unexpected', 'huor', 'hour'],
    ['daily', 'missing', '', undefined],
    ['daily vdn 159', 'unexpected', 'vdn', undefined],
    ['daily 25:00', 'time-invalid', '25:00', undefined],
    ['daily 159', 'time-invalid', '159', undefined],
    ['daily 9-18', 'unexpected', '9-18', undefined],
    ['hourly 18-9', 'hours-invalid', '18-9', undefined],
    ['hourly 9-25', 'hours-invalid', '9-25', undefined],
    ['hourly 9:30-18:00', 'hours-invalid', '9:30-18:00', undefined],
    ['hourly 9-', 'missing', '', undefined],
    ['daily 20:00 9-18', 'schedule-never-runs', '9-18', undefined],
    ['every 4h 9-11', 'schedule-never-runs', '9-11', undefined],
    ['hourly every 2h', 'repeated', 'every 2h', undefined],
    ['159 160', 'repeated', '160', undefined],
    ['weekdays weekdays', 'repeated', 'weekdays', undefined],
    ['vdn 5001 hourly', 'vdn-out-of-range', '5001', undefined],
    ['huorly', 'unknown-word', 'huorly', 'hourly'],
    ['puase 3', 'unknown-word', 'puase', 'pause'],
    ['nort desk hourly', 'unknown-word', 'nort desk', 'North desk'],
    ['hourly all', 'unknown-word', 'all', undefined],
    ['today', 'unknown-word', 'today', undefined],
  ])('"%s" is refused: %s at "%s"', (text, code, found, nearest) => {
    const refused = error(text);
    expect(refused).toMatchObject({ code, found });
    if (nearest !== undefined) expect(refused.nearest).toBe(nearest);
  });

  it('with an unknown interval lists those that there are', () => {
    expect(error('every 20m').expected).toEqual(['15m', '30m', 'hour', '2h', '4h', 'day 09:00']);
  });
});

describe('an order about subscriptions', () => {
  it.each([
    ['', { action: 'help' }],
    ['help', { action: 'help' }],
    ['?', { action: 'help' }],
    ['159 help', { action: 'help' }],
    ['list', { action: 'list' }],
    ['pause 3', { action: 'pause', number: 3 }],
    ['RESUME #3', { action: 'resume', number: 3 }],
    ['remove 12', { action: 'remove', number: 12 }],
    ['now 1', { action: 'now', number: 1 }],
  ])('"%s"', (text, expected) => {
    expect(command(text)).toEqual(expected);
  });

  it.each([
    ['pause', 'missing', ''],
    ['pause me', 'unexpected', 'me'],
    ['pause 3x', 'unexpected', '3x'],
    ['pause 99999999999', 'unexpected', '99999999999'],
    ['pause 3 4', 'too-much', '4'],
    ['list all', 'too-much', 'all'],
  ])('"%s" is refused: %s at "%s"', (text, code, found) => {
    expect(error(text)).toMatchObject({ code, found });
  });
});

describe('every schedule that can be said', () => {
  const rhythms = [
    '',
    'hourly',
    'every 15m',
    'every 30m',
    'every 2h',
    'every 4h',
    'daily 0:00',
    'daily 23:59',
    'daily 9',
  ];
  const limits = ['', 'weekdays', '0-24', '9-18', '22-23', '0-1', 'weekdays 23-24'];

  it('runs within a week', () => {
    const now = Date.parse('2026-03-28T12:00:00Z');
    let runs = 0;
    for (const text of rhythms.flatMap((rhythm) => limits.map((limit) => `159 ${rhythm} ${limit}`))) {
      const parsed = parse(text);
      if (!parsed.ok) {
        expect(parsed.error.code).toBe('schedule-never-runs');
        continue;
      }
      if (parsed.value.action !== 'subscribe') throw new Error(text);
      expect(nextRunAfter(parsed.value.schedule, now, 'Europe/Berlin') - now).toBeLessThanOrEqual(
        7 * 86_400_000,
      );
      runs += 1;
    }
    expect(runs).toBeGreaterThan(40);
  });
});
