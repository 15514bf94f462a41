import { describe } from 'vitest';
import { homesContract } from './homes-contract.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

const postgres = onPostgres();

describe('open Homes, on SQLite', () => homesContract(onSqlite));
describe('open Homes, on PostgreSQL', () => homesContract(postgres));
