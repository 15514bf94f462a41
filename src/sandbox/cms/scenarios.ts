import type { CallOnRecord, Seed } from './calls-on-record.ts';
import { accessCodes, mailAddress, phoneNumber, phoneNumbers, socialId } from './made-up.ts';
import { below, pick, type Random, randomFrom } from './random.ts';

/** What a seeded VDN looks like on one UTC day. */
export interface Scenario {
  vdn: number;
  /** Calls that begin to wait on each day. */
  callsADay: number;
  /** People who call there; some of them often. */
  callers: number;
  /** How many days before today have calls too. */
  daysBack: number;
}

/** The VDN of the documented example: two calls on 2022-11-17, and none on any other day. */
export const documentedVdn = 159;
export const quiet: Scenario = { vdn: 160, callsADay: 8, callers: 30, daysBack: 6 };
export const busy: Scenario = { vdn: 161, callsADay: 300, callers: 400, daysBack: 6 };
export const huge: Scenario = { vdn: 162, callsADay: 12_000, callers: 9_000, daysBack: 1 };
export const scenarios: readonly Scenario[] = [quiet, busy, huge];

const dayMs = 86_400_000;

/**
 * Seeds the scenarios, each day only when somebody looks at its VDN. Days are the clock's, in UTC: those before today are complete, today's calls
 * become visible as they end, and a day that the clock comes to is there in time.
 */
export const seedScenarios = (seed: number): Seed => {
  const done = new Set<string>();
  const isNew = (what: string) => {
    const before = done.size;
    return done.add(what).size > before;
  };
  return (vdn, now) => {
    if (vdn === documentedVdn) return isNew('documented') ? documentedCalls() : [];
    const scenario = scenarios.find((one) => one.vdn === vdn);
    if (!scenario) return [];
    const today = Math.floor(now / dayMs);
    const days = Array.from({ length: scenario.daysBack + 1 }, (_, back) => today - back);
    return days.filter((day) => isNew(`${vdn}/${day}`)).flatMap((day) => callsOfDay(scenario, day, seed));
  };
};

/** The two rows of the vendor's documentation. */
const documentedCalls = (): CallOnRecord[] => [
  documented('1668048253-16797218', '1659960139858526939', '6300111010', '23:44:13', '23:44:25'),
  documented('1668050023-1859', '88880990', '31045665', '00:13:43', '00:13:47'),
];

const documented = (
  callId: string,
  callerNo: string,
  calleeNo: string,
  waitBegin: string,
  callEnd: string,
): CallOnRecord => {
  const callEndAt = Date.parse(`2022-11-17T${callEnd}Z`);
  const waitBeginAt = Date.parse(`2022-11-17T${waitBegin}Z`);
  const media = { mediaType: 53, subMediaType: 1 };
  return {
    vdn: documentedVdn,
    callId,
    callerNo,
    calleeNo,
    waitBeginAt,
    callEndAt,
    appearsAt: callEndAt,
    ...media,
  };
};

interface Person {
  callerNo: string;
  mediaType: number | null;
  subMediaType: number | null;
}

/** By what people come, in parts of a hundred or so: [mediaType, subMediaType, what they are known by]. */
const channels: [number, [number | null, number | null, (n: number) => string]][] = [
  [66, [5, null, phoneNumber]],
  [14, [53, 2, socialId]],
  [6, [53, 4, socialId]],
  [4, [53, 5, socialId]],
  [4, [51, null, socialId]],
  [2, [50, null, mailAddress]],
  [1, [8, null, phoneNumber]],
  [1, [55, null, phoneNumber]],
  [1, [null, null, phoneNumber]],
  // A code that no table lists: a newer contact centre has them.
  [0.5, [77, null, phoneNumber]],
];

/** Who calls a VDN: the same people every day. */
const peopleOf = ({ vdn, callers }: Scenario, seed: number): Person[] => {
  const random = randomFrom(seed, vdn);
  const first = below(random, phoneNumbers);
  return Array.from({ length: callers }, (_, place) => {
    const [mediaType, subMediaType, nameOf] = pick(random, channels);
    return { callerNo: nameOf(first + place), mediaType, subMediaType };
  });
};

const withheldShare = 0.06;
/** Calls in each hour of the day, as weights. */
const hours: [number, number][] = [
  1, 1, 1, 1, 1, 2, 4, 8, 14, 20, 20, 16, 12, 15, 19, 18, 15, 11, 8, 6, 5, 3, 2, 1,
].map((weight, hour) => [weight, hour]);

/** All calls that begin to wait on one day (counted from the epoch), the same for the same seed. */
const callsOfDay = (scenario: Scenario, day: number, seed: number): CallOnRecord[] => {
  const people = peopleOf(scenario, seed);
  const random = randomFrom(seed, scenario.vdn, day);
  return Array.from({ length: scenario.callsADay }, (_, place) => {
    const waitBeginAt = day * dayMs + (pick(random, hours) * 3600 + below(random, 3600)) * 1000;
    const callEndAt = waitBeginAt + waitSeconds(random) * 1000;
    return {
      vdn: scenario.vdn,
      callId: `${waitBeginAt / 1000}-${firstSerial + place}`,
      ...whoCalls(people, random),
      calleeNo: accessCodes[below(random, accessCodes.length)] ?? '',
      waitBeginAt,
      callEndAt,
      appearsAt: callEndAt,
    };
  });
};

/** Above what `ring` counts, so that a call rung by hand never takes a seeded one's id. */
const firstSerial = 16_000_000;

const whoCalls = (people: readonly Person[], random: Random): Person => {
  const withheld = random() < withheldShare;
  // The square makes the first of them call more often than the others.
  const person = people[Math.floor(people.length * random() ** 2)];
  return withheld || !person ? { callerNo: '', mediaType: 5, subMediaType: null } : person;
};

/** Most hang up within a minute, a few wait long. */
const waitSeconds = (random: Random): number => Math.min(900, 3 + Math.floor(-50 * Math.log(1 - random())));
