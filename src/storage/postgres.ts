import createKnex, { type Knex } from 'knex';
import { codeOf, DatabaseError } from './database-error.ts';
import { withoutValues } from './postgres-errors.ts';

/** Connections of one desk: enough for clicks beside a digest run, few enough for many replicas on one server. */
const CONNECTIONS = 10;
/** PostgreSQL 13: the oldest that the desk is made for. */
const OLDEST = 13;
const CONNECT_MS = 10_000;
/** For one statement, on the server: it ends a wait for a lock, too. */
const STATEMENT_MS = 60_000;
/** The server frees what a desk holds that has vanished in the middle of a transaction. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** The desk gives up on a server that has vanished: far longer than any statement may take there. */
const ANSWER_MS = 5 * 60_000;

export const isPostgresUrl = (url: string): boolean =>
  /^postgres(ql)?:\/\//.test(url) && URL.parse(url) !== null && isDecodable(url);

/** Connects, and looks whether this server will do. Throws DatabaseError. */
export async function openPostgres(url: string): Promise<Knex> {
  const knex = createKnex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: 'missed-call-desk',
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      query_timeout: ANSWER_MS,
    },
    // Values of a failed statement may be callers' numbers: they stay out of error messages.
    compileSqlOnError: false,
    log: { debug() {}, warn() {}, error() {}, deprecate() {} },
    pool: { min: 0, max: CONNECTIONS },
    acquireConnectionTimeout: STATEMENT_MS,
  });
  knex.on('query-error', withoutValues);
  try {
    const { rows } = await knex.raw<{ rows: ServerFacts[] }>(SERVER_FACTS);
    for (const server of rows) refuseUnfit(server);
    return knex;
  } catch (cause) {
    await knex.destroy();
    throw cause instanceof DatabaseError ? cause : cannotOpen(url, cause);
  }
}

interface ServerFacts {
  version: string;
  number: number;
  encoding: string;
  standby: boolean;
}

const SERVER_FACTS = `
  select current_setting('server_version') as version, cast(current_setting('server_version_num') as integer) as number,
    current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby`;

/** Throws DatabaseError for a server on which the desk would not work. */
export function refuseUnfit({ version, number, encoding, standby }: ServerFacts): void {
  if (number < OLDEST * 10_000)
    throw new DatabaseError(
      'too-old',
      `The server that DATABASE_URL names runs PostgreSQL ${version}; the desk needs ${OLDEST} or newer. Upgrade it, or name another one.`,
    );
  if (encoding !== 'UTF8')
    throw new DatabaseError(
      'cannot-open',
      `The database that DATABASE_URL names is encoded as ${encoding}, which cannot hold every name. Make one with: create database desk encoding 'UTF8' template template0`,
    );
  if (standby)
    throw new DatabaseError(
      'cannot-open',
      'The server that DATABASE_URL names is a standby, which can only be read. Name the primary.',
    );
}

/** What is wrong and what to do. Names the host, the port, the user and the database; never the password. */
function cannotOpen(url: string, cause: unknown): DatabaseError {
  const { host, port, user, database } = namesIn(url);
  const code = codeOf(cause);
  const unreachable = (why: string) => new DatabaseError('unreachable', why, cause);
  const refused = (why: string) => new DatabaseError('refused', why, cause);
  switch (code) {
    case 'ECONNREFUSED':
      return unreachable(
        `No PostgreSQL answers at ${host}, port ${port}. Start it, or correct host and port in DATABASE_URL.`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`There is no host ${host} (${code}). Correct the host in DATABASE_URL.`);
    case '57P03':
      return unreachable(
        `The PostgreSQL at ${host}, port ${port} is starting or stopping. Try again shortly.`,
      );
    case '53300':
      return refused(
        `The PostgreSQL at ${host} has no connection left. A desk needs up to ${CONNECTIONS}: raise its max_connections, or run fewer desks.`,
      );
    case '28P01':
      return refused(
        `PostgreSQL refused the password of the user ${user}. Correct it in DATABASE_URL; characters such as @ : / # must be percent-encoded there.`,
      );
    case '28000':
      return refused(
        `PostgreSQL lets the user ${user} not into the database ${database} from here. Check the user's name and pg_hba.conf; where it asks for TLS, end DATABASE_URL with ?sslmode=verify-full.`,
      );
    case '3D000':
      return refused(
        `There is no database ${database} at ${host}. Make it (create database ${database}), or correct its name in DATABASE_URL.`,
      );
    case '42501':
      return refused(
        `The user ${user} may not connect to the database ${database}. Allow it: grant connect on database ${database} to ${user}`,
      );
  }
  const why = cause instanceof Error && cause.message ? cause.message : code || 'unknown';
  if (/^(ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_)/.test(code))
    return refused(
      `The certificate of the PostgreSQL at ${host} is not trusted (${code}). Name its CA: ?sslmode=verify-full&sslrootcert=/path/to/ca.pem at the end of DATABASE_URL.`,
    );
  return unreachable(
    `The PostgreSQL at ${host}, port ${port} cannot be used (${why}). Check DATABASE_URL, and whether the server and the way to it are up.`,
  );
}

/** For people: which database, on which server. */
export function placeOf(url: string): string {
  const { host, port, database } = namesIn(url);
  return `database ${database} at ${host}, port ${port}`;
}

function namesIn(url: string) {
  const { hostname, port, username, pathname, searchParams } = new URL(url);
  return {
    host: hostname || searchParams.get('host') || 'localhost',
    port: port || '5432',
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)) || decodeURIComponent(username),
  };
}

function isDecodable(url: string): boolean {
  try {
    return decodeURIComponent(url) !== '';
  } catch {
    return false;
  }
}
