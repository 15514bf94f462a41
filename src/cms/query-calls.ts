import { numberWritings } from '../calls/number-writings.ts';
import {
  type Direction,
  isAskable,
  LEAST_TALK,
  type LeastTalk,
  proofIn,
  type ReachProof,
  type ReachQuery,
  type ReachSource,
  type RecordedCall,
} from '../calls/reached.ts';
import { DAY_MS, MINUTE_MS } from '../calls/wall-time.ts';
import { authV2 } from './authorizer.ts';
import { parseRecordedCalls } from './calls-schema.ts';
import { type CmsClientOptions, createCmsClient } from './client.ts';
import type { SigningKeys } from './signature.ts';

export interface ReachSourceOptions extends Omit<CmsClientOptions, 'authorizer'>, SigningKeys {
  /** CMS_CC_ID, 1 to 65535. */
  ccId: number;
  /** How long somebody must have talked; LEAST_TALK by default. */
  leastTalk?: LeastTalk;
}

const PATH = '/rest/cmsapp/v2/openapi/vdn/querycalls';
/** The contact centre gives no more at once. */
const PAGE_SIZE = 100;
/** Of one number within a day: whoever has more does not heed the filter. */
const MAX_PAGES = 3;
/** How far the contact centre's clock may be ahead. */
const CLOCKS_APART_MS = 5 * MINUTE_MS;

/**
 * The contact centre as the record of all calls: signed queries to querycalls, v2 (cc-cms-api.md, section 3).
 *
 * It refuses what begins before yesterday 00:00, and does not say in whose zone. There is always a zone in which that is
 * hardly more than 24 hours ago, so nothing older is asked for. How the filters compare numbers is not documented either:
 * those that somebody called are asked for in every way in which they may have been dialled, those that rang as they did.
 */
export function createReachSource(options: ReachSourceOptions): ReachSource & { close(): Promise<void> } {
  const { accessKey, secretKey, ccId, leastTalk = LEAST_TALK, clock, log } = options;
  const client = createCmsClient({ ...options, authorizer: authV2({ accessKey, secretKey }) });
  const knownFrom = (now: number) => now - DAY_MS + CLOCKS_APART_MS;

  async function* recordedCalls(
    { vdn, afterAt, signal }: ReachQuery,
    direction: Direction,
    digits: string,
    now: number,
  ): AsyncGenerator<RecordedCall[]> {
    for (let page = 0; page < MAX_PAGES; page++) {
      const body = {
        ccId,
        vdn,
        isCallIn: String(direction === 'inbound'),
        beginDate: String(Math.max(afterAt, knownFrom(now))),
        endDate: String(now),
        ...(direction === 'inbound' ? { callerNo: digits } : { calleeNo: digits }),
        limit: PAGE_SIZE,
        offset: page * PAGE_SIZE,
      };
      const { calls, malformed } = parseRecordedCalls(await client.post(PATH, body, signal));
      const facts = { vdn, direction, page: page + 1, rows: calls.length };
      log.debug(facts, 'a page of recorded calls');
      if (malformed > 0)
        log.warn({ ...facts, malformed }, 'recorded calls that could not be read were skipped');
      yield calls;
      if (calls.length + malformed < PAGE_SIZE) return;
    }
  }

  async function proof(query: ReachQuery, direction: Direction, digits: string): Promise<ReachProof | null> {
    const now = clock.now();
    for await (const calls of recordedCalls(query, direction, digits, now)) {
      const proofs = calls
        .map((call) => proofIn(call, direction, query, now, leastTalk))
        .filter((found) => found !== null);
      const [first] = proofs.sort((a, b) => a.at - b.at);
      if (first) return first;
    }
    return null;
  }

  return {
    knownFrom,
    async reached(query) {
      if (!isAskable(query.callerKey) || query.afterAt >= clock.now()) return null;
      const [asItCame, ...others] = numberWritings(query.callerNo, query.country);
      if (asItCame === undefined) return null;
      const found = (await proof(query, 'outbound', asItCame)) ?? (await proof(query, 'inbound', asItCame));
      if (found) return found;
      for (const digits of others) {
        const outbound = await proof(query, 'outbound', digits);
        if (outbound) return outbound;
      }
      return null;
    },
    close: client.close,
  };
}
