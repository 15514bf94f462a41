import { readFile, writeFile } from 'node:fs/promises';

const fileFor = (database: string) => `${database}.clock`;

/** What the clock showed when the sandbox with this database ended (epoch ms): it may have been put forward, and time never goes back. */
export async function readKeptClock(database: string): Promise<number> {
  const text = await readFile(fileFor(database), 'utf8').catch(() => '');
  return Date.parse(text.trim()) || 0;
}

export const keepClock = (database: string, now: number): Promise<void> =>
  writeFile(fileFor(database), `${new Date(now).toISOString()}\n`);
