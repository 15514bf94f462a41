import { describe } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { listContract } from './list-contract.ts';

describe('lists, on SQLite', () =>
  listContract(async () => {
    const knex = await openDatabase('sqlite::memory:');
    await migrate(knex);
    return knex;
  }));
