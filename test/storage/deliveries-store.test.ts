import { describe } from 'vitest';
import { deliveriesContract } from './deliveries-contract.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

const postgres = onPostgres();

describe('deliveries, on SQLite', () => deliveriesContract(onSqlite));
describe('deliveries, on PostgreSQL', () => deliveriesContract(postgres));
