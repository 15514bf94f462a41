import { type CallbackRules, defaultRules, RAISE, type RaiseStep, REST_MS } from '../callbacks/vdn-rules.ts';
import type { BusinessHours, Holiday, OpenInterval } from '../calls/business-hours.ts';
import { type Vdn, zoneOf } from '../calls/vdn.ts';
import { type Access, OPEN_ACCESS } from './access.ts';

/** All that people may set about a VDN. */
export interface VdnSettings extends Vdn {
  /** What begins on each weekday, Monday's first, by the VDN's clock; null: always open. */
  week: readonly (readonly OpenInterval[])[] | null;
  holidays: readonly Holiday[];
  /** Within how much open time callers are to be called back; null: nobody has said. */
  targetMs: number | null;
  /** See CallbackRules. */
  restMs: number | null;
  raise: readonly RaiseStep[];
  access: Access;
}

/** Of a VDN of which nothing else is set. */
export const unsetSettings = (vdn: Vdn): VdnSettings => ({
  ...vdn,
  week: null,
  holidays: [],
  targetMs: null,
  restMs: REST_MS,
  raise: RAISE,
  access: OPEN_ACCESS,
});

export const hoursOf = ({ week, holidays, timeZone }: VdnSettings): BusinessHours | null =>
  week && { week, holidays, timeZone: zoneOf({ timeZone }) };

/** What they make of its callbacks; undefined: nobody has named the VDN. */
export function rulesFrom(settings: VdnSettings | undefined): CallbackRules {
  if (!settings) return defaultRules(null);
  const { restMs, raise } = settings;
  return { hours: hoursOf(settings), timeZone: zoneOf(settings), restMs, raise };
}

/** Settings as they are kept. */
export interface KeptSettings extends VdnSettings {
  /** Goes up with every change: whoever changes them says which one they have seen. */
  version: number;
}

export interface VdnSettingsStore {
  /** By number. */
  list(teamId: string): Promise<KeptSettings[]>;
  /** undefined: nobody has named the VDN, or somebody has removed it. */
  find(teamId: string, number: number): Promise<KeptSettings | undefined>;
  /** By number, who may do what; also of VDNs that were removed, whose calls are still there. Absent: nobody has named it. */
  accessOf(teamId: string, numbers: readonly number[]): Promise<Map<number, Access>>;
  /** Adds a VDN, also one that was removed. Undefined: there is one of that number. */
  add(teamId: string, settings: VdnSettings): Promise<KeptSettings | undefined>;
  /** Undefined: they have moved on from that version, or are gone. */
  change(teamId: string, settings: KeptSettings): Promise<KeptSettings | undefined>;
  /** For good: what the environment says does not bring it back. False: it was not there. */
  remove(teamId: string, number: number, now: number): Promise<boolean>;
}
