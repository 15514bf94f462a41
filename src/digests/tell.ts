import { randomUUID } from 'node:crypto';
import type { NewListRow } from '../callbacks/list-store.ts';
import type { CallList, CallWindow } from '../calls/call-list.ts';
import type { SourceErrorCode } from '../calls/source.ts';
import { type Vdn, vdnOf, zoneOf } from '../calls/vdn.ts';
import type { Clock } from '../clock.ts';
import type { OutboxDraft } from '../outbox/outbox.ts';
import { type DigestData, digestKinds, type SourceNoticeData } from './digest.ts';
import { nextRunAfter } from './next-run.ts';
import type { Outage } from './outage.ts';
import type { DigestPorts } from './ports.ts';
import { failed, gapOf, told, windowOf } from './run.ts';
import type { Move, SubscriptionStore } from './store.ts';
import type { Subscription } from './subscription.ts';

export interface TellerOptions extends Pick<DigestPorts, 'calls' | 'callbacks' | 'lists' | 'vdns'> {
  store: SubscriptionStore;
  clock: Clock;
  /** How late a row may appear and still be told. */
  lookBackMs: number;
}

/** What a run found in the desk's record: calls up to this seq, all of them with their callbacks; `complete`: all until `endAt`. */
export interface BroughtIn {
  endAt: number;
  complete: boolean;
  uptoSeq: number;
}

/** A run of one subscription after the sync: `overtaken` when it was moved meanwhile (nothing is told then). */
export type Telling = 'told' | 'nothing-new' | 'overtaken';

/** What one subscription's channel is to be told, and what moves with that. */
export interface Prepared extends Move {
  news: News | undefined;
}

export interface RunTeller extends AsyncDisposable {
  /** What is new. `manual`: somebody asked for it, and the schedule stays as it is; undefined: then nothing is. */
  prepare(subscription: Subscription, how: { manual: boolean }): Promise<Prepared | undefined>;
  /** Writes them down in one transaction, each on its own condition. */
  tell(prepared: readonly Prepared[]): Promise<Telling[]>;
}

/** What bears an earlier time is in the database by then, also where another desk's clock is a minute behind this one's. */
const WRITTEN_WITHIN_MS = 90_000;

/** A list of what is new to a subscription, and to whichever others have told as much. */
interface News {
  list: CallList;
  /** Of its calls; undefined: it has none, only those who were never called back. */
  lastSeq: number | undefined;
  /** Whether there may be a message that shows the list. */
  mayBeShown: boolean;
}

/** Each falls into one run: what is being written at the end of a run is left to the next. What expired before the channel asked for digests is no news to it. */
const expiredAfter = ({ previousEndAt, createdAt }: Subscription) =>
  Math.max(previousEndAt - WRITTEN_WITHIN_MS, createdAt);

