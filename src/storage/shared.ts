import type { Knex } from 'knex';

/** Whether several desks may use the database; an SQLite file belongs to one. */
export const isShared = (knex: Knex): boolean => knex.client.config.client === 'pg';
