import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';

const GREEN = { id: 1, name: 'Green' };
const BLACK = { id: 2, name: 'Black' };

let folder: string;
let knex: Knex;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-'));
  knex = await openDatabase(`sqlite:${join(folder, 'desk.db')}`);
  await knex.schema.createTable('people', (t) => {
    t.integer('id').primary();
    t.text('name');
  });
  await knex('people').insert(GREEN);
});
afterEach(async () => {
  await knex.destroy();
  rmSync(folder, { recursive: true, force: true });
});

describe('reading a database file', () => {
  it('does not wait for a transaction, and sees what is committed', async () => {
    await knex.transaction(async (trx) => {
      await trx('people').insert(BLACK);
      expect(await knex('people').select('*')).toEqual([GREEN]);
      expect(await knex('people').first('name')).toEqual({ name: 'Green' });
      expect(await knex('people').pluck('name')).toEqual(['Green']);
      expect(await knex('people').count<{ n: number }[]>('* as n')).toEqual([{ n: 1 }]);
    });
    expect(await knex('people').orderBy('id')).toEqual([GREEN, BLACK]);
  });

  it('in a transaction sees what that transaction has written', async () => {
    const seen = await knex.transaction(async (trx) => {
      await trx('people').insert(BLACK);
      return await trx('people').orderBy('id').pluck('name');
    });
    expect(seen).toEqual(['Green', 'Black']);
  });

  it('sees each write as soon as it is done', async () => {
    for (let id = 2; id <= 100; id += 1) {
      await knex('people').insert({ id, name: `${id}` });
      expect(await knex('people').where({ id }).first('name')).toEqual({ name: `${id}` });
    }
  });

  it('is told of to whoever listens, as writing is', async () => {
    const heard: string[] = [];
    knex.on('query', ({ sql }: { sql: string }) => heard.push(sql));
    await knex('people').select('name');
    await knex('people').insert(BLACK);
    expect(heard).toEqual([
      'select `name` from `people`',
      'insert into `people` (`id`, `name`) values (?, ?)',
    ]);
  });

  it('keeps a failed statement without its values', async () => {
    await expect(knex('nobody').where({ name: 'Green' })).rejects.toThrow(
      'select * from `nobody` where `name` = ? - SQLITE_ERROR: no such table: nobody',
    );
  });

  it('ends with the database', async () => {
    await knex('people').select('name');
    await knex.destroy();
    await expect(knex('people').select('name')).rejects.toThrow('Unable to acquire a connection');
  });
});
