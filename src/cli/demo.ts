import { parseArgs, styleText } from 'node:util';
import type { Log } from '../log.ts';
import { playStory } from '../sandbox/story/play.ts';
import { CommandError } from './run.ts';

const MOST_COLUMNS = 100;
const FEWEST_COLUMNS = 40;

/** Plays the story in this terminal. Resolves with 0 if everything came out as it is told, with 1 if not. */
export async function demo(args: readonly string[]): Promise<number> {
  try {
    parseArgs({ args: [...args], options: {}, strict: true });
  } catch {
    throw new CommandError('The demo takes no options: npm run demo', 2);
  }
  const { stdout } = process;
  // `npm run demo | head` has seen enough.
  stdout.on('error', () => process.exit(0));
  const write = (text: string) => void stdout.write(text);
  const warnings: string[] = [];
  write(
    'Missed Call Desk: a day at the office.\nThe desk is the real one; Slack and the contact centre are stand-ins on this machine.\n',
  );
  const cameOut = await playStory({
    teller: {
      write,
      width: Math.max(Math.min(stdout.columns || MOST_COLUMNS, MOST_COLUMNS), FEWEST_COLUMNS),
      style: (style, text) => styleText(style, text),
    },
    log: keepWarnings(warnings),
  });
  if (cameOut) {
    write(
      '\n\nThat is all of it, and every step was checked. To put the desk into your own Slack: README.md\n',
    );
    return 0;
  }
  if (warnings.length > 0) write(`\nWhat the desk logged:\n${warnings.join('\n')}\n`);
  return 1;
}

/** Nothing of the log belongs into the story; should it fail, the warnings help to find out why. */
function keepWarnings(lines: string[]): Log {
  const keep = (facts: object, message: string) => {
    const { err, ...rest }: { err?: unknown } = { ...facts };
    const error = err instanceof Error ? ` ${err.name}: ${err.message}` : '';
    lines.push(`${message} ${JSON.stringify(rest)}${error}`);
  };
  return { debug() {}, info() {}, warn: keep, error: keep };
}