/** Decides and writes down what one subscription's channel is told. */
export function createTeller({ store, clock, lookBackMs, calls, callbacks, lists, vdns }: TellerOptions) {
  /** The calls of a window and whom nobody has called back, as a list to show; undefined when there are neither. */
  async function newsIn(
    { teamId, vdn }: Subscription,
    window: CallWindow,
    expired: readonly NewListRow[],
  ): Promise<News | undefined> {
    const isEmpty = window.uptoSeq <= window.afterSeq;
    const lastSeq = isEmpty ? undefined : await calls.lastInWindow(teamId, vdn, window);
    if (lastSeq === undefined && expired.length === 0) return undefined;
    const list = await lists.create({ teamId, vdn, window, filter: {}, callbacks: expired });
    return { list, lastSeq, mayBeShown: false };
  }

  const expiredIn = ({ teamId, vdn }: Subscription, afterAt: number, endAt: number) =>
    callbacks.expiredBetween(teamId, vdn, afterAt, endAt - WRITTEN_WITHIN_MS);

  return {
    /** Of one VDN, in one run. Most of its subscriptions have told the same so far: what is looked up for one serves the others. */
    ofRun({ endAt, complete, uptoSeq }: BroughtIn, outage: Outage | null): RunTeller {
      let known: Vdn | undefined;
      const newsOf = new Map<string, News | undefined>();
      const expiredSince = new Map<number, NewListRow[]>();

      const prepare: RunTeller['prepare'] = async (subscription, { manual }) => {
        known ??= await vdnOf(vdns, subscription);
        const vdn = known;
        const window = windowOf(subscription, uptoSeq, lookBackMs);
        // What is not complete is told again from where it began.
        const afterAt = expiredAfter(subscription);
        const expired = complete
          ? await remembered(expiredSince, afterAt, () => expiredIn(subscription, afterAt, endAt))
          : [];
        const same = [window.afterSeq, window.endFromAt, expired.length > 0 ? afterAt : ''].join(' ');
        const news = await remembered(newsOf, same, () => newsIn(subscription, window, expired));
        if (manual && !news) return undefined;
        const now = clock.now();
        const drafts: OutboxDraft[] = [];
        if (subscription.downToldAt !== null) {
          drafts.push(sourceNotice(digestKinds.sourceBack, subscription, vdn, null));
        }
        if (news || subscription.schedule.allClear) {
          const gap = gapOf(subscription, outage);
          drafts.push(
            digest(subscription, vdn, {
              toAt: endAt,
              gap,
              expired: expired.length,
              manual,
              list: news?.list ?? null,
            }),
          );
        }
        const change = {
          ...told(subscription, { lastSeq: news?.lastSeq, completeUntil: complete ? endAt : null }),
          ...(manual ? {} : { nextRunAt: nextRunAfter(subscription.schedule, now, zoneOf(vdn)) }),
        };
        return { read: subscription, change, drafts, news };
      };

      return {
        prepare,

        async tell(prepared) {
          const moved = await store.moveAll(prepared, clock.now()).catch((error: unknown) => {
            // Whether it was written before that, nobody knows.
            for (const { news } of prepared) if (news) news.mayBeShown = true;
            throw error;
          });
          return prepared.map(({ news }, index) => {
            if (!moved[index]) return 'overtaken';
            if (!news) return 'nothing-new';
            news.mayBeShown = true;
            return 'told';
          });
        },

        async [Symbol.asyncDispose]() {
          // A list that no message shows is of no use.
          for (const news of newsOf.values()) if (news && !news.mayBeShown) await lists.delete(news.list.id);
        },
      };
    },

    /** Writes down that a run failed, when to try again, and at the third failure in a row tells the channel. */
    async fail(subscription: Subscription, code: SourceErrorCode | null): Promise<void> {
      const now = clock.now();
      const { change, tellDown } = failed(subscription, now);
      const drafts = tellDown
        ? [sourceNotice(digestKinds.sourceDown, subscription, await vdnOf(vdns, subscription), code)]
        : [];
      await store.move({ read: subscription, change, drafts }, now);
    },
  };
}

async function remembered<K, V>(memory: Map<K, V>, key: K, look: () => Promise<V>): Promise<V> {
  if (!memory.has(key)) memory.set(key, await look());
  return memory.get(key) as V;
}

function digest(
  subscription: Subscription,
  vdn: Vdn,
  run: Pick<DigestData, 'toAt' | 'gap' | 'expired' | 'manual'> & { list: CallList | null },
): OutboxDraft {
  const { list, ...facts } = run;
  const data: DigestData = {
    subscriptionNumber: subscription.number,
    vdn: { number: vdn.number, name: vdn.name },
    fromAt: subscription.previousEndAt,
    timeZone: zoneOf(vdn),
    listId: list?.id ?? null,
    afterSeq: subscription.cursor,
    ...facts,
  };
  return { ...draftFor(subscription, digestKinds.digest, data), ...(list ? { listId: list.id } : {}) };
}

function sourceNotice(
  kind: string,
  subscription: Subscription,
  vdn: Vdn,
  code: SourceErrorCode | null,
): OutboxDraft {
  const data: SourceNoticeData = {
    subscriptionNumber: subscription.number,
    vdn: { number: vdn.number, name: vdn.name },
    sinceAt: subscription.previousEndAt,
    timeZone: zoneOf(vdn),
    code,
  };
  return draftFor(subscription, kind, data);
}

const draftFor = ({ id, teamId, channelId }: Subscription, kind: string, data: unknown): OutboxDraft => ({
  id: randomUUID(),
  teamId,
  channelId,
  kind,
  data,
  subscriptionId: id,
});
