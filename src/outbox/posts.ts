import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createInHand } from '../work/in-hand.ts';
import type { MessagePort, OutboxRow, PostResult } from './outbox.ts';
import { createPace, type Lane } from './pace.ts';
import type { OutboxStore } from './store.ts';

/** Channels that are posted to at the same time; answers to people come on top. */
const CHANNELS_AT_ONCE = 16;
const LOOK_AT_MOST = 200;
const AT_LEAST_LATER_MS = 1000;
/** A message that cannot be rendered is a mistake of the desk's: it must not hold its channel up for ever. */
const RENDER_RETRIES_MS = [1000, 5000, 30_000, 60_000];
const NOT_RENDERED = 'not_rendered';

export interface PostsOptions {
  store: OutboxStore;
  port: MessagePort;
  clock: Clock;
  log: Log;
  /** Slack refuses the message for good. Comes before the row is `failed`, and again should the desk be killed in between. */
  onRefused(row: OutboxRow, error: string): Promise<void>;
  /** The row is in Slack now. */
  onSent(id: string): void;
}

/** Turns pending rows into messages: claims a row, posts it, and writes down how that ended. */
export function createPosts({ store, port, clock, log, onRefused, onSent }: PostsOptions) {
  const pace = createPace();
  const inHand = createInHand((err, id) =>
    log.error({ err, outboxId: id }, 'A delivery broke off; the message is in doubt until it is looked for'),
  );

  /** How often each row could not be rendered, in this process's life; other reasons to wait do not count. */
  const unrendered = new Map<string, number>();

  /** Posts a row that has been claimed. What fails on the way leaves it `sending`, and so in doubt: never lost. */
  async function post(row: OutboxRow): Promise<void> {
    const facts = { outboxId: row.id, kind: row.kind, channelId: row.channelId, attempts: row.attempts };
    let result: PostResult;
    try {
      result = await port.post(row);
    } catch (err) {
      log.error({ ...facts, err }, 'A message could not be rendered');
      const failures = unrendered.get(row.id) ?? 0;
      unrendered.set(row.id, failures + 1);
      const afterMs = RENDER_RETRIES_MS[failures];
      result = afterMs ? { outcome: 'later', afterMs } : { outcome: 'refused', error: NOT_RENDERED };
    }
    if (result.outcome === 'sent' || result.outcome === 'refused') unrendered.delete(row.id);
    switch (result.outcome) {
      case 'sent':
        await store.markSent(row.id, result);
        onSent(row.id);
        return;
      case 'later': {
        const nextTryAt = clock.now() + Math.max(result.afterMs, AT_LEAST_LATER_MS);
        pace.hold(laneOf(row), nextTryAt);
        await store.markLater(row.id, nextTryAt);
        return;
      }
      case 'refused':
        log.warn({ ...facts, error: result.error }, 'Slack refused a message for good');
        await onRefused(row, result.error);
        await store.markFailed(row.id, result.error);
        return;
      case 'unknown':
        log.warn({ ...facts, error: result.error }, "Slack's answer was lost: the message is in doubt");
    }
  }

  /** Claims and posts; undefined when somebody else has the row. */
  async function claimAndBegin(id: string): Promise<{ done: Promise<void> } | undefined> {
    const claimed = await store.claim(id, clock.now());
    return claimed && { done: inHand.run(id, () => post(claimed)) };
  }

  return {
    inHand,

    /**
     * Begins whatever may be posted now, of each channel its first message; other channels are not held up by a slow
     * one. Also says when the next channel opens, if a message waits for that.
     */
    async begin(): Promise<{ begun: Promise<void>[]; opensAt: number | undefined }> {
      const now = clock.now();
      pace.tidy(now);
      const begun: Promise<void>[] = [];
      const openings: number[] = [];
      for (const row of await store.due(now, LOOK_AT_MOST)) {
        if (inHand.size >= CHANNELS_AT_ONCE) break;
        const lane = laneOf(row);
        if (pace.take(lane, now)) {
          const posting = await claimAndBegin(row.id);
          if (posting) begun.push(posting.done);
        } else {
          openings.push(pace.opensAt(lane));
        }
      }
      return { begun, opensAt: openings.length > 0 ? Math.min(...openings) : undefined };
    },

    /** Takes the channel's turn for an answer that somebody waits for; false when its pace does not allow that now. */
    takeTurn: (row: RowPlace): boolean => pace.take({ ...laneOf(row), answer: true }, clock.now()),

    /** Posts one row at once, past the queue, by the turn that was taken. */
    async postNow(id: string): Promise<void> {
      await (await claimAndBegin(id))?.done;
    },
  };
}

type RowPlace = Pick<OutboxRow, 'teamId' | 'channelId'>;

const laneOf = ({ teamId, channelId }: RowPlace): Lane => ({ teamId, channelId, answer: false });
