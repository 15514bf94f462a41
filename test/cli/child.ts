import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../src/main.ts');

/** `node src/main.ts ARGS` in a process of its own. */
export interface Child {
  /** All that it has written to standard output, and to standard error, so far. */
  readonly out: string;
  readonly err: string;
  /** Waits until standard output holds this; rejects with what there is when the process ends first. */
  says(text: string | RegExp): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Its exit code, once it has ended and all it wrote was read; null when a signal killed it. */
  readonly ended: Promise<number | null>;
}

const running = new Set<ChildProcess>();

/** Ends what a test has left running. */
export function killChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Where it runs, and as whom; as the tests themselves by default. */
export interface Place {
  cwd?: string;
  uid?: number;
  gid?: number;
}

/** Its environment holds nothing of ours but what is given: no settings leak into it. */
export function startChild(args: readonly string[], env: Record<string, string> = {}): Child {
  return startNode([main, ...args], env);
}

/** `node ARGS`, by files of the place itself. */
export function startIn(place: Place, args: readonly string[], env: Record<string, string>): Child {
  return startNode(args, env, place);
}

/** A module of a few lines in a process of its own; it imports by whole addresses. */
export function startScript(source: string): Child {
  return startNode(['--input-type=module', '--eval', source], {});
}

function startNode(args: readonly string[], env: Record<string, string>, place: Place = {}): Child {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'], ...place });
  running.add(child);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(child, 'close').then(([code]): number | null => {
    running.delete(child);
    return code;
  });
  const holds = (text: string | RegExp) => (typeof text === 'string' ? out.includes(text) : text.test(out));
  return {
    get out() {
      return out;
    },
    get err() {
      return err;
    },
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => holds(text) && resolve();
        look();
        child.stdout.on('data', look);
        ended.then((code) => {
          if (!holds(text)) reject(new Error(`It ended with ${code} before it said ${text}:\n${out}${err}`));
        }, reject);
      }),
    signal: (signal) => void child.kill(signal),
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}
