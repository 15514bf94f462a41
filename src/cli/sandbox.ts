import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { startContactCentre } from '../sandbox/cms/server.ts';
import { SANDBOX_KEYS } from '../sandbox/office.ts';
import { type DeliveryOptions, startSlack } from '../sandbox/slack/slack.ts';
import { CommandError } from './run.ts';
import { contactCentreCard, slackCard } from './sandbox-cards.ts';
import { signalled } from './signalled.ts';

const PORTS = { page: 4000, slack: 4001, cms: 4002 } as const;
const HIGHEST_PORT = 65_535;
const EXIT_USAGE = 2;
const HELP = 'See: npm run sandbox -- --help';

/** What `sandbox` was asked for: the page with everything behind it, or one of the stand-ins alone. */
export type SandboxWish =
  | { only: null; port: number; keep: boolean }
  | { only: 'slack'; port: number; delivery: DeliveryOptions }
  | { only: 'cms'; port: number };

/** Runs the page, or one of the stand-ins alone, on loopback until SIGTERM or SIGINT. Resolves with the exit code. Throws CommandError. */
export async function sandbox(args: readonly string[]): Promise<number> {
  const wish = readWish(args);
  const stopped = signalled(['SIGTERM', 'SIGINT']);
  const { card, close } = await openWished(wish).catch((error: unknown) => asCommandError(error, wish.port));
  process.stdout.write(`${card}\n`);
  await stopped;
  await close();
  return 0;
}

/** Reads the command line. Throws CommandError for what it does not know. */
export function readWish(args: readonly string[]): SandboxWish {
  const {
    only,
    port: portText,
    keep,
    'request-url': requestUrl,
    'signing-secret': secret,
  } = readOptions(args);
  if (only !== undefined && only !== 'slack' && only !== 'cms')
    throw usage(`--only takes slack or cms, not "${only}".`);
  const port = portText === undefined ? PORTS[only ?? 'page'] : Number(portText);
  // The page's Slack and contact centre take the two ports after its own.
  const highest = only === undefined ? HIGHEST_PORT - 2 : HIGHEST_PORT;
  if (!/^\d+$/.test(portText ?? '0') || port > highest)
    throw usage(`--port takes a number from 0 (any free one) to ${highest}, not "${portText}".`);
  if (keep !== undefined && only !== undefined)
    throw usage('--keep is for the page; one stand-in alone keeps nothing.');
  if (only === 'slack') return { only, port, delivery: deliveryOf(requestUrl, secret) };
  if (requestUrl !== undefined || secret !== undefined)
    throw usage('--request-url and --signing-secret are for --only slack.');
  return only === 'cms' ? { only, port } : { only: null, port, keep: keep ?? false };
}

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const keep = { type: 'boolean' } as const;
    const options = { only: text, port: text, keep, 'request-url': text, 'signing-secret': text };
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

export interface Opened {
  /** What whoever started it should know. */
  card: string;
  close(): Promise<void>;
}

async function openWished(wish: SandboxWish): Promise<Opened> {
  if (wish.only === 'slack') return openSlack(wish);
  if (wish.only === 'cms') return openContactCentre(wish);
  // Imported here: the page needs the development packages, the stand-ins do not.
  const { openPage } = await import('./sandbox-page.ts');
  return openPage(wish);
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
  const which = error instanceof Error && 'port' in error ? error.port : port;
  const row = which === port ? '' : ` (the sandbox needs ${port} and the two after it)`;
  if (code === 'EADDRINUSE') throw usage(`Port ${which} is taken${row}. Choose another one with --port N.`);
  if (code === 'EACCES') throw usage(`Port ${which} is not for you. Choose one above 1023 with --port N.`);
  throw error;
}

const usage = (message: string) => new CommandError(`${message.replace(/\.?$/, '.')} ${HELP}`, EXIT_USAGE);
