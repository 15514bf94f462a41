import { identifyCaller } from './caller.ts';
import { numberWritings } from './number-writings.ts';

/** Codes of media and of social platforms: those that are documented, and room for more. */
const CODES = ['?', ...Array.from({ length: 100 }, (_, code) => String(code))];

/**
 * Every key under which the desk may know a caller that a person names: a telephone number in any writing, read in
 * `country` (ISO 3166-1 alpha-2; null: none) and as it was read before the country was known, or the id of a user on any
 * platform. Empty where what they typed is no caller.
 */
export function callerKeys(typed: string, country: string | null): string[] {
  const id = typed.trim();
  const source = { callerNo: id, mediaType: null, subMediaType: null };
  const keys = [country, null].map((home) => identifyCaller(source, home).key);
  if (keys.every((key) => key === null)) return [];
  const isNumber = keys.some((key) => key !== null && /^(?:tel|num):/.test(key));
  const writings = isNumber ? numberWritings(id, country).map((digits) => `num:${digits}`) : [];
  const others = CODES.flatMap((code) => [`social:${code}:${id}`, `id:${code}:${id}`]);
  return [...new Set([...keys.filter((key) => key !== null), ...writings, ...others])];
}
