import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

it('a run whose tests failed ends with what it came to, though a PostgreSQL is at hand', async () => {
  const server = pathToFileURL(join(import.meta.dirname, 'postgres-server.ts'));
  const run = spawn(process.execPath, ['-e', `import('${server}').then(() => { process.exitCode = 3 })`]);
  expect(await once(run, 'exit')).toEqual([3, null]);
});
