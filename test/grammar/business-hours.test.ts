import { describe, expect, it } from 'vitest';
import { parseWeek } from '../../src/grammar/business-hours.ts';

const hours = (from: number, to: number) => ({ from: from * 60, to: to * 60 });
const office = hours(9, 18);
const none: never[] = [];

const weekOf = (text: string) => {
  const parsed = parseWeek(text);
  if (!parsed.ok) throw new Error(`${parsed.error.code} at "${parsed.error.found}"`);
  return parsed.value;
};
const errorOf = (text: string) => {
  const parsed = parseWeek(text);
  if (parsed.ok) throw new Error('There is no error');
  return parsed.error;
};

describe('a week of business hours', () => {
  it.each([
    'Mon-Fri 09:00-18:00, Sat 09:00-13:00',
    'monday to friday 9-18; saturday 9-13',
    'Mon – Fri 9am–6pm, Sat 9:00 until 13:00, Sun closed',
    'Mon, Tue, Wed 9-18, Thu, Fri 9-18, Sat 9-13',
    'daily 9-13, Mon-Fri 13-18, Mon-Fri closed, Mon-Fri 9-18, Sun closed',
    '周一至周五 09:00-18:00，周六 09:00-13:00',
    '周一到周五 9：00至18：00、星期六 9-13、星期日 休息',
  ])('can be said as "%s"', (text) => {
    const week = weekOf(text);
    expect(week).toEqual([[office], [office], [office], [office], [office], [hours(9, 13)], none]);
  });

  it('may have several stretches a day, in any order', () => {
    expect(weekOf('Mon 13:00-18:00, 9-12, Tue 8:30-24:00')).toEqual([
      [hours(9, 12), hours(13, 18)],
      [hours(8.5, 24)],
      ...Array.from({ length: 5 }, () => none),
    ]);
  });

  it('crosses midnight where it ends before it begins, and the weekend where Monday comes last', () => {
    const night = [hours(22, 30)];
    expect(weekOf('Fri-Mon 22:00-06:00')).toEqual([night, none, none, none, night, night, night]);
    expect(weekOf('Sun 22:00-0:00')).toEqual([none, none, none, none, none, none, [hours(22, 24)]]);
  });

  it('may be closed throughout', () => {
    expect(weekOf('closed').flat()).toEqual([]);
    expect(weekOf('Sunday closed').flat()).toEqual([]);
  });

  it.each([
    ['', 'missing', ''],
    ['Mon-Fri', 'missing', ''],
    ['Mon-Fri 09:00', 'missing', ''],
    ['Mon-Fri 09:00-', 'missing', ''],
    ['9-18', 'unexpected', '9-18'],
    ['Mon-18 9-18', 'unexpected', '18'],
    ['Mon 9-25', 'time-invalid', '9-25'],
    ['Mon 9:75-18:00', 'time-invalid', '9:75-18:00'],
    ['Mon 9-9', 'hours-invalid', '9-9'],
    ['Mon 24:00-6:00', 'hours-invalid', '24:00-6:00'],
    ['Mno 9-18', 'unknown-word', 'Mno'],
    ['closed Mon 9-18', 'unexpected', 'Mon'],
  ])('says where it does not understand "%s"', (text, code, found) => {
    expect(errorOf(text)).toMatchObject({ code, found });
  });

  it('knows which day was probably meant', () => {
    expect(errorOf('Mon-Fri 9-18, Saturdey 9-13')).toMatchObject({ nearest: 'saturday' });
  });
});
