import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { NoBundler } from '../sandbox/page/bundle.ts';
import { type Sandbox, startSandbox } from '../sandbox/page/sandbox.ts';
import { createLog } from './log.ts';
import { CommandError } from './run.ts';
import type { Opened, SandboxWish } from './sandbox.ts';

/** Where `--keep` keeps what the desk knows. */
const KEPT = 'data/sandbox.db';

/** Opens the page with everything behind it. Throws CommandError without the development packages. */
export async function openPage({ port, keep }: Extract<SandboxWish, { only: null }>): Promise<Opened> {
  const keepIn = keep ? resolve(KEPT) : null;
  if (keepIn !== null) await mkdir(dirname(keepIn), { recursive: true });
  const [page, slack, cms] = port === 0 ? [0, 0, 0] : [port, port + 1, port + 2];
  const sandbox = await startSandbox({ ports: { page, slack, cms }, keepIn, log: createLog('error') }).catch(
    (error: unknown) => {
      throw error instanceof NoBundler ? new CommandError(error.message) : error;
    },
  );
  return { card: cardOf(sandbox, keepIn), close: sandbox.close };
}

function cardOf({ page, office }: Sandbox, keepIn: string | null): string {
  const kept =
    keepIn === null
      ? 'Nothing is kept when it ends; --keep keeps what the desk knows.'
      : `What the desk knows is kept in ${keepIn}; delete that file to begin anew. Messages are not kept.`;
  return `The sandbox is open: ${page.url}

Slack (${new URL(office.slack.url).origin}) and the contact centre (${office.cms.url}) are stand-ins on this machine; the desk
between them is the real one. ${kept}

Ctrl+C ends it.`;
}
