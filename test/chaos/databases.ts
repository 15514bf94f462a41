import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { MIGRATED, startPostgres } from '../storage/postgres-server.ts';

/** A database for one world. */
export interface WorldDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A PostgreSQL of its own, for what runs outside of vitest. */
export interface Databases {
  make(): Promise<WorldDatabase>;
  stop(): Promise<void>;
}

export async function openDatabases(): Promise<Databases> {
  const server = await startPostgres();
  async function admin(sql: string): Promise<void> {
    const client = new pg.Client(`${server.url}/postgres`);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
  return {
    async make() {
      const name = `chaos_${randomUUID().replaceAll('-', '')}`;
      await admin(`create database ${name} template ${MIGRATED}`);
      return {
        url: `${server.url}/${name}`,
        drop: () => admin(`drop database if exists ${name} with (force)`),
      };
    },
    stop: () => server.stop(),
  };
}
