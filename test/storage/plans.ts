import type { Knex } from 'knex';

interface Asked {
  sql: string;
  bindings: (string | number)[];
}

/** Every statement of the work that reads or writes rows, with its values. */
async function statementsOf(knex: Knex, work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const note = (query: Asked) => asked.push({ ...query, sql: query.sql.replaceAll(/\$\d+/g, '?') });
  knex.on('query', note);
  await work();
  knex.removeListener('query', note);
  return asked.filter(({ sql }) => /^\s*(?:select|insert|update|delete) /i.test(sql));
}

/** The steps by which SQLite finds what the work reads. */
export async function sqliteSteps(knex: Knex, work: () => Promise<unknown>): Promise<string[]> {
  const steps: string[] = [];
  for (const { sql, bindings } of await statementsOf(knex, work)) {
    const plan = await knex.raw<{ detail: string }[]>(`explain query plan ${sql}`, bindings);
    steps.push(...plan.map(({ detail }) => detail));
  }
  return steps;
}

/** The plans by which PostgreSQL would find what the work reads if it could not read tables whole. */
export async function postgresPlans(knex: Knex, work: () => Promise<unknown>): Promise<string> {
  const asked = await statementsOf(knex, work);
  return await knex.transaction(async (trx) => {
    await trx.raw('set local enable_seqscan = off');
    const lines: string[] = [];
    for (const { sql, bindings } of asked) {
      const { rows } = await trx.raw<{ rows: { 'QUERY PLAN': string }[] }>(`explain ${sql}`, bindings);
      lines.push(...rows.map((row) => row['QUERY PLAN']));
    }
    return lines.join('\n');
  });
}
