import type { Vdn } from '../calls/vdn.ts';
import { isTimeZone } from '../calls/wall-time.ts';

/** The zone that "today" is understood in, and whose it is. UTC, where nobody has one, counts as the asker's. */
export interface QuestionZone {
  /** IANA. */
  timeZone: string;
  of: 'vdn' | 'asker';
}

/** The VDN's zone, else the asker's (`askerZone` as Slack has it; null when unknown), else UTC. Zones unknown here are passed over. */
export function zoneFor(vdn: Pick<Vdn, 'timeZone'>, askerZone: string | null): QuestionZone {
  if (vdn.timeZone !== null && isTimeZone(vdn.timeZone)) return { timeZone: vdn.timeZone, of: 'vdn' };
  const known = askerZone !== null && isTimeZone(askerZone);
  return { timeZone: known ? askerZone : 'UTC', of: 'asker' };
}
