/** Runs work, or joins the same work that somebody else has ordered and that has not begun: what it will find is as fresh. */
export type Share<T> = (
  /** What the work is; undefined: not to be shared. */
  key: string | undefined,
  /** `begun` is to be called when the work begins: from then on nobody joins it. */
  work: (begun: () => void) => Promise<T>,
) => Promise<T>;

export function createShare<T>(): Share<T> {
  const waiting = new Map<string, Promise<T>>();

  return (key, work) => {
    if (key === undefined) return work(() => {});
    const same = waiting.get(key);
    if (same) return same;
    let mine: Promise<T> | undefined;
    let hasBegun = false;
    const leave = () => {
      hasBegun = true;
      if (mine && waiting.get(key) === mine) waiting.delete(key);
    };
    mine = work(leave);
    if (!hasBegun) waiting.set(key, mine);
    mine.then(leave, leave);
    return mine;
  };
}
