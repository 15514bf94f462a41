import { describe } from 'vitest';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';
import { vdnSettingsContract } from './vdn-settings-contract.ts';

describe('VDN settings, on SQLite', () => vdnSettingsContract(onSqlite));
describe('VDN settings, on PostgreSQL', () => vdnSettingsContract(onPostgres()));
