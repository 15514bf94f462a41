/**
 * What only one may do at a time, in any number of processes that share a database. A lease has an owner and an end: it is
 * renewed while the work goes on, and when its owner dies it ends by itself.
 */
export interface Leases {
  /** Waits for its turn, in the order of asking within a process, and does the work. */
  hold<T>(name: string, work: (held: Held) => Promise<T>, waiting?: Waiting): Promise<T>;
  /** Does the work unless somebody is at it already: then `taken`. */
  tryHold<T>(name: string, work: (held: Held) => Promise<T>): Promise<{ done: T } | 'taken'>;
}

export interface Held {
  /**
   * Aborted when the lease was lost: it could not be renewed before its end, and somebody else may have it. What is written
   * must be guarded all the same, since a process can sleep through the moment.
   */
  signal: AbortSignal;
  /** The work comes along; whoever waits for the lease hears of it. */
  sign(): void;
}

export interface Waiting {
  /** Gives up waiting when it is aborted, with its reason. */
  signal?: AbortSignal;
  /** Whoever holds it has given a sign. */
  onSign?: () => void;
}
