/** What work learns of those who wait for it. */
export interface Shared {
  /** To be called when the work begins: from then on nobody joins it. */
  begun(): void;
  /** Aborted, with the last one's reason, once all have left who waited for the work. */
  signal: AbortSignal;
}

/**
 * Runs work, or joins the same work that somebody else has ordered and that has not begun: what it will find is as fresh.
 * Whoever brings a signal leaves when it is aborted, and fails with its reason. That is at once, but for the last one of
 * work that has begun: it is called off and ends by itself, and then nothing of it goes on any more.
 */
export type Share<T> = (
  /** What the work is. */
  key: string,
  work: (shared: Shared) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>;

interface Order<T> {
  result: Promise<T>;
  waiting: number;
  isOpen: boolean;
  close(): void;
  calledOff: AbortController;
}

export function createShare<T>(): Share<T> {
  const open = new Map<string, Order<T>>();

  function place(key: string, work: (shared: Shared) => Promise<T>): Order<T> {
    const { promise: result, resolve, reject } = Promise.withResolvers<T>();
    const calledOff = new AbortController();
    const close = () => {
      order.isOpen = false;
      if (open.get(key) === order) open.delete(key);
    };
    const order: Order<T> = { result, waiting: 0, isOpen: true, close, calledOff };
    open.set(key, order);
    work({ begun: close, signal: calledOff.signal }).finally(close).then(resolve, reject);
    return order;
  }

  return async (key, work, signal) => {
    signal?.throwIfAborted();
    const order = open.get(key) ?? place(key, work);
    order.waiting++;
    return signal ? await untilLeft(order, signal) : await order.result;
  };
}

async function untilLeft<T>(order: Order<T>, signal: AbortSignal): Promise<T> {
  const left = Promise.withResolvers<never>();
  const leave = () => {
    order.waiting--;
    const isLast = order.waiting === 0;
    if (order.isOpen || !isLast) left.reject(signal.reason);
    if (!isLast) return;
    order.close();
    order.calledOff.abort(signal.reason);
  };
  signal.addEventListener('abort', leave);
  try {
    return await Promise.race([order.result, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
