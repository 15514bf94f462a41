import { readFileSync } from 'node:fs';
import { ConfigError, type Environment, loadConfig, loadDatabaseUrl } from '../config/config.ts';
import { secretsIn } from '../config/secrets.ts';
import { DatabaseError } from '../storage/database-error.ts';
import { helpFor, overview } from './help.ts';

/** The command cannot go on as it was started; the message says what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Bad configuration or bad usage. */
const EXIT_USAGE = 2;

/** Runs `missed-call-desk ARGS`; resolves with the exit code once the command has ended. */
export async function run(args: readonly string[], env: Environment): Promise<number> {
  const [command = 'help', ...rest] = args;
  try {
    if (command === 'help' || command === '--help' || command === '-h') return say(overview());
    const commandHelp = helpFor(command);
    if (!commandHelp)
      throw new CommandError(`There is no command "${command}".\n\n${overview()}`, EXIT_USAGE);
    if (rest.includes('--help') || rest.includes('-h')) return say(commandHelp);
    switch (command) {
      case 'start': {
        const { start } = await import('./start.ts');
        return await start(loadConfig(env, readText), secretsIn(env, readText));
      }
      case 'migrate': {
        const { migrateCommand } = await import('./migrate.ts');
        return await migrateCommand(loadDatabaseUrl(env, readText), rest);
      }
      case 'backup': {
        const { backupCommand } = await import('./backup.ts');
        return await backupCommand(loadDatabaseUrl(env, readText), rest);
      }
      case 'doctor': {
        const { doctor } = await import('./doctor.ts');
        return await doctor(rest, env, readText);
      }
      case 'demo': {
        const { demo } = await import('./demo.ts');
        return await demo(rest);
      }
      default: {
        const { sandbox } = await import('./sandbox.ts');
        return await sandbox(rest);
      }
    }
  } catch (error) {
    if (error instanceof ConfigError) {
      const lines = error.problems.map((problem) => `  • ${problem}`).join('\n');
      return complain(
        `The desk cannot start with these settings:\n${lines}\nEvery setting is described in the README and by: npm start -- --help`,
        EXIT_USAGE,
      );
    }
    if (error instanceof CommandError) return complain(error.message, error.exitCode);
    if (error instanceof DatabaseError) return complain(error.message, 1);
    throw error;
  }
}

const readText = (path: string) => readFileSync(path, 'utf8');

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string, exitCode: number): number {
  process.stderr.write(`${text}\n`);
  return exitCode;
}
