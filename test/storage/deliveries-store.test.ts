import { describe } from 'vitest';
import { migrate, openDatabase } from '../../src/storage/database.ts';
import { deliveriesContract } from './deliveries-contract.ts';

async function inMemory() {
  const knex = await openDatabase('sqlite::memory:');
  await migrate(knex);
  return knex;
}

describe('deliveries, on SQLite', () => deliveriesContract(inMemory));
