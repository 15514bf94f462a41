import { describe } from 'vitest';
import { erasureContract } from './erasure-contract.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

describe('erasure, on SQLite', () => erasureContract(onSqlite));
describe('erasure, on PostgreSQL', () => erasureContract(onPostgres()));
