import { describe } from 'vitest';
import { historyContract } from './history-contract.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

describe('history, on SQLite', () => historyContract(onSqlite));
describe('history, on PostgreSQL', () => historyContract(onPostgres()));
