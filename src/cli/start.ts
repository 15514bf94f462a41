import { systemClock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { createDesk } from '../desk.ts';
import { StartError } from '../slack/identity.ts';
import { keepHeapSmall } from './heap.ts';
import { createLog } from './log.ts';
import { CommandError } from './run.ts';
import { signalled } from './signalled.ts';

/** How long what is in hand may take once the desk was told to stop. */
const STOP_WITHIN_MS = 10_000;

/** Runs the desk until SIGTERM or SIGINT. Resolves with the exit code. No log line holds any of `secrets`. */
export async function start(config: Config, secrets: readonly string[]): Promise<number> {
  keepHeapSmall();
  const log = createLog(config.logLevel, undefined, secrets);
  // Nothing may fail unseen; and after a failure that nobody handled, a fresh process is safer than this one.
  process.on('unhandledRejection', (err) => {
    log.error({ err }, 'A failure that nobody handled: the desk ends');
    process.exit(1);
  });
  const stopped = signalled(['SIGTERM', 'SIGINT']);
  const desk = await createDesk(config, { clock: systemClock, log }).catch(asCommandError);
  try {
    const open = desk
      .start()
      .then(() => log.info({ port: desk.port, mode: config.slack.connection.mode }, 'The desk is open'));
    // While Slack cannot be reached the start takes as long as that lasts: a signal must not wait for it.
    await Promise.race([open, stopped]);
  } catch (error) {
    await desk.stop();
    asCommandError(error);
  }

  const signal = await stopped;
  log.info({ signal }, 'The desk is closing');
  const late = setTimeout(() => {
    log.error(
      { afterMs: STOP_WITHIN_MS },
      'Not everything in hand was finished in time: the desk ends all the same',
    );
    process.exit(0);
  }, STOP_WITHIN_MS);
  await desk.stop();
  clearTimeout(late);
  log.info({}, 'The desk is closed');
  return 0;
}

function asCommandError(error: unknown): never {
  if (error instanceof StartError) throw new CommandError(error.message);
  throw error;
}
