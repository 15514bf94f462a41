import { describe } from 'vitest';
import { installationsContract } from './installations-contract.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

describe('installations, on SQLite', () => installationsContract(onSqlite));
describe('installations, on PostgreSQL', () => installationsContract(onPostgres()));
