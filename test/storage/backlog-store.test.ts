import { describe } from 'vitest';
import { backlogContract } from './backlog-contract.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

describe('what is to be done, on SQLite', () => backlogContract(onSqlite));
describe('what is to be done, on PostgreSQL', () => backlogContract(onPostgres()));
