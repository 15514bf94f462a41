import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Runs .ci/audit with an npm that says this, and ends so. */
async function auditWhere(npm: { says: string; code: number }) {
  const folder = await mkdtemp(join(tmpdir(), 'desk-audit-'));
  try {
    const file = join(folder, 'npm');
    await writeFile(file, `#!/bin/sh\ncat <<'END'\n${npm.says}\nEND\nexit ${npm.code}\n`);
    await chmod(file, 0o755);
    const PATH = `${folder}:/usr/bin:/bin`;
    const script = join(import.meta.dirname, '../.ci/audit');
    const { stdout } = await promisify(execFile)(script, { env: { PATH } });
    return { code: 0, says: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, says: stdout + stderr };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const report = (high: number) =>
  JSON.stringify({ auditReportVersion: 2, metadata: { vulnerabilities: { high } } }, null, 2);

it('the audit of packages passes where none has a hole', async () => {
  expect(await auditWhere({ says: report(0), code: 0 })).toMatchObject({ code: 0 });
});

it('it fails where one has', async () => {
  const { code, says } = await auditWhere({ says: report(1), code: 1 });
  expect(code).toBe(1);
  expect(says).toContain('known holes');
});

it.each([
  ['offers no audit', '{\n  "message": "405 Method Not Allowed - POST https://registry.example.com"\n}'],
  ['is not reached', ''],
])('it says so, and passes, where the registry %s', async (_, says) => {
  const audit = await auditWhere({ says, code: 1 });
  expect(audit.code).toBe(0);
  expect(audit.says).toContain('not done');
});
