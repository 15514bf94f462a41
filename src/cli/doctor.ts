import { parseArgs, styleText } from 'node:util';
import { systemClock } from '../clock.ts';
import type { Environment } from '../config/config.ts';
import { secretsIn } from '../config/secrets.ts';
import type { Finding } from '../doctor/finding.ts';
import { withoutSecrets } from '../doctor/without-secrets.ts';
import { examine } from './examine.ts';
import { createFindingsWriter, summary } from './findings.ts';
import { CommandError } from './run.ts';

const EXIT_FAILED = 1;
/** As of every command: the settings are wrong, or the command line is. */
const EXIT_USAGE = 2;
const MOST_COLUMNS = 80;
const FEWEST_COLUMNS = 40;

/** Looks at everything that the desk needs, and says what is wrong. Resolves with the exit code. */
export async function doctor(
  args: readonly string[],
  env: Environment,
  readFile: (path: string) => string,
): Promise<number> {
  const { json } = readOptions(args);
  const secrets = secretsIn(env, readFile);
  const findings: Finding[] = [];
  const { stdout } = process;
  const write = createFindingsWriter({
    write: (text) => void stdout.write(text),
    width: Math.max(Math.min(stdout.columns || MOST_COLUMNS, MOST_COLUMNS), FEWEST_COLUMNS),
    // It looks by itself whether standard output is a terminal, and at NO_COLOR.
    style: (style, text) => styleText(style, text),
  });
  for await (const found of examine({ env, readFile, clock: systemClock })) {
    const finding = withoutSecrets(found, secrets);
    findings.push(finding);
    if (!json) write(finding);
  }
  const code = exitCodeOf(findings);
  stdout.write(
    json ? `${JSON.stringify({ ok: code === 0, findings }, null, 2)}\n` : `\n${summary(findings)}\n`,
  );
  return code;
}

function readOptions(args: readonly string[]): { json: boolean } {
  try {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } }, strict: true });
    return { json: values.json ?? false };
  } catch {
    throw new CommandError('The doctor takes only --json. See: npm run doctor -- --help', EXIT_USAGE);
  }
}

function exitCodeOf(findings: readonly Finding[]): number {
  const failures = findings.filter(({ result }) => result === 'failed');
  if (failures.some(({ check }) => check === 'configuration.settings')) return EXIT_USAGE;
  return failures.length > 0 ? EXIT_FAILED : 0;
}
