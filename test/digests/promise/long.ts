import { parseArgs } from 'node:util';
import { openDatabase } from '../../../src/storage/database.ts';
import { openDatabases, type WorldDatabase } from '../../chaos/databases.ts';
import { checkPromise, type OpenDatabase } from './check.ts';

// node test/digests/promise/long.ts [--minutes 10] [--runs N] [--seed N] [--path P] [--database sqlite|postgres]:
// the promise, for longer than a test run.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    runs: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    database: { type: 'string', default: 'sqlite' },
  },
});
if (!['sqlite', 'postgres'].includes(values.database)) throw new Error('--database sqlite or postgres');

const RUNS_AT_ONCE = 50;
const endsAt = Date.now() + Number(values.minutes) * 60_000;
const server = values.database === 'postgres' ? await openDatabases() : undefined;
const made: WorldDatabase[] = [];
const onServer: OpenDatabase | undefined =
  server &&
  (async () => {
    const database = await server.make();
    made.push(database);
    return openDatabase(database.url);
  });

let seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
let runs = 0;
let calls = 0;
do {
  const wanted = values.runs === undefined ? RUNS_AT_ONCE : Number(values.runs);
  const checked = await checkPromise({
    seed,
    runs: wanted,
    ...(values.path === undefined ? {} : { path: values.path }),
    ...(onServer && { database: onServer }),
  });
  for (const database of made.splice(0)) await database.drop();
  runs += checked.runs;
  calls += checked.calls;
  process.stdout.write(`seed ${seed}: ${runs} histories, ${calls} calls\n`);
  if (checked.failure !== null) {
    process.stdout.write(`${checked.failure}\n`);
    process.exitCode = 1;
    break;
  }
  seed += 1;
} while (values.runs === undefined && values.path === undefined && Date.now() < endsAt);
await server?.stop();
