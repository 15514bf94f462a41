/** Work that has been begun and not ended, by name: nothing is begun twice, and a stop can wait for all of it. */
export interface InHand {
  has(name: string): boolean;
  readonly size: number;
  /** Begins unless that name is in hand; the promise never rejects, `onError` is told instead. */
  run(name: string, work: () => Promise<void>): Promise<void>;
  /** Resolves once nothing is in hand. */
  idle(): Promise<void>;
}

export function createInHand(onError: (error: unknown, name: string) => void): InHand {
  const works = new Map<string, Promise<void>>();

  return {
    has: (name) => works.has(name),
    get size() {
      return works.size;
    },
    run(name, work) {
      const begun = works.get(name);
      if (begun) return begun;
      const done = work()
        .catch((error: unknown) => onError(error, name))
        .finally(() => works.delete(name));
      works.set(name, done);
      return done;
    },
    async idle() {
      while (works.size > 0) await Promise.all(works.values());
    },
  };
}
