import { EventEmitter } from 'node:events';

/** Tells whoever waits that something in the workspace has changed. */
export interface Changes {
  /** Something changed: every waiting look is taken again. */
  tell(): void;
  /** Calls the listener after each change until the function that it gives is called. */
  watch(listener: () => void): () => void;
  /**
   * The first truthy value that `look` gives; it is taken now and after each change, never by polling.
   * Rejects with an Error after `timeoutMs` (default 5,000, real time).
   */
  settled<T>(look: () => T, timeoutMs?: number): Promise<NonNullable<T>>;
}

export function openChanges(): Changes {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);

  return {
    tell: () => void emitter.emit('change'),
    watch(listener) {
      emitter.on('change', listener);
      return () => void emitter.off('change', listener);
    },
    settled: <T>(look: () => T, timeoutMs = 5_000) =>
      new Promise<NonNullable<T>>((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          emitter.off('change', check);
        };
        const check = () => {
          try {
            const value = look();
            if (!value) return;
            stop();
            resolve(value);
          } catch (error) {
            stop();
            reject(error);
          }
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`What was waited for did not happen within ${timeoutMs} ms: ${look}`));
        }, timeoutMs);
        emitter.on('change', check);
        check();
      }),
  };
}
