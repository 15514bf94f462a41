import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import type { Seam } from '../../src/work/seam.ts';
import type { DeskChild, Nursery } from './desk-child.ts';
import type { KillPlan, ToDesk } from './desk-talk.ts';
import type { Happenings } from './record.ts';

/** One process of a desk's. Times are real ones, epoch ms. */
export interface Life {
  /** When it acknowledged something, or was about to. */
  acksAt: number[];
  /** undefined: it lives. */
  diedAt?: number;
}

/** One desk as its operator sees it: a process that is started again whenever it ends. */
export interface Replica {
  readonly name: string;
  /** Where it listens; undefined while it does not run. */
  readonly port: number | undefined;
  /** How often it was killed, by itself at a seam or from outside. */
  readonly kills: number;
  /** Every seam that it reached, oldest first. */
  readonly seams: readonly Seam[];
  /** Its processes, oldest first. */
  readonly lives: readonly Life[];
  /** Kills it now, if it runs. */
  kill(): void;
  /** From now on it kills itself there; it has heard of it when this resolves. */
  plan(plan: KillPlan | null): Promise<void>;
  advance(ms: number): Promise<void>;
  /** Resolves when it runs, whatever happened to it. */
  up(): Promise<void>;
  /** Resolves when it has died once more. */
  died(): Promise<void>;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  name: string;
  nursery: Nursery;
  happenings: Happenings;
  /** What to begin with; asked at each start. */
  startWith(): Omit<Extract<ToDesk, { kind: 'start' }>, 'kind' | 'plan'>;
  /** Real milliseconds from a death to the next start. */
  awayMs(): number;
}

/** A desk that cannot start because of what else is broken is tried again. */
const AGAIN_MS = 300;
/** In a row; more is no longer what is broken around it. */
const MOST_FAILURES = 30;

const isAck = (seam: Seam) => seam === 'before ack' || seam === 'after ack';

export function createReplica({ name, nursery, happenings, startWith, awayMs }: ReplicaOptions): Replica {
  const seams: Seam[] = [];
  const lives: Life[] = [];
  let child: DeskChild | undefined;
  let port: number | undefined;
  let kills = 0;
  let open = true;
  let failures = 0;
  let last = '';
  let running = Promise.withResolvers<void>();
  let death = Promise.withResolvers<void>();

  async function live(): Promise<void> {
    const born = await nursery.take();
    if (!open) return born.kill();
    child = born;
    const life: Life = { acksAt: [] };
    lives.push(life);
    born.onSaid((said) => {
      if (said.kind === 'seam' || said.kind === 'killed') {
        seams.push(said.seam);
        if (isAck(said.seam)) life.acksAt.push(said.at);
      }
      if (said.kind === 'killed') {
        life.diedAt = said.at;
        kills += 1;
        happenings.add(name, `KILLED ${said.seam}`);
      }
      if (said.kind === 'seam') happenings.add(name, `  ${said.seam}`);
      if (said.kind === 'log') last = `${said.message} ${said.facts}`;
      if (said.kind === 'log') happenings.add(name, `${said.level}: ${said.message} ${said.facts}`);
    });
    born.tell({ kind: 'start', plan: null, ...startWith() });
    try {
      port = (await born.says('started')).port;
      happenings.add(name, 'runs');
      running.resolve();
    } catch {
      happenings.add(name, 'did not start');
    }
    await born.ended;
    life.diedAt ??= systemClock.now();
    const failed = port === undefined;
    child = undefined;
    port = undefined;
    failures = failed ? failures + 1 : 0;
    if (failures > MOST_FAILURES) running.reject(new Error(`${name} does not start: ${last}`));
    else if (!failed) running = Promise.withResolvers();
    happenings.add(name, 'is gone');
    death.resolve();
    death = Promise.withResolvers();
    await pause(failed ? AGAIN_MS : awayMs());
  }

  const living = (async () => {
    while (open) await live();
  })();

  return {
    name,
    get port() {
      return port;
    },
    get kills() {
      return kills;
    },
    seams,
    lives,
    kill() {
      const life = lives.at(-1);
      if (!child || !life) return;
      life.diedAt ??= systemClock.now();
      kills += 1;
      happenings.add(name, 'KILLED from outside');
      child.kill();
    },
    async plan(plan) {
      if (!child || port === undefined) return;
      const heard = child.says('planned');
      child.tell({ kind: 'plan', plan });
      await heard.catch(() => undefined);
    },
    async advance(ms) {
      // Also one that is still starting: it was told the time before.
      if (!child) return;
      const heard = child.says('advanced');
      child.tell({ kind: 'advance', ms });
      await heard.catch(() => undefined);
    },
    up: () => running.promise,
    died: () => death.promise,
    async close() {
      open = false;
      child?.kill();
      await living;
    },
  };
}
