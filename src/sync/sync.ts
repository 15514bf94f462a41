import type { CallStore } from '../calls/call-store.ts';
import type { MissedCallSource } from '../calls/source.ts';
import type { VdnStore } from '../calls/vdn.ts';
import { DAY_MS, HOUR_MS } from '../calls/wall-time.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Leases } from '../work/leases.ts';
import { createCountWatch } from './count-watch.ts';
import { readWindow } from './read-window.ts';
import {
  askedRange,
  dueWindow,
  rangeWindow,
  recordAfterDue,
  recordAfterRange,
  type SyncRecord,
  type SyncRules,
  type SyncWindow,
  wholeSecond,
} from './record.ts';
import type { Sync, SyncReport } from './report.ts';
import type { SyncStore } from './sync-store.ts';
import { createTurns, type Turn, type TurnOrder } from './turns.ts';
import { createZoneWatch } from './zone-watch.ts';

export interface SyncOptions extends Partial<SyncRules> {
  source: MissedCallSource;
  calls: Pick<CallStore, 'insertNew' | 'rederiveTimes'>;
  state: SyncStore;
  leases: Pick<Leases, 'hold'>;
  vdns: Pick<VdnStore, 'find'>;
  /** Reads a VDN's callers anew: its country was changed while they were read by the one of before. */
  rekey?(teamId: string, vdn: number): Promise<void>;
  clock: Clock;
  log: Log;
  /** IANA zone of the times that the contact centre answers with (CMS_TIME_ZONE). */
  timeZone: string;
  /** Infinity: everything is kept. */
  retentionMs: number;
  /** How often a window is read again while its total moves. */
  rereads?: number;
}

export interface DeskSync extends Sync {
  /**
   * Until when (epoch ms) the desk has every call of the VDN; null: it keeps no record, or one that begins after
   * `fromAt`.
   */
  completeUntil(teamId: string, vdn: number, fromAt?: number): Promise<number | null>;
  /** Before the first sync: where CMS_TIME_ZONE is not what the stored times were derived with, derives them anew. */
  rederiveIfZoneChanged(): Promise<void>;
}

interface Plan {
  /** undefined: nothing to ask for. */
  window(record: SyncRecord | undefined, now: number): SyncWindow | undefined;
  /** What is known once the window was read completely. */
  recordAfter(record: SyncRecord | undefined, window: SyncWindow, now: number): SyncRecord | undefined;
}

export function createSync(options: SyncOptions): DeskSync {
  const { source, calls, state, vdns, clock, log, timeZone, retentionMs, rereads = 3 } = options;
  const { overlapMs = 2 * HOUR_MS, lookBackMs = DAY_MS, lookBackEveryMs = HOUR_MS } = options;
  const rules: SyncRules = { overlapMs, lookBackMs, lookBackEveryMs, retentionMs };
  const ports = {
    source,
    calls,
    zoneWatch: createZoneWatch(timeZone, log),
    countWatch: createCountWatch(log),
  };
  const inTurn = createTurns(options.leases);

  /** One sync, in the VDN's turn; the plan sees the record as it is then. */
  const run = (order: TurnOrder, plan: Plan): Promise<SyncReport> =>
    inTurn(order, (turn) => read(order, plan, turn));

  async function read({ teamId, vdn }: TurnOrder, plan: Plan, turn: Turn): Promise<SyncReport> {
    const now = clock.now();
    const record = await state.find(teamId, vdn);
    const window = plan.window(record, now);
    if (!window) return nothingToAsk(now);
    const countryOf = async () => (await vdns.find(teamId, vdn))?.country ?? null;
    const country = await countryOf();
    const reading = { teamId, vdn, window, timeZone, country, keepFromAt: now - retentionMs, rereads };
    const report = await readWindow(ports, { ...reading, ...turn });
    if (report.inserted > 0 && (await countryOf()) !== country) await options.rekey?.(teamId, vdn);
    log.debug({ vdn, ...window, ...report }, 'Asked the contact centre for missed calls');
    if (report.complete) {
      const after = plan.recordAfter(record, window, now);
      if (after && !(await state.save(teamId, vdn, record, after)))
        log.info({ vdn }, 'Another sync of a VDN was quicker: what is known of it is as that one says');
    } else {
      log.warn(
        { vdn, rereads },
        'The calls of a VDN moved while they were read: some may be missing for now',
      );
    }
    return report;
  }

  return {
    async range({ fromAt, toAt, ...order }) {
      const asked = askedRange(fromAt, toAt, clock.now());
      if (!asked) return nothingToAsk(clock.now());
      return await run(
        { ...order, what: asked, impatient: true },
        {
          window: (_record, now) => rangeWindow(asked, now),
          recordAfter: (record, window, now) => recordAfterRange(record, window, now, rules),
        },
      );
    },

    due: ({ neededFromAt, ...order }) =>
      run(
        { ...order, what: { neededFromAt }, impatient: false },
        {
          window: (record, now) => dueWindow(record, now, neededFromAt, rules),
          recordAfter: (record, window) => recordAfterDue(record, window, rules),
        },
      ),

    async completeUntil(teamId, vdn, fromAt) {
      const record = await state.find(teamId, vdn);
      if (!record || (fromAt !== undefined && fromAt < record.knownFromAt)) return null;
      return record.lastEndAt;
    },

    async rederiveIfZoneChanged() {
      const before = await state.timeZone();
      if (before === timeZone) return;
      if (before !== undefined) {
        const changed = await calls.rederiveTimes(timeZone);
        log.warn(
          { setting: 'CMS_TIME_ZONE', before, timeZone, changed },
          'CMS_TIME_ZONE has changed: the times of the stored calls were derived anew',
        );
      }
      await state.saveTimeZone(timeZone);
    },
  };
}

const nothingToAsk = (now: number): SyncReport => ({
  complete: true,
  endAt: wholeSecond(now),
  fetched: 0,
  inserted: 0,
  malformed: 0,
  outsideWindow: 0,
});
