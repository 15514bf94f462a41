/** Work by key: what has the same key comes one after the other, and only so many keys are worked on at the same time. */
export interface Lanes {
  /** Whether work of that key is in hand or waiting. */
  has(key: string): boolean;
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves once nothing is in hand. */
  idle(): Promise<void>;
}

export function createLanes(atOnce: number): Lanes {
  const lanes = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let free = atOnce;

  async function bounded<T>(work: () => Promise<T>): Promise<T> {
    if (free > 0) free -= 1;
    else await new Promise<void>((goOn) => waiting.push(goOn));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  }

  return {
    has: (key) => lanes.has(key),
    run(key, work) {
      const turn = (lanes.get(key) ?? Promise.resolve()).then(() => bounded(work));
      const settled = turn
        .catch(() => {}) // Whoever asked for it hears of it.
        .then(() => {
          if (lanes.get(key) === settled) lanes.delete(key);
        });
      lanes.set(key, settled);
      return turn;
    },
    async idle() {
      while (lanes.size > 0) await Promise.all(lanes.values());
    },
  };
}
