import { describe } from 'vitest';
import { onPostgres } from './postgres.ts';
import { sharingContract } from './sharing-contract.ts';
import { onSqlite } from './sqlite.ts';

const postgres = onPostgres();

describe('channels, on SQLite', () => sharingContract(onSqlite));
describe('channels, on PostgreSQL', () => sharingContract(postgres));
