import { crc32 } from 'node:zlib';
import type { Seam } from '../../src/work/seam.ts';

/** A seam of what happens in a turn: the n-th time (from 1) that a desk comes by there, whichever it is. */
export interface PlacedSeam {
  seam: Seam;
  nth: number;
}

/** `claim: before commit of update callbacks set state (2)`: by this name it is printed, and run again. */
export const seamName = (turn: string, { seam, nth }: PlacedSeam): string =>
  `${turn}: ${seam}${nth > 1 ? ` (${nth})` : ''}`;

/**
 * What one run of a turn has come by, each in order of its first coming. `byDesk`: what each desk has told. `sparing` leaves
 * out each `after` that is always followed at once by the same desk's next `before`: nothing lies between them, and a desk
 * that dies at either leaves the same behind.
 */
export function placed(byDesk: readonly (readonly Seam[])[], sparing: boolean): PlacedSeam[] {
  const times = new Map<Seam, number>();
  const spared = new Map<Seam, number>();
  const add = (to: Map<Seam, number>, seam: Seam) => void to.set(seam, (to.get(seam) ?? 0) + 1);
  for (const seams of byDesk)
    for (const [n, seam] of seams.entries()) {
      add(times, seam);
      if (seam.startsWith('after ') && seams[n + 1]?.startsWith('before ')) add(spared, seam);
    }
  return [...times].flatMap(([seam, count]) =>
    sparing && spared.get(seam) === count
      ? []
      : Array.from({ length: count }, (_, before) => ({ seam, nth: before + 1 })),
  );
}

/** What every one of several runs has come by. */
export function inAll(runs: readonly (readonly PlacedSeam[])[]): PlacedSeam[] {
  const [first = [], ...others] = runs;
  return first.filter(({ seam, nth }) =>
    others.every((run) => run.some((one) => one.seam === seam && one.nth === nth)),
  );
}

/**
 * What desks do by the beat or after minutes, whatever happens in a turn: leases that polls take, and what Slack said and the desk
 * remembers for a while. Desks are killed there, too, the first time that they come by; they need not come by in every turn.
 */
const NOW_AND_THEN =
  /\b(leases|insert into settings|users\.info|usergroups\.|conversations\.(info|members)|delete from paces)\b/;

/** Whether a seam of that name is to be come by in every turn. */
export const isOwed = (name: string): boolean => !NOW_AND_THEN.test(name);

/** Deals seams out by their names: each belongs to one of so many parts (from 0), to others with another seed. */
export const isInPart = (name: string, { seed, part, of }: { seed: number; part: number; of: number }) =>
  (crc32(name) + seed) % of === part;
