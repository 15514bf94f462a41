import { describe } from 'vitest';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';
import { syncContract } from './sync-contract.ts';

describe('what is known of VDNs, on SQLite', () => syncContract(onSqlite));
describe('what is known of VDNs, on PostgreSQL', () => syncContract(onPostgres()));
