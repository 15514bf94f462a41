import { createMissedCallSource } from './cms/missed-calls.ts';
import { createReachSource } from './cms/query-calls.ts';
import { createLead, firstPage } from './cms/query-look.ts';
import type { Config } from './config/config.ts';
import type { CentrePort } from './doctor/contact-centre.ts';
import type { Foundation } from './foundation.ts';
import type { Log } from './log.ts';
import { createSync, type DeskSync } from './sync/sync.ts';
import { watchReach, watchSource, watchSync } from './watching/watched.ts';
import type { Reach } from './work/seam.ts';

/** The contact centre, for all workspaces: one process has one. */
export interface Centre {
  sync: DeskSync;
  /** Asks whether callers were reached; null: CMS_CC_ID is not set. */
  reachSource: ReturnType<typeof createReachSource> | null;
  /** As the doctor asks it. */
  look: CentrePort;
}

export interface CentreParts extends Pick<Foundation, 'stores' | 'clock' | 'leases' | 'metrics'> {
  log: Log;
  reach: Reach;
  /** Aborted: nobody waits any more for what is asked. */
  hurry: AbortSignal;
  /** Reads a VDN's callers anew. */
  rekey(teamId: string, vdn: number): Promise<void>;
}

export function openCentre(config: Config, parts: CentreParts, closing: (() => Promise<unknown>)[]): Centre {
  const { stores, clock, leases, log, reach, hurry, metrics, rekey } = parts;
  const { url, accessKey, secretKey, ca, timeoutMs, ccId, timeZone } = config.cms;
  const { onDate, leadMs } = createLead(clock);
  const cms = { url, accessKey, secretKey, ca, proxy: config.proxy, timeoutMs, clock, log, reach, onDate };
  const source = watchSource(createMissedCallSource(cms), metrics);
  closing.push(() => source.close());
  const reachSource = ccId === null ? null : watchReach(createReachSource({ ...cms, ccId }), metrics);
  if (reachSource) closing.push(() => reachSource.close());
  const syncAsItIs = createSync({
    source,
    calls: stores.calls,
    state: stores.syncs,
    vdns: stores.vdns,
    rekey,
    leases,
    clock,
    log,
    timeZone,
    retentionMs: config.retentionMs ?? Number.POSITIVE_INFINITY,
  });
  return {
    sync: watchSync(syncAsItIs, metrics),
    reachSource,
    look: { timeZone, leadMs, ask: (vdn, window) => firstPage(source, vdn, window, hurry) },
  };
}
