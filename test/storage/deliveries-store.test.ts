import { describe } from 'vitest';
import { onPostgres } from './postgres.ts';
import { deliveriesContract } from './deliveries-contract.ts';
import { onSqlite } from './sqlite.ts';

const postgres = onPostgres();

describe('deliveries, on SQLite', () => deliveriesContract(onSqlite));
describe('deliveries, on PostgreSQL', () => deliveriesContract(postgres));
