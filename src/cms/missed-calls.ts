import { type MissedCallSource, SourceError, type SourcePage, type SourceQuery } from '../calls/source.ts';
import { authV2 } from './authorizer.ts';
import { type CmsClientOptions, createCmsClient } from './client.ts';
import { parseMissedCallsPage } from './schema.ts';
import type { SigningKeys } from './signature.ts';

export interface MissedCallSourceOptions extends Omit<CmsClientOptions, 'authorizer'>, SigningKeys {
  /** Rows of a page, 1 to 5000 (the contact centre's limit, and the default). */
  pageSize?: number;
}

const PATH = '/rest/cmsapp/v1/callin/queryMissedCalls';
/** The contact centre gives no more at once. */
const MAX_PAGE_SIZE = 5000;
/** A million calls in one window: whoever has more full pages has no end. */
const MAX_FULL_PAGES = 200;
/** At a server that caps its pages it takes more of them. */
const MAX_PAGES = 10_000;
/** One such page may come of rows that arrived meanwhile; two do not. */
const MAX_PAGES_WITH_NOTHING_NEW = 2;

/** The contact centre as the source of missed calls: signed queries to queryMissedCalls. */
export function createMissedCallSource(
  options: MissedCallSourceOptions,
): MissedCallSource & { close(): Promise<void> } {
  const { accessKey, secretKey, pageSize = MAX_PAGE_SIZE, log } = options;
  const client = createCmsClient({ ...options, authorizer: authV2({ accessKey, secretKey }) });

  async function* pages({
    vdn,
    beginAt,
    endAt,
    signal,
  }: SourceQuery): AsyncGenerator<SourcePage, void, void> {
    const beginTime = queryTime(beginAt);
    const endTime = queryTime(endAt);
    const seen = new Set<string>();
    let nothingNew = 0;
    let isFull = true;

    // The next page begins where this one ended, also at a server that gives fewer rows than it was asked for.
    for (let number = 0, offset = 0; number < MAX_PAGES; number++) {
      const answer = await client.post(PATH, { vdn, offset, limit: pageSize, beginTime, endTime }, signal);
      const { total, rows, malformed } = parseMissedCallsPage(answer, offset);
      if (total > MAX_FULL_PAGES * pageSize) break;
      const fresh = rows.filter(({ callId }) => !seen.has(callId) && seen.add(callId));
      const repeated = rows.length - fresh.length;
      // None of them twice where none is repeated.
      const listedTwice = repeated && rows.length - new Set(rows.map(({ callId }) => callId)).size;
      const onlyRepeats = repeated > 0 && fresh.length === 0;
      const given = rows.length + malformed;
      const facts = { vdn, page: number + 1, rows: given, total };

      log.debug(facts, 'a page of missed calls');
      if (malformed > 0)
        log.warn({ ...facts, malformed }, 'missed calls that could not be read were skipped');
      // A short page may be all that a server gives at once. One that then has nothing new has no more to give.
      const ends = offset + given >= total || given === 0 || (!isFull && onlyRepeats);
      isFull = given === pageSize;
      if (ends && offset + given < total) {
        log.warn(facts, 'the contact centre gave fewer missed calls than it counts');
      }
      yield { total, rows: fresh, malformed, repeated, listedTwice };
      if (ends) return;
      offset += given;

      nothingNew = onlyRepeats ? nothingNew + 1 : 0;
      if (nothingNew === MAX_PAGES_WITH_NOTHING_NEW) break;
    }
    throw new SourceError(
      'not-understood',
      `The contact centre's pages of missed calls come to no end (VDN ${vdn}): it may ignore offset and limit; check its version, or ask for a shorter range.`,
    );
  }

  return { pages, close: client.close };
}

/** `yyyy-MM-dd HH:mm:ss`, UTC, as queryMissedCalls takes it. */
function queryTime(at: number): string {
  return new Date(at).toISOString().slice(0, 'yyyy-MM-ddTHH:mm:ss'.length).replace('T', ' ');
}
