import type { Knex } from 'knex';

/** What knex makes of each query: a builder knows whether it only reads; raw statements do not say. */
interface Query {
  _isSelectQuery?(): boolean;
}

/** What knex tells of its statements. */
const EVENTS = ['query', 'query-response', 'query-error'] as const;

/**
 * From now on what only reads, outside of transactions, goes by `reading`: it sees all that was committed before it began, and
 * neither waits for those who write nor holds them up. knex has no setting for that; this is the one place that knows
 * its insides, and its test notices when they change.
 */
export function readApart(writing: Knex, reading: Knex): void {
  const { client } = writing;
  const readers = reading.client;
  // Transactions have a client of their own, made from the class: theirs is as it was.
  const ownRunner = client.runner.bind(client);
  client.runner = (query: Query) => (query._isSelectQuery?.() ? readers.runner(query) : ownRunner(query));
  for (const event of EVENTS) readers.on(event, (...told: unknown[]) => client.emit(event, ...told));

  const ownDestroy = client.destroy.bind(client);
  client.destroy = async (...args: unknown[]) => {
    await reading.destroy();
    await ownDestroy(...args);
  };
}
