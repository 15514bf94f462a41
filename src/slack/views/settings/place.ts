import { ACTIONS, actionId, wholeNumber } from '../../messages/actions.ts';

/** Where a button of the settings leads, or what it does there; each with a number or none. */
export const PLACES = {
  /** All there is to set; the page of VDNs, from 0. */
  overview: true,
  workspace: false,
  'add-vdn': false,
  /** A VDN, and its forms. */
  vdn: true,
  names: true,
  hours: true,
  callbacks: true,
  access: true,
  /** A new digest of the VDN. */
  'add-digest': true,
  /** The contact centre is asked for the VDN's calls of today. */
  try: true,
  'remove-vdn': true,
  /** A subscription, by its number, and what can be done with it. */
  digest: true,
  pause: true,
  resume: true,
  'end-digest': true,
} as const;

export type PlaceName = keyof typeof PLACES;

export interface Place {
  name: PlaceName;
  /** 0 where the place has none. */
  number: number;
}

/** The value of a button that leads there. */
export const placeValue = (name: PlaceName, number = 0): string =>
  PLACES[name] ? `${name}.${number}` : name;

/** Undefined for what `placeValue` does not write. A button without a value leads to the overview. */
export function readPlace(value: string): Place | undefined {
  if (value === '') return { name: 'overview', number: 0 };
  const [name = '', text, ...rest] = value.split('.');
  if (!isPlaceName(name) || rest.length > 0 || PLACES[name] !== (text !== undefined)) return undefined;
  const number = text === undefined ? 0 : wholeNumber(text);
  return number === undefined ? undefined : { name, number };
}

const isPlaceName = (name: string): name is PlaceName => Object.hasOwn(PLACES, name);

/** A button's action_id: one of each place and number in a view. */
export const placeAction = (name: PlaceName, number = 0): string =>
  actionId(ACTIONS.settings, `${name}-${number}`);

/** What a form of the settings carries. */
export interface SettingsMetadata {
  /** null: of the workspace, or of a VDN that is yet to be added. */
  vdn: number | null;
  /** The version that was shown. */
  seen: number;
  /** The subscription's number; null: none, or one that is yet to be made. */
  subscription: number | null;
  /** Somebody is led through for the first time. */
  first: boolean;
}

export const NO_METADATA: SettingsMetadata = { vdn: null, seen: 0, subscription: null, first: false };

const VERSION = 1;

export const encodeSettings = ({ vdn, seen, subscription, first }: SettingsMetadata): string =>
  JSON.stringify([VERSION, vdn, seen, subscription, first]);

/** Undefined for what `encodeSettings` does not write. What it says must be looked at again. */
export function decodeSettings(text: string): SettingsMetadata | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(read) || read.length !== 5) return undefined;
  const [version, vdn, seen, subscription, first]: unknown[] = read;
  const numberOrNull = (value: unknown) => (isNumber(value) ? value : null);
  if (version !== VERSION || !isNumber(seen) || typeof first !== 'boolean') return undefined;
  if (!(vdn === null || isNumber(vdn)) || !(subscription === null || isNumber(subscription)))
    return undefined;
  return { vdn: numberOrNull(vdn), seen, subscription: numberOrNull(subscription), first };
}

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
