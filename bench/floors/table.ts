import sqlite3 from 'sqlite3';

/** The desk's own database file, opened as the desk opens it, and used with as little as it takes. */
export async function openTable(file: string) {
  const database = new sqlite3.Database(file);
  const run = (sql: string, values: unknown[] = []) =>
    new Promise<number>((resolve, reject) => {
      database.run(sql, values, function (this: { changes: number }, error: Error | null) {
        if (error) reject(error);
        else resolve(this.changes);
      });
    });
  for (const pragma of [
    'journal_mode = wal',
    'synchronous = normal',
    'foreign_keys = on',
    'busy_timeout = 5000',
  ])
    await run(`pragma ${pragma}`);

  return {
    run,
    /** Who comes first has it, and that is written down. */
    async claim(callbackId: number, userId: string): Promise<void> {
      const won = await run(CLAIM, [userId, Date.now(), callbackId]);
      if (won > 0) await run(CLAIMED, [callbackId, Date.now(), userId]);
    },
    close: () => new Promise<void>((resolve) => database.close(() => resolve())),
  };
}

const CLAIM =
  "update callbacks set state = 'claimed', owner_id = ?, since = ? where id = ? and state = 'open'";
const CLAIMED = `
  insert into callback_events (team_id, callback_id, at, actor_id, action, from_state, to_state)
  values ('T0BENCH', ?, ?, ?, 'claim', 'open', 'claimed')`;
