import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A Node process beside this one: the desk, or what it is held against. */
export interface Process {
  readonly pid: number;
  /** When it was started, as by performance.now(). */
  readonly startedAt: number;
  /** Asks it for something, and resolves with its answer; only what answers messages. */
  ask(question: object): Promise<unknown>;
  /** Ends it in good order, and waits. */
  stop(): Promise<void>;
}

const LAST_WORDS = 4000;
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** `node FILE ARGS`, of this package, with nothing in its environment but what is given. */
export function startProcess(
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  nodeArgs: readonly string[] = [],
): Process {
  const startedAt = performance.now();
  const child = fork(join(import.meta.dirname, '..', file), args, {
    env,
    execArgv: [...nodeArgs],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.add(child);
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-LAST_WORDS);
    });
  }
  let stopping = false;
  child.once('exit', (code) => {
    running.delete(child);
    if (stopping) return;
    // Whatever waits for it would wait for ever.
    process.stderr.write(`${file} ended by itself with ${code}:\n${words}\n`);
    process.exit(1);
  });
  return {
    pid: child.pid ?? 0,
    startedAt,
    async ask(question) {
      child.send(question);
      const [answer] = await once(child, 'message');
      return answer;
    },
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
