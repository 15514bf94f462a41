import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { createMovingClock } from '../moving-clock.ts';
import { type Office, startOffice } from '../office.ts';
import { bundlePage } from './bundle.ts';
import { ringFirstCalls, VDNS } from './first-calls.ts';
import { keepClock, readKeptClock } from './kept-clock.ts';
import { readManifest } from './manifest.ts';
import { type Page, startPage } from './page.ts';
import { createStage, type Stage } from './stage.ts';
import { nextTimeOfDay } from './times.ts';

export interface SandboxOptions {
  /** Of the page; 0, the default: any that are free. */
  ports?: { page: number; slack: number; cms: number };
  /** A SQLite file to keep; by default everything goes when the sandbox ends. */
  keepIn?: string | null;
  /** What the clock shows first (epoch ms); by default the next 10:40 of the first VDN, so that there is a day to look at. */
  startAt?: number;
  /** False: the desk starts without a VDN, as one that was just installed; true by default. */
  named?: boolean;
  log?: Log;
}

/** The whole sandbox: Slack, the contact centre, the desk, and the page to play with them. */
export interface Sandbox {
  page: Page;
  office: Office;
  stage: Stage;
  close(): Promise<void>;
}

/** Starts everything. Rejects with NoBundler without the development packages, and with EADDRINUSE for a port that is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { ports = { page: 0, slack: 0, cms: 0 }, keepIn = null, named = true, log } = options;
  const zone = VDNS[0]?.timeZone ?? 'UTC';
  const firstAt = options.startAt ?? nextTimeOfDay(systemClock.now(), zone, 10, 40);
  const clock = createMovingClock(keepIn === null ? firstAt : Math.max(firstAt, await readKeptClock(keepIn)));
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    const failures: unknown[] = [];
    for (const end of closing.splice(0).reverse()) await end().catch((error) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    const bundle = await bundlePage();
    const folder = keepIn === null ? await mkdtemp(join(tmpdir(), 'missed-call-desk-')) : null;
    if (folder !== null) closing.push(() => rm(folder, { recursive: true, force: true }));
    let onRequest = () => {};
    const office = await startOffice({
      clock,
      ports: { slack: ports.slack, cms: ports.cms },
      config: {
        vdns: named ? VDNS : [],
        databaseUrl: `sqlite:${keepIn ?? join(folder ?? '', 'desk.db')}`,
        cms: { ccId: 1 },
      },
      onRequest: () => onRequest(),
      ...(log && { log }),
    });
    if (keepIn !== null) closing.push(() => keepClock(keepIn, clock.now()));
    closing.push(() => office.close());
    ringFirstCalls(office.cms.calls, clock.now());
    const stage = createStage({
      office,
      ...(await readManifest()),
      vdns: VDNS.map(({ number, name, timeZone }) => ({
        number,
        name: name ?? `VDN ${number}`,
        timeZone: timeZone ?? 'UTC',
      })),
    });
    onRequest = stage.requested;
    // A desk that is closed is opened first, so that the office can close it like any other.
    closing.push(() => stage.desk.open());
    const page = await startPage(stage, bundle, { port: ports.page, ...(log && { log }) });
    closing.push(() => page.close());
    return { page, office, stage, close };
  } catch (error) {
    await close();
    throw error;
  }
}
