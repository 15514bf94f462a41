import fc from 'fast-check';
import type { Schedule } from '../../../src/digests/schedule.ts';
import {
  DAY,
  type Happening,
  type History,
  HOUR,
  MINUTE,
  type RingingCall,
  SECOND,
  type Step,
} from './history.ts';
import { everRuns } from './slots.ts';

/** How fast a world's days go by: how often its channels want to hear, and how much time passes between two things. */
interface Pace {
  intervals: readonly (15 | 30 | 60 | 120 | 240)[];
  daily: boolean;
  /** Between two things that happen. */
  longestMs: number;
}

const PACES: readonly Pace[] = [
  { intervals: [15, 30, 60], daily: false, longestMs: 4 * HOUR },
  { intervals: [60, 120, 240], daily: true, longestMs: 16 * HOUR },
  { intervals: [240], daily: true, longestMs: 60 * HOUR },
];

/** Around the nights when clocks change in Berlin, New York and St John's, and on Lord Howe, and an ordinary week. */
const STARTS = [
  '2026-03-27',
  '2026-10-23',
  '2026-03-06',
  '2026-10-30',
  '2026-04-03',
  '2026-10-02',
  '2026-11-19',
];

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
];

const upTo = (ms: number) =>
  fc.integer({ min: 0, max: Math.floor(ms / SECOND) }).map((seconds) => seconds * SECOND);

/** Mostly short, sometimes as long as it may be. */
const shortOrUpTo = (ms: number) =>
  fc.oneof(upTo(Math.min(ms, 10 * MINUTE)), upTo(Math.min(ms, 2 * HOUR)), upTo(ms));

const call: fc.Arbitrary<RingingCall> = fc.record({
  waitMs: fc.oneof(upTo(MINUTE), upTo(HOUR)),
  lateMs: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: upTo(2 * HOUR) },
    { weight: 2, arbitrary: upTo(20 * HOUR) },
  ),
  caller: fc.option(fc.nat(5), { freq: 6 }),
});

const index = fc.nat(11);
/** Mostly the one that has a subscription from the beginning. */
const vdn = fc.constantFrom(0, 0, 0, 1);
const channel = fc.nat(1);
const meanwhile = fc.boolean();

const schedule = ({ intervals, daily }: Pace): fc.Arbitrary<Schedule> =>
  fc
    .record({
      every: fc.oneof(
        { weight: 2, arbitrary: fc.record({ minutes: fc.constantFrom(...intervals) }) },
        {
          weight: daily ? 2 : 0,
          arbitrary: fc.record({
            dailyAt: fc.record({
              hour: fc.integer({ min: 0, max: 23 }),
              minute: fc.constantFrom(0, 15, 30, 59),
            }),
          }),
        },
      ),
      weekdays: fc.boolean(),
      hours: fc.option(
        fc
          .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }))
          .map(([from, length]) => ({ from, to: Math.min(24, from + length) })),
      ),
      allClear: fc.boolean(),
    })
    .filter(everRuns);

function happening(pace: Pace): fc.Arbitrary<Happening> {
  const { longestMs } = pace;
  const what = <W extends Happening['what']>(...words: W[]) => fc.constantFrom(...words);
  const wish = schedule(pace);
  return fc.oneof(
    {
      weight: 14,
      arbitrary: fc.record({
        what: what('calls'),
        vdn,
        calls: fc.array(call, { minLength: 1, maxLength: 6 }),
        gapMs: fc.oneof(upTo(30 * SECOND), upTo(20 * MINUTE)),
        onTheQuarter: fc.boolean(),
      }),
    },
    { weight: 4, arbitrary: fc.record({ what: what('subscribe'), channel, vdn, schedule: wish }) },
    { weight: 2, arbitrary: fc.record({ what: what('change'), which: index, schedule: wish, meanwhile }) },
    { weight: 3, arbitrary: fc.record({ what: what('pause', 'resume', 'resume', 'remove'), which: index }) },
    { weight: 4, arbitrary: fc.record({ what: what('now'), which: index, meanwhile }) },
    {
      weight: 6,
      arbitrary: fc.record({
        what: what('question'),
        vdn,
        fromBackMs: fc.oneof(upTo(4 * HOUR), upTo(3 * DAY), upTo(30 * DAY)),
        lengthMs: fc.oneof(upTo(HOUR), upTo(5 * HOUR), upTo(31 * DAY)),
        meanwhile,
      }),
    },
    { weight: 1, arbitrary: fc.record({ what: what('zone'), vdn, timeZone: fc.constantFrom(...ZONES) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        what: what('weather'),
        weather: fc.oneof(
          { weight: 4, arbitrary: fc.constant('up' as const) },
          {
            weight: 4,
            arbitrary: fc.constantFrom(
              'down' as const,
              'breaks' as const,
              'shrinks' as const,
              'restless' as const,
            ),
          },
        ),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ what: what('away'), ms: shortOrUpTo(longestMs * 1.5), clean: fc.boolean() }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        what: what('crash'),
        atOp: fc.nat(24),
        before: fc.boolean(),
        awayMs: fc.oneof(fc.constant(0), shortOrUpTo(longestMs)),
      }),
    },
    { weight: 2, arbitrary: fc.record({ what: what('database-fails'), atOp: fc.nat(24) }) },
    { weight: 3, arbitrary: fc.record({ what: what('refuse', 'mend', 'mend'), channel }) },
    { weight: 2, arbitrary: fc.record({ what: what('slack'), takes: fc.boolean() }) },
    {
      weight: 2,
      arbitrary: fc.record({
        what: what('clock'),
        aheadMs: fc.integer({ min: -5 * 60, max: 5 * 60 }).map((seconds) => seconds * SECOND),
      }),
    },
  );
}

