import {
  type Fault,
  type FaultKind,
  type FaultOptions,
  faultOptionsSchema,
  faultSchema,
  type Interface,
  replacesTheAnswer,
} from './fault.ts';

export interface ActiveFault {
  id: number;
  fault: Fault;
  /** Requests that it still concerns; null: until it is cleared. */
  left: number | null;
  /** null: any VDN. */
  vdn: number | null;
  /** Left out: whatever is asked for. */
  of?: Interface;
}

/** Of one kind, what a request meets; undefined when nothing of it is asked for. */
export type FaultOfKind = <K extends FaultKind>(kind: K) => Extract<Fault, { kind: K }> | undefined;

/** The faults of a stand-in contact centre. Those that take the answer's place come one after the other, in the order they were added. */
export interface Faults {
  /** Throws a ZodError when it is not a fault, an Error when it can never happen. Returns the id to clear it by. */
  add(fault: Fault, options?: FaultOptions): number;
  /** Ends one, or all; how many they were. */
  clear(id?: number): number;
  active(): readonly ActiveFault[];
  /** Whether to drop the connection before the request is read; uses the fault up. */
  takeDropBeforeReading(): boolean;
  /** What a request for `asked` meets; `vdn` is null when the request names none. Uses the faults up. */
  take(vdn: number | null, asked: Interface): Fault[];
}

export const createFaults = (): Faults => {
  let faults: ActiveFault[] = [];
  let added = 0;

  const use = (used: readonly ActiveFault[]) => {
    for (const one of used) if (one.left !== null) one.left -= 1;
    faults = faults.filter((one) => one.left !== 0);
  };

  return {
    add(fault, options = {}) {
      const { next = null, vdn = null, of } = faultOptionsSchema.parse(options);
      const parsed = faultSchema.parse(fault);
      if ((vdn !== null || of !== undefined) && isDropBeforeReading(parsed))
        throw new Error('a connection that is dropped before reading cannot be of one VDN, or for one thing');
      added += 1;
      faults.push({ id: added, fault: parsed, left: next, vdn, ...(of && { of }) });
      return added;
    },
    clear(id) {
      const before = faults.length;
      faults = id === undefined ? [] : faults.filter((one) => one.id !== id);
      return before - faults.length;
    },
    active: () => faults.map((one) => ({ ...one })),
    takeDropBeforeReading() {
      const first = faults.find(
        (one) => one.vdn === null && one.of === undefined && replacesTheAnswer(one.fault),
      );
      if (!first || !isDropBeforeReading(first.fault)) return false;
      use([first]);
      return true;
    },
    take(vdn, asked) {
      const concerned = faults.filter(
        (one) =>
          (one.vdn === null || one.vdn === vdn) &&
          (one.of === undefined || one.of === asked) &&
          !isDropBeforeReading(one.fault),
      );
      const replacing = concerned.find((one) => replacesTheAnswer(one.fault));
      const met = concerned.filter((one) => one === replacing || !replacesTheAnswer(one.fault));
      use(met);
      return met.map((one) => one.fault);
    },
  };
};

/** Finds what was met by its kind: the first, where one was added twice. */
export const byKind =
  (met: readonly Fault[]): FaultOfKind =>
  <K extends FaultKind>(kind: K) =>
    met.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind);

const isDropBeforeReading = (fault: Fault) => fault.kind === 'drop' && fault.when === 'before-reading';
