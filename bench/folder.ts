import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { migrate, openDatabase } from '../src/storage/database.ts';

/** A folder for one measurement's databases; gone with it. */
export interface Folder extends Disposable {
  /** A new database file with the desk's tables. `fill` may write what the desk finds there when it starts. */
  database(name: string, fill?: (knex: Knex) => Promise<void>): Promise<Database>;
}

export interface Database {
  file: string;
  /** As DATABASE_URL. */
  url: string;
}

export function openFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'desk-bench-'));
  const remove = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    async database(name, fill) {
      const file = join(path, `${name}.db`);
      const url = `sqlite:${file}`;
      const knex = await openDatabase(url);
      await migrate(knex);
      await fill?.(knex);
      await knex.destroy();
      return { file, url };
    },
    [Symbol.dispose]() {
      process.off('exit', remove);
      remove();
    },
  };
}
