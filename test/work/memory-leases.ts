import type { LeaseStore } from '../../src/work/leases.ts';

/** Leases as the database keeps them: by real time, of which vitest lets hours pass at once. */
export function memoryLeases(): LeaseStore & { names(): string[]; endAll(): void } {
  const leases = new Map<string, { owner: string; endsAt: number; signs: number }>();
  const mine = (name: string, owner: string) => {
    const lease = leases.get(name);
    return lease?.owner === owner ? lease : undefined;
  };
  return {
    names: () => [...leases.keys()],
    endAll() {
      for (const lease of leases.values()) lease.endsAt = 0;
    },
    async take(name, owner, forMs) {
      const lease = leases.get(name);
      if (lease && lease.endsAt > performance.now()) return false;
      leases.set(name, { owner, endsAt: performance.now() + forMs, signs: 0 });
      return true;
    },
    async renew(name, owner, forMs, signs) {
      const lease = mine(name, owner);
      if (lease) Object.assign(lease, { endsAt: performance.now() + forMs, signs });
      return lease !== undefined;
    },
    async release(name, owner) {
      if (mine(name, owner)) leases.delete(name);
    },
    signs: async (name) => leases.get(name)?.signs ?? 0,
  };
}
