import { setTimeout as pause } from 'node:timers/promises';

export interface Load {
  perSecond: number;
  seconds: number;
}

/**
 * Fires by the clock and not after the answer before, as people do: a slow answer holds nobody up, and everything that
 * it delays is counted. Resolves with all results in the order of firing.
 */
export async function openLoop<T>(
  { perSecond, seconds }: Load,
  fire: (number: number) => Promise<T>,
): Promise<T[]> {
  const began = performance.now();
  const results: Promise<T>[] = [];
  for (let number = 0; number < perSecond * seconds; number += 1) {
    const waitMs = began + (number * 1000) / perSecond - performance.now();
    if (waitMs > 0) await pause(waitMs);
    results.push(fire(number));
  }
  return Promise.all(results);
}
