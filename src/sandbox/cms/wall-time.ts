/** The contact centre's way to write times: `yyyy-MM-dd HH:mm:ss`. */

const form = /^(?<date>\d{4}-\d\d-\d\d) (?<time>\d\d:\d\d:\d\d)$/;

/** Epoch milliseconds of a UTC time; undefined when it is not of the form, or no time of the calendar. */
export const parseUtc = (text: string): number | undefined => {
  const { date, time } = form.exec(text)?.groups ?? {};
  const at = Date.parse(`${date}T${time}Z`);
  return !Number.isNaN(at) && formatUtc(at) === text ? at : undefined;
};

const formatUtc = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** Writes epoch milliseconds in a zone. Throws a RangeError when the zone is not an IANA name. */
export const formatterFor = (timeZone: string): ((at: number) => string) => {
  // Swedish is the locale whose dates are ISO's.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return timeZone === 'UTC' ? formatUtc : (at) => format.format(at);
};

/** 00:00 of the day in a zone, epoch milliseconds. Where the zone changes its clocks that day it may be off by as much. */
export const startOfDay = (now: number, timeZone: string): number => {
  const [, time = '00:00:00'] = formatterFor(timeZone)(now).split(' ');
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return Math.floor(now / 1000) * 1000 - (hours * 3600 + minutes * 60 + seconds) * 1000;
};
