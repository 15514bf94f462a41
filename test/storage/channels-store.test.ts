import { describe } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { sharingContract } from './sharing-contract.ts';

async function inMemory() {
  const knex = await openDatabase('sqlite::memory:');
  await migrate(knex);
  return knex;
}

describe('channels, on SQLite', () => sharingContract(inMemory));
