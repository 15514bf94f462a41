import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Knex } from 'knex';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { MIGRATED } from './postgres-server.ts';

/** A PostgreSQL database for one test or one file. */
export interface TestDatabase {
  /** As DATABASE_URL would name it, for this process or a child. */
  url: string;
  /** Ends whatever is still connected, and removes it. */
  drop(): Promise<void>;
}

/** A new database of its own with the schema and nothing in it; `blank`: without the schema. */
export async function emptyPostgres(what: 'migrated' | 'blank' = 'migrated'): Promise<TestDatabase> {
  const server = await postgresServer();
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const template = what === 'migrated' ? MIGRATED : 'template0';
  await asAdmin(`create database ${name} template ${template}`);
  return {
    url: `${server}/${name}`,
    drop: () => asAdmin(`drop database if exists ${name} with (force)`),
  };
}

/** Runs one statement as the server's superuser. */
export async function asAdmin(sql: string, database = 'postgres'): Promise<void> {
  const client = new pg.Client(`${await postgresServer()}/${database}`);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * For a file of tests that all use one database, one after the other: gives a connection to it, emptied. Whoever asked
 * destroys it.
 */
export function onPostgres(): () => Promise<Knex> {
  let database: TestDatabase | undefined;
  afterAll(() => database?.drop());
  return async () => {
    database ??= await emptyPostgres();
    const knex = await openDatabase(database.url);
    await emptied(knex);
    return knex;
  };
}

async function emptied(knex: Knex): Promise<void> {
  const tables: string[] = await knex('pg_tables')
    .where('schemaname', 'public')
    .whereNot('tablename', 'like', 'knex_%')
    .pluck('tablename');
  await knex.raw(`truncate ${tables.join(', ')} restart identity`);
}

/** The address of the run's server, without a database's name. */
export async function postgresServer(): Promise<string> {
  const answer = await text(connect(inject('postgresDoor'), '127.0.0.1'));
  if (!answer.startsWith('postgres://')) throw new Error(answer);
  return answer;
}
