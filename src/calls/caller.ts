import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { isPhoneMedium, SOCIAL_CHAT } from './media.ts';
import type { MissedCallRow } from './missed-call.ts';

/** How a caller is shown. */
export interface CallerDisplay {
  /** phone: can be dialled; social: a user's id on a platform; other: an id of another medium (mail, fax, chat); withheld: no number. */
  kind: 'phone' | 'social' | 'other' | 'withheld';
  /** What to show: the international form of a number, the id as it came, or "" when withheld. */
  text: string;
  /** E.164, only for a phone number that libphonenumber-js holds valid. */
  e164: string | null;
}

/** What a call says of who called. */
export type CallerSource = Pick<MissedCallRow, 'callerNo' | 'mediaType' | 'subMediaType'>;

/**
 * Who called, comparable within a VDN; key null when the call does not say. `country` (ISO 3166-1 alpha-2) is where
 * national numbers belong; null or unknown: numbers without `+` or `00` are compared as digits.
 * Keys: `tel:+…` (E.164), `num:…` (digits), `social:<subMediaType>:<id>`, `id:<mediaType>:<id>`; an absent code is `?`.
 */
export function identifyCaller(source: CallerSource, country: string | null): { key: string | null } {
  const caller = readCaller(source, country);
  const code = (value: number | null) => value ?? '?';
  switch (caller.kind) {
    case 'withheld':
      return { key: null };
    case 'phone':
      return { key: caller.e164 ? `tel:${caller.e164}` : `num:${caller.digits}` };
    case 'social':
      return { key: `social:${code(source.subMediaType)}:${caller.text}` };
    case 'other':
      return { key: `id:${code(source.mediaType)}:${caller.text}` };
  }
}

/** How to show who called; `country` as for identifyCaller. The text is the contact centre's: escape it. */
export function displayCaller(source: CallerSource, country: string | null): CallerDisplay {
  const { kind, text, e164 } = readCaller(source, country);
  return { kind, text: e164 === null ? text : international(e164), e164 };
}

// Apart from reading who called: a page of calls is read whole, and ten callers of it are shown.
const international = (e164: string) => parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;

type Caller = CallerDisplay & { digits: string };

function readCaller({ callerNo, mediaType }: CallerSource, country: string | null): Caller {
  const text = callerNo.trim();
  if (isWithheld(text)) return { kind: 'withheld', text: '', e164: null, digits: '' };
  if (mediaType === SOCIAL_CHAT) return { kind: 'social', text, e164: null, digits: '' };
  if (isPhoneMedium(mediaType) && isNumberLike(text)) return readPhone(text, country);
  return { kind: 'other', text, e164: null, digits: '' };
}

/** What telephone systems put where a number is missing. */
const WITHHELD =
  /^(anonymous(@.*)?|unknown|withheld|private( number)?|unavailable|restricted|blocked|null|nil|none|undefined|n\/?a)$/i;
const NOTHING_BUT_PUNCTUATION = /^[^\p{L}\p{N}]*$/u;
const NOTHING_BUT_ZEROS = /^[+\s().\-/]*0[0\s().\-/]*$/;

const isWithheld = (text: string) =>
  NOTHING_BUT_PUNCTUATION.test(text) || NOTHING_BUT_ZEROS.test(text) || WITHHELD.test(text);

const NUMBER = /^\(?\+?[\d\s().\-/]+$/;
/** E.164 allows 15 digits; two or more for a prefix before them, such as `00` or a trunk's. */
const MOST_DIGITS = 17;

const digitsOf = (text: string) => text.replace(/\D/g, '');
const isNumberLike = (text: string) => NUMBER.test(text) && digitsOf(text).length <= MOST_DIGITS;

function readPhone(text: string, country: string | null): Caller {
  const dialled = text.replace(/[^\d+]/g, '');
  const home = country !== null && isSupportedCountry(country) ? country : null;
  const parsed = parse(dialled, home);
  const digits = parsed?.homeDigits ?? digitsOf(dialled);
  return { kind: 'phone', text, e164: parsed?.e164 ?? null, digits };
}

interface ParsedPhone {
  e164: string | null;
  /** For a number of the VDN's own country that is not valid: its digits without any prefix, so that writings of it agree. */
  homeDigits: string | null;
}

function parsePhone(dialled: string, home: CountryCode | null): ParsedPhone | null {
  const options = home ? { defaultCountry: home, extract: false } : { extract: false };
  // `00` stands for `+` in what most networks hand over, wherever the VDN is; a country's own prefix the library knows.
  const abroad = dialled.startsWith('00')
    ? parsePhoneNumberFromString(`+${dialled.slice(2)}`, options)
    : undefined;
  // Without a country only `+` tells where a number belongs; the library says no to others, but takes its time for it.
  const parseAtHome = () =>
    home === null && !dialled.startsWith('+') ? undefined : parsePhoneNumberFromString(dialled, options);
  const number = abroad?.isValid() ? abroad : parseAtHome();
  if (!number) return null;
  if (number.isValid()) {
    return { e164: number.number, homeDigits: null };
  }
  return { e164: null, homeDigits: homeDigits(number, home) };
}

function homeDigits(number: PhoneNumber, home: CountryCode | null): string | null {
  if (home === null || !number.isPossible()) return null;
  const example = parsePhoneNumberFromString(`${number.nationalNumber}`, {
    defaultCountry: home,
    extract: false,
  });
  return example?.number === number.number ? number.nationalNumber : null;
}

// A page has thousands of rows and few callers; what was parsed last is kept, in memory only.
const MOST_REMEMBERED = 10_000;
const remembered = new Map<string, ParsedPhone | null>();

function parse(dialled: string, home: CountryCode | null): ParsedPhone | null {
  const key = `${home ?? ''} ${dialled}`;
  let parsed = remembered.get(key);
  if (parsed === undefined) {
    parsed = parsePhone(dialled, home);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, parsed);
  }
  return parsed;
}
