import { type Finding, failed, ok, warning } from './finding.ts';

const MIB = 1024 * 1024;
/** Below this a busy day, its write-ahead log and a backup may no longer fit. */
const LITTLE_BYTES = 1024 * MIB;
const TOO_LITTLE_BYTES = 100 * MIB;
const REMEDY =
  'Make room there, set RETENTION_DAYS, or let DATABASE_URL name a place that has more. When it is full nothing new is kept.';

/** Whether there is room for the database file to grow. */
export function spaceFindings(freeBytes: number, place: string): Finding[] {
  const free = `${bytesInWords(freeBytes)} are free where ${place} is.`;
  const facts = { freeBytes };
  if (freeBytes < TOO_LITTLE_BYTES)
    return [failed('database.space', 'too-little', `Only ${free}`, REMEDY, facts)];
  if (freeBytes < LITTLE_BYTES) return [warning('database.space', 'little', `Only ${free}`, REMEDY, facts)];
  return [ok('database.space', 'enough', free, facts)];
}

/** `812 MiB`, `12.4 GiB`. */
export function bytesInWords(bytes: number): string {
  const mib = bytes / MIB;
  if (mib < 1024) return `${Math.floor(mib)} MiB`;
  const gib = mib / 1024;
  return `${gib < 100 ? gib.toFixed(1) : Math.round(gib)} GiB`;
}
