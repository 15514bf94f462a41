import { getCountries } from 'libphonenumber-js/max';

/** Whose numbers can be read: ISO 3166-1 alpha-2. */
export const COUNTRIES: readonly string[] = getCountries();
