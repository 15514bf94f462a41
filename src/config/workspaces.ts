import type { Granted } from '../calls/granted.ts';

const entryForm = /^(?<team>T[A-Z0-9]{2,20})=(?<vdns>\*|\d+(?:\+\d+)*)$/;
const HIGHEST_VDN = 5000;

/** Reads `T012AB3CD=159+160,T045EF6GH=*`. `problem` is a sentence's end that names the entry. */
export function parseWorkspaces(text: string): { workspaces: Map<string, Granted>; problem?: string } {
  const workspaces = new Map<string, Granted>();
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const { team, vdns } = entryForm.exec(entry)?.groups ?? {};
    if (team === undefined || vdns === undefined)
      return fail(`must look like T012AB3CD=159+160, or T012AB3CD=* for any VDN, not "${entry}"`);
    if (workspaces.has(team)) return fail(`names ${team} twice`);
    const numbers = vdns === '*' ? [] : vdns.split('+').map(Number);
    const strange = numbers.find((number) => number < 1 || number > HIGHEST_VDN);
    if (strange !== undefined) return fail(`gives ${team} VDN ${strange}; VDNs are 1 to ${HIGHEST_VDN}`);
    workspaces.set(team, vdns === '*' ? 'any' : [...new Set(numbers)]);
  }
  return workspaces.size > 0 ? { workspaces } : fail('names no workspace');
}

const fail = (problem: string) => ({ workspaces: new Map<string, Granted>(), problem });
