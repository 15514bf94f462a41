import type { Log } from '../log.ts';

/** Warns that the contact centre counts other calls of a VDN than it lists: once, not once a sync. */
export type CountWatch = (vdn: number, found: { total: number; listed: number }) => void;

export function createCountWatch(log: Log): CountWatch {
  const told = new Set<number>();
  return (vdn, found) => {
    if (told.has(vdn)) return;
    told.add(vdn);
    log.warn(
      { vdn, ...found },
      'The contact centre counts more calls of a VDN than it lists, again and again: what it lists is taken for all',
    );
  };
}
