import { setTimeout as pause } from 'node:timers/promises';
import sqlite3 from 'sqlite3';

/** Looks into a database file that another process writes to, and only looks. */
export interface Watch {
  all<T>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  /** Asks again and again until there is a row. Gives the first one, and when it was seen (as by performance.now()). */
  until<T>(sql: string, everyMs: number): Promise<{ row: T; at: number }>;
  close(): Promise<void>;
}

export function watchDatabase(file: string): Watch {
  const database = new sqlite3.Database(file, sqlite3.OPEN_READONLY);
  const all = <T>(sql: string, values: readonly unknown[] = []) =>
    new Promise<T[]>((resolve, reject) => {
      database.all<T>(sql, values, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  return {
    all,
    async until<T>(sql: string, everyMs: number) {
      for (;;) {
        const [row] = await all<T>(sql);
        if (row !== undefined) return { row, at: performance.now() };
        await pause(everyMs);
      }
    },
    close: () => new Promise((resolve) => database.close(() => resolve())),
  };
}
