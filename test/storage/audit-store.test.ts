import { describe } from 'vitest';
import { auditContract } from './audit-contract.ts';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';

describe('the audit, on SQLite', () => auditContract(onSqlite));
describe('the audit, on PostgreSQL', () => auditContract(onPostgres()));