/** Somebody who asks for the last hours again and again, while calls appear that ended before. */
const regularAsker = (longestMs: number): fc.Arbitrary<Step[]> =>
  fc
    .record({
      vdn,
      everyMs: fc.integer({ min: 1, max: Math.ceil(longestMs / 4 / HOUR) }).map((hours) => hours * HOUR),
      moreMs: upTo(4 * HOUR).map((ms) => ms + HOUR),
      times: fc.integer({ min: 2, max: 12 }),
      calls: fc.array(call, { minLength: 1, maxLength: 4 }),
    })
    .map(({ vdn, everyMs, moreMs, times, calls }) =>
      Array.from({ length: times }, (_, n): Step[] => [
        { afterMs: everyMs, what: 'calls', vdn, calls, gapMs: 7 * MINUTE, onTheQuarter: n % 2 === 0 },
        {
          ...{ afterMs: 0, what: 'question', vdn, meanwhile: false },
          ...{ fromBackMs: everyMs + moreMs, lengthMs: everyMs + moreMs + HOUR },
        },
      ]).flat(),
    );

/** The desk or the contact centre is away, calls end meanwhile, and when they are back the pages do not hold still for a while. */
const hardship = (longestMs: number): fc.Arbitrary<Step[]> =>
  fc
    .record({
      vdn,
      calls: fc.array(call, { minLength: 2, maxLength: 6 }),
      lostMs: upTo(longestMs).map((ms) => ms + longestMs / 2),
      badMs: upTo(longestMs / 2),
      away: fc.constantFrom(
        { what: 'away' as const, clean: true },
        { what: 'away' as const, clean: false },
        null,
      ),
      weather: fc.constantFrom(
        'shrinks' as const,
        'shrinks' as const,
        'restless' as const,
        'breaks' as const,
      ),
    })
    .map(({ vdn, calls, lostMs, badMs, away, weather }): Step[] => [
      { afterMs: MINUTE, ...(away ? { ...away, ms: lostMs } : { what: 'weather', weather: 'down' }) },
      { afterMs: lostMs / 4, what: 'calls', vdn, calls, gapMs: 40 * SECOND, onTheQuarter: false },
      { afterMs: lostMs / 2, what: 'weather', weather },
      { afterMs: lostMs / 4 + badMs, what: 'weather', weather: 'up' },
    ]);

const stepsOf = (pace: Pace): fc.Arbitrary<Step[]> => {
  const single = fc
    .tuple(shortOrUpTo(pace.longestMs), happening(pace))
    .map(([afterMs, what]): Step[] => [{ afterMs, ...what }]);
  const several = fc.oneof(
    { weight: 20, arbitrary: single },
    { weight: 1, arbitrary: regularAsker(pace.longestMs) },
    { weight: 2, arbitrary: hardship(pace.longestMs) },
  );
  return fc
    .tuple(
      fc.array(several, { maxLength: 4 }),
      schedule(pace),
      fc.array(several, { minLength: 4, maxLength: 36, size: 'max' }),
    )
    .map(([before, first, steps]) => [
      ...before.flat(),
      { afterMs: HOUR, what: 'subscribe', channel: 0, vdn: 0, schedule: first },
      ...steps.flat(),
    ]);
};

/** Any history: hours of quarter-hourly digests, days of hourly ones, weeks of daily ones. */
export const histories: fc.Arbitrary<History> = fc.constantFrom(...PACES).chain((pace) =>
  fc.record({
    startAt: fc
      .tuple(fc.constantFrom(...STARTS), fc.nat(2 * 24 * 3600 * 1000))
      .map(([day, ms]) => Date.parse(`${day}T00:00Z`) + ms),
    desks: fc.constantFrom(1 as const, 1 as const, 2 as const),
    apartMs: fc.constantFrom(0, 300, 300, 20 * SECOND),
    seed: fc.nat(),
    centre: fc.record({
      order: fc.constantFrom('newest-first' as const, 'oldest-first' as const),
      pageSize: fc.constantFrom(1, 2, 2, 3, 50),
      timeZone: fc.constantFrom('UTC', 'Asia/Shanghai', 'Asia/Kolkata'),
      pageMs: fc.constantFrom(0, 700, 5 * SECOND),
      doubles: fc.constantFrom(false, false, false, true),
    }),
    zones: fc.tuple(fc.constantFrom(null, ...ZONES), fc.constantFrom(null, ...ZONES)),
    steps: stepsOf(pace),
  }),
);
