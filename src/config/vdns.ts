import type { Vdn } from '../calls/vdn.ts';

const entryForm = /^(?<number>\d+)(?:=(?<name>[^@:,]+))?(?:@(?<zone>[^:,]+))?(?::(?<country>[A-Za-z]{2}))?$/;
const HIGHEST_VDN = 5000;

/** Reads `159=Support@Asia/Shanghai:CN,160=Sales`. `problem` is a sentence's end that names the entry. */
export function parseVdns(
  text: string,
  isTimeZone: (name: string) => boolean,
): { vdns: Vdn[]; problem?: string } {
  const vdns: Vdn[] = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const parts = entryForm.exec(entry)?.groups;
    if (!parts) return fail(`must look like 159=Support@Asia/Shanghai:CN, not "${entry}"`);
    const number = Number(parts.number);
    if (number < 1 || number > HIGHEST_VDN)
      return fail(`names VDN ${parts.number}; VDNs are 1 to ${HIGHEST_VDN}`);
    const timeZone = parts.zone?.trim() ?? null;
    if (timeZone !== null && !isTimeZone(timeZone)) {
      return fail(
        `gives VDN ${number} the zone "${timeZone}", which is not an IANA time zone such as Asia/Shanghai`,
      );
    }
    if (vdns.some((vdn) => vdn.number === number)) return fail(`names VDN ${number} twice`);
    const name = parts.name?.trim() || null;
    if (name !== null && vdns.some((vdn) => vdn.name?.toLowerCase() === name.toLowerCase())) {
      return fail(`gives two VDNs the name "${name}"`);
    }
    vdns.push({ number, name, timeZone, country: parts.country?.toUpperCase() ?? null });
  }
  return { vdns };
}

const fail = (problem: string) => ({ vdns: [], problem });
