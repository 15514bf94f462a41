import { describe } from 'vitest';
import { onPostgres } from './postgres.ts';
import { onSqlite } from './sqlite.ts';
import { workspaceContract } from './workspace-contract.ts';

describe('workspace settings, on SQLite', () => workspaceContract(onSqlite));
describe('workspace settings, on PostgreSQL', () => workspaceContract(onPostgres()));
