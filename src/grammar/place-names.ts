import { COUNTRIES } from '../calls/countries.ts';
import { nearest } from './nearest.ts';

/** What was meant, or what it was probably a mistake for. */
export type ReadName = { value: string } | { nearest: string | undefined };

/** Every zone that this Node knows, and UTC, which it does not list. */
const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

const plain = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ');

/** Reads an IANA zone as people write it: `Asia/Shanghai`, `asia/shanghai`, `Shanghai`, `Sao Paulo`. */
export function readZone(text: string): ReadName {
  const typed = plain(text);
  const found =
    ZONES.find((zone) => plain(zone) === typed) ?? ZONES.find((zone) => plain(cityOf(zone)) === typed);
  if (found !== undefined) return { value: found };
  // A zone under a name that is not listed, such as Asia/Calcutta.
  if (text.includes('/') && isZone(text.trim())) return { value: text.trim() };
  const city = nearest(typed, ZONES.map(cityOf).map(plain));
  return { nearest: nearest(typed, ZONES) ?? ZONES.find((zone) => plain(cityOf(zone)) === city) };
}

const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1);

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Reads a country by its code or its name in English or in `locale`: `CN`, `China`, `中国`. Gives ISO 3166-1 alpha-2. */
export function readCountry(text: string, locale: string): ReadName {
  const typed = plain(text);
  const names = new Map(
    ['en', locale].flatMap((language) => {
      const display = new Intl.DisplayNames([language], { type: 'region' });
      return COUNTRIES.map((code): [string, string] => [plain(display.of(code) ?? code), code]);
    }),
  );
  const value = COUNTRIES.find((code) => code.toLowerCase() === typed) ?? names.get(typed);
  if (value !== undefined) return { value };
  const name = nearest(typed, [...names.keys()]);
  return { nearest: name === undefined ? undefined : names.get(name) };
}

export const countryName = (code: string, locale: string): string =>
  new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code;
