import { describe } from 'vitest';
import { onPostgres } from './postgres.ts';
import { settingsChangesContract } from './settings-changes-contract.ts';
import { onSqlite } from './sqlite.ts';

describe('changed settings, on SQLite', () => settingsChangesContract(onSqlite));
describe('changed settings, on PostgreSQL', () => settingsChangesContract(onPostgres()));
