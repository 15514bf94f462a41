import type { Clock } from '../../src/clock.ts';

/** What happened in a world, in order: what one reads when it has failed. */
export interface Happening {
  /** By the world's clock, epoch ms. */
  at: number;
  who: string;
  what: string;
}

export interface Happenings {
  add(who: string, what: string): void;
  readonly list: readonly Happening[];
  /** The last so many, a line each. */
  timeline(most: number): string;
}

export function createHappenings(clock: Clock): Happenings {
  const list: Happening[] = [];
  return {
    add: (who, what) => void list.push({ at: clock.now(), who, what }),
    list,
    timeline: (most) =>
      list
        .slice(-most)
        .map(({ at, who, what }) => `${new Date(at).toISOString().slice(11, 23)}  ${who.padEnd(12)}  ${what}`)
        .join('\n'),
  };
}
