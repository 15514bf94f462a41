import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { displayCaller } from './caller.ts';

/**
 * The ways in which a contact centre may have written a telephone number down, as digits, most likely first: as it came,
 * with its country's code, as it is dialled in `country` (ISO 3166-1 alpha-2). One to three; none where there are no digits.
 */
export function numberWritings(callerNo: string, country: string | null): string[] {
  const { e164 } = displayCaller({ callerNo, mediaType: null, subMediaType: null }, country);
  const writings = [callerNo.replace(/\D/g, '')];
  const number = e164 === null ? undefined : parsePhoneNumberFromString(e164);
  if (number) {
    writings.push(number.number.slice(1));
    const home = country !== null && isSupportedCountry(country) ? country : undefined;
    if (home && number.getPossibleCountries().includes(home)) {
      writings.push(number.formatNational().replace(/\D/g, ''));
    }
  }
  return [...new Set(writings)].filter((digits) => digits !== '');
}
