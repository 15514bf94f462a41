import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COUNTRIES } from '../../../src/calls/countries.ts';
import { parseWeek } from '../../../src/grammar/business-hours.ts';
import { readHolidays } from '../../../src/grammar/holidays.ts';
import { countryName, readCountry, readZone } from '../../../src/grammar/place-names.ts';
import { hoursEntered, hoursView } from '../../../src/slack/views/settings/hours.ts';
import {
  decodeSettings,
  encodeSettings,
  NO_METADATA,
  PLACES,
  type PlaceName,
  placeValue,
  readPlace,
} from '../../../src/slack/views/settings/place.ts';
import { problemsOfView } from '../limits-checker.ts';
import { chinese, english } from '../messages/examples.ts';
import { everythingSet, kept } from './settings-examples.ts';

describe('hours', () => {
  const read = (view: ReturnType<typeof hoursView>, context = english) => {
    const values = Object.fromEntries(
      (view.blocks as KnownBlock[]).flatMap((block) =>
        block.type === 'input' && block.element.type === 'plain_text_input' && block.block_id
          ? [[block.block_id, { x: { value: block.element.initial_value ?? null } }]]
          : [],
      ),
    );
    return hoursEntered({ values }, context);
  };

  it.each([english, chinese])('are read as they are shown', (context) => {
    const week = parseWeek('Mon-Fri 9-12, 13-18, Sat 22:00-06:00');
    const holidays = readHolidays('2026-12-25\n2026-12-24 09:00-12:00, 13:00-14:00');
    if (!week.ok || !('holidays' in holidays)) throw new Error('not read');
    const hours = { week: week.value, holidays: holidays.holidays };
    expect(read(hoursView({ metadata: NO_METADATA, hours }, context), context)).toEqual({ hours });
    const always = { week: null, holidays: [] };
    expect(read(hoursView({ metadata: NO_METADATA, hours: always }, context), context)).toEqual({
      hours: always,
    });
  });

  it('are cut where they are too long to be shown again, and never torn', () => {
    const view = hoursView({ metadata: NO_METADATA, hours: everythingSet() }, english);
    expect(problemsOfView(view)).toEqual([]);
    expect(kept().week).toBeNull();
  });
});

describe('holidays', () => {
  it('are days, days with hours, and stretches of days', () => {
    expect(readHolidays('\n 2026-12-25 \n2026-12-24: 9-12\n2026-02-16..2026-02-18')).toEqual({
      holidays: [
        ...['2026-02-16', '2026-02-17', '2026-02-18'].map((date) => ({ date, open: [] })),
        { date: '2026-12-24', open: [{ from: 540, to: 720 }] },
        { date: '2026-12-25', open: [] },
      ],
    });
  });

  it.each(['2026-02-30', '25.12.2026', '2026-12-24 Tue 9-12', '2026-02-18..2026-02-16', '2026-12-24 late'])(
    'are not %s',
    (line) => expect(readHolidays(`2026-12-25\n${line}`)).toEqual({ wrong: line }),
  );

  it('are no calendar', () => {
    const stretches = ['2026-01-01..2026-02-28', '2026-03-01..2026-04-28', '2026-05-01..2026-06-28'];
    expect(readHolidays([...stretches, '2026-07-01..2026-08-28'].join('\n'))).toEqual({ tooMany: 200 });
  });
});

describe('a time zone', () => {
  it.each([
    ['Asia/Shanghai', 'Asia/Shanghai'],
    ['asia/shanghai', 'Asia/Shanghai'],
    ['shanghai', 'Asia/Shanghai'],
    ['sao paulo', 'America/Sao_Paulo'],
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
  ])('%s is %s', (typed, value) => expect(readZone(typed)).toEqual({ value }));

  it('is guessed where it was mistyped', () => {
    expect(readZone('Shanghi')).toEqual({ nearest: 'Asia/Shanghai' });
    expect(readZone('<!channel>')).toEqual({ nearest: undefined });
  });
});

describe('a country', () => {
  it.each(['en', 'zh-CN'])('is read by its code and its name in %s', (locale) => {
    for (const code of COUNTRIES) {
      expect(readCountry(code.toLowerCase(), locale)).toEqual({ value: code });
      expect(readCountry(countryName(code, locale), locale)).toEqual({ value: code });
    }
  });

  it('is guessed where it was mistyped', () => {
    expect(readCountry('Brasil', 'en')).toEqual({ nearest: 'BR' });
    expect(readCountry('Atlantis of Plato', 'en')).toEqual({ nearest: undefined });
  });
});

describe('what buttons and forms carry', () => {
  it('is read as it was written', () => {
    for (const name of Object.keys(PLACES) as PlaceName[]) {
      const number = PLACES[name] ? 159 : 0;
      expect(readPlace(placeValue(name, number))).toEqual({ name, number });
    }
    const metadata = { vdn: 159, seen: 7, subscription: 3, first: true };
    for (const one of [metadata, NO_METADATA]) expect(decodeSettings(encodeSettings(one))).toEqual(one);
  });

  it('is nothing where somebody else has written it', () => {
    for (const text of ['vdn', 'vdn.x', 'vdn.1.2', 'workspace.1', 'toString', '.', 'vdn.-1'])
      expect(readPlace(text), text).toBeUndefined();
    for (const text of [
      '',
      '{}',
      '[1]',
      '[1,2,3,4,5]',
      '[1,"159",3,null,true]',
      '[2,159,3,null,true]',
      '[1,159,-1,null,true]',
    ])
      expect(decodeSettings(text), text).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => void [readPlace(text), decodeSettings(text)]));
  });
});
