import { describe, expect, it } from 'vitest';
import {
  inputMoment,
  inputTime,
  nextHour,
  nextMorning,
  nextTimeOfDay,
} from '../../../src/sandbox/page/times.ts';

const at = Date.parse;
const iso = (ms: number) => new Date(ms).toISOString();

describe('where the clock is put', () => {
  it('goes to the next full hour, also where zones have half hours', () => {
    expect(iso(nextHour(at('2026-11-23T10:40:12Z'), 'Europe/London'))).toBe('2026-11-23T11:00:00.000Z');
    expect(iso(nextHour(at('2026-11-23T11:00:00Z'), 'Europe/London'))).toBe('2026-11-23T12:00:00.000Z');
    expect(iso(nextHour(at('2026-11-23T10:40:00Z'), 'Asia/Kolkata'))).toBe('2026-11-23T11:30:00.000Z');
  });

  it('goes to nine in the morning of the next day there, over a change of clocks too', () => {
    expect(iso(nextMorning(at('2026-11-23T23:30:00Z'), 'Asia/Shanghai'))).toBe('2026-11-25T01:00:00.000Z');
    expect(iso(nextMorning(at('2026-10-24T10:00:00Z'), 'Europe/London'))).toBe('2026-10-25T09:00:00.000Z');
  });

  it('finds the next time of day, today or tomorrow', () => {
    const find = (now: string) => iso(nextTimeOfDay(at(now), 'Europe/London', 10, 40));
    expect(find('2026-11-23T08:00:00Z')).toBe('2026-11-23T10:40:00.000Z');
    expect(find('2026-11-23T10:40:00Z')).toBe('2026-11-24T10:40:00.000Z');
  });
});

it.each(['Europe/London', 'America/Sao_Paulo', 'Asia/Kathmandu'])(
  'is picked on the clocks of whoever picks it, in %s',
  (zone) => {
    const seconds = at('2026-07-23T10:40:00Z') / 1000;
    expect(inputMoment(inputTime(seconds, zone), zone)).toBe(seconds);
  },
);

it('shows what a clock there shows', () => {
  expect(inputTime(at('2026-11-23T10:40:00Z') / 1000, 'America/Sao_Paulo')).toBe('2026-11-23T07:40');
  expect(inputTime(at('2026-11-23T10:40:00Z') / 1000, 'Asia/Shanghai')).toBe('2026-11-23T18:40');
});
