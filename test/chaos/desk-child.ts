import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { FromDesk, ToDesk } from './desk-talk.ts';

const entry = join(import.meta.dirname, 'desk-process.ts');

/** A process with the desk's code in it, which becomes a desk when it is told to start. */
export interface DeskChild {
  tell(what: ToDesk): void;
  /** The first thing of that kind that it says from now on; rejects when it ends before. */
  says<K extends FromDesk['kind']>(kind: K): Promise<Extract<FromDesk, { kind: K }>>;
  onSaid(listener: (said: FromDesk) => void): void;
  kill(): void;
  /** Resolves when it has ended and all that it said was read. */
  readonly ended: Promise<void>;
}

/** Starts processes ahead of time, since most of a start is reading code. */
export interface Nursery {
  take(): Promise<DeskChild>;
  /** How long the last process took to read its code, real time: tells a busy machine from a quick one. */
  readyMs(): Promise<number>;
  close(): Promise<void>;
}

export function createNursery(spares: number): Nursery {
  // What was compiled once is not compiled again by the next process.
  const compiled = mkdtempSync(join(tmpdir(), 'desk-compiled-'));
  const running = new Set<DeskChild>();
  const waiting: { child: DeskChild; ready: Promise<unknown> }[] = [];
  let open = true;
  let readyMs = Promise.resolve(0);

  function raise(): void {
    const child = startChild(compiled);
    running.add(child);
    void child.ended.then(() => running.delete(child));
    const from = performance.now();
    const ready = child.says('ready');
    readyMs = ready.then(() => performance.now() - from).catch(() => 0);
    waiting.push({ child, ready });
  }
  for (let n = 0; n < spares; n++) raise();

  return {
    async take() {
      if (waiting.length === 0) raise();
      const next = waiting.shift();
      if (!next) throw new Error('No process');
      await next.ready;
      if (open && waiting.length < spares) raise();
      return next.child;
    },
    readyMs: () => readyMs,
    async close() {
      open = false;
      for (const child of running) child.kill();
      await Promise.all([...running].map(({ ended }) => ended));
      rmSync(compiled, { recursive: true, force: true });
    },
  };
}

function startChild(compiled: string): DeskChild {
  const child: ChildProcess = spawn(process.execPath, [entry], {
    env: { NODE_COMPILE_CACHE: compiled },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'ipc'],
  });
  const listeners = new Set<(said: FromDesk) => void>();
  const said = child.stdio[3];
  if (!(said instanceof Readable) || !child.stderr) throw new Error('The process has no line to its parent');
  createInterface({ input: said }).on('line', (line) => {
    const one = JSON.parse(line) as FromDesk;
    for (const listener of [...listeners]) listener(one);
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
    for (const listener of [...listeners])
      listener({ kind: 'log', level: 'stderr', message: text.trim(), facts: '' });
  });
  const ended = once(child, 'close').then(() => undefined);
  return {
    // One that has died meanwhile hears nothing, which its end tells.
    tell: (what) => void (child.connected && child.send(what, () => undefined)),
    says: <K extends FromDesk['kind']>(kind: K) =>
      new Promise<Extract<FromDesk, { kind: K }>>((resolve, reject) => {
        const hear = (one: FromDesk) => {
          if (one.kind !== kind) return;
          listeners.delete(hear);
          resolve(one as Extract<FromDesk, { kind: K }>);
        };
        listeners.add(hear);
        void ended.then(() => reject(new Error(`The desk ended before it was ${kind}. ${complaints}`)));
      }),
    onSaid: (listener) => void listeners.add(listener),
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}
