import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { startContactCentre } from '../sandbox/cms/server.ts';
import { SANDBOX_KEYS } from '../sandbox/office.ts';
import { type DeliveryOptions, startSlack } from '../sandbox/slack/slack.ts';
import { CommandError } from './run.ts';
import { contactCentreCard, slackCard } from './sandbox-cards.ts';
import { signalled } from './signalled.ts';

const PORTS = { slack: 4001, cms: 4002 } as const;
const EXIT_USAGE = 2;
const HELP = 'See: npm run sandbox -- --help';

/** What `sandbox` was asked for. */
export type SandboxWish =
  | { only: 'slack'; port: number; delivery: DeliveryOptions }
  | { only: 'cms'; port: number };

/** Runs one of the stand-ins on loopback until SIGTERM or SIGINT. Resolves with the exit code. Throws CommandError. */
export async function sandbox(args: readonly string[]): Promise<number> {
  const wish = readWish(args);
  const stopped = signalled(['SIGTERM', 'SIGINT']);
  const { card, close } = await (wish.only === 'slack' ? openSlack(wish) : openContactCentre(wish)).catch(
    (error: unknown) => asCommandError(error, wish.port),
  );
  process.stdout.write(`${card}\n`);
  await stopped;
  await close();
  return 0;
}

/** Reads the command line. Throws CommandError for what it does not know. */
export function readWish(args: readonly string[]): SandboxWish {
  const { only, port: portText, 'request-url': requestUrl, 'signing-secret': secret } = readOptions(args);
  if (only === undefined)
    throw usage(
      'The page with both stand-ins comes later. For now start one of them: npm run sandbox -- --only slack, or --only cms.',
    );
  if (only !== 'slack' && only !== 'cms') throw usage(`--only takes slack or cms, not "${only}".`);
  const port = portText === undefined ? PORTS[only] : Number(portText);
  if (!/^\d+$/.test(portText ?? '0') || port > 65_535)
    throw usage(`--port takes a number from 0 (any free one) to 65535, not "${portText}".`);
  if (only === 'cms') {
    if (requestUrl !== undefined || secret !== undefined)
      throw usage('--request-url and --signing-secret are for --only slack.');
    return { only, port };
  }
  return { only, port, delivery: deliveryOf(requestUrl, secret) };
}

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { only: text, port: text, 'request-url': text, 'signing-secret': text };
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    // Node says which word it is, and why.
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function deliveryOf(requestUrl: string | undefined, signingSecret: string | undefined): DeliveryOptions {
  if (requestUrl === undefined && signingSecret === undefined) return { mode: 'socket' };
  if (!requestUrl || !signingSecret)
    throw usage('HTTP mode needs both --request-url and --signing-secret; Socket Mode needs neither.');
  if (!/^https?:$/.test(URL.parse(requestUrl)?.protocol ?? ''))
    throw usage("--request-url takes the desk's address, like http://127.0.0.1:3000/slack/events.");
  return { mode: 'http', requestUrl, signingSecret };
}

interface Opened {
  /** What whoever started it should know. */
  card: string;
  close(): Promise<void>;
}

/** A desk in another process keeps real time, and so do the stand-ins. */
const clock = systemClock;

async function openSlack({ port, delivery }: Extract<SandboxWish, { only: 'slack' }>): Promise<Opened> {
  const slack = await startSlack({ port, delivery, clock });
  return { card: slackCard(slack, delivery), close: () => slack.close() };
}

async function openContactCentre({ port }: Extract<SandboxWish, { only: 'cms' }>): Promise<Opened> {
  const cms = await startContactCentre({ port, clock, ...SANDBOX_KEYS });
  return { card: contactCentreCard(cms.url, SANDBOX_KEYS), close: () => cms.close() };
}

function asCommandError(error: unknown, port: number): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') throw usage(`Port ${port} is taken. Choose another one with --port N.`);
  if (code === 'EACCES') throw usage(`Port ${port} is not for you. Choose one above 1023 with --port N.`);
  throw error;
}

const usage = (message: string) => new CommandError(`${message.replace(/\.?$/, '.')} ${HELP}`, EXIT_USAGE);
