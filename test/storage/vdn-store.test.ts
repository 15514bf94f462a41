import { describe } from 'vitest';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';
import { vdnContract } from './vdn-contract.ts';

describe('VDNs, on SQLite', () => vdnContract(onSqlite));
describe('VDNs, on PostgreSQL', () => vdnContract(onPostgres()));
