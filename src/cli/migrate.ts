import { migrate, openDatabase } from '../storage/database.ts';

/** Brings the database up to date and says what was done. */
export async function migrateCommand(databaseUrl: string): Promise<number> {
  const knex = await openDatabase(databaseUrl);
  try {
    const ran = await migrate(knex);
    process.stdout.write(ran.length > 0 ? `Migrated: ${ran.join(', ')}\n` : 'The database is up to date.\n');
    return 0;
  } finally {
    await knex.destroy();
  }
}
