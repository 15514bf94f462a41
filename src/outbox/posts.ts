import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createInHand } from '../work/in-hand.ts';
import { postLane } from './lanes.ts';
import { isTooLong } from './lost.ts';
import {
  type Later,
  type MessagePort,
  type OutboxDraft,
  type OutboxRow,
  type PostResult,
  SMALLEST,
} from './outbox.ts';
import type { Standing } from './standing.ts';
import type { PostStore } from './store.ts';

/** Channels that are posted to at the same time; answers to people come on top. */
const CHANNELS_AT_ONCE = 16;
const AT_LEAST_LATER_MS = 1000;
/** A message that cannot be rendered is a mistake of the desk's: it must not hold its channel up for ever. */
const RENDER_RETRIES_MS = [1000, 5000, 30_000, 60_000];
const NOT_RENDERED = 'not_rendered';
/** A claim that is older when its message is about to leave may have become somebody else's: it is renewed first. */
const FRESH_MS = 5_000;
const TIDY_EVERY_MS = 10 * 60_000;

export interface PostsOptions {
  store: PostStore & { find(id: string): Promise<OutboxRow | undefined> };
  port: MessagePort;
  standing: Standing;
  clock: Clock;
  log: Log;
  /** How long after its sending a message is in doubt. */
  doubtAfterMs: number;
  /** Slack refuses the message for good. Comes before the row is `failed`, and again should the desk be killed in between. */
  onRefused(row: OutboxRow, error: string): Promise<void>;
  /** The row is in Slack now. */
  onSent(id: string): void;
}

/** Turns pending rows into messages: claims a row, posts it, and writes down how that ended. */
export function createPosts(options: PostsOptions) {
  const { store, port, standing, clock, log, doubtAfterMs, onRefused, onSent } = options;
  const inHand = createInHand((err, id) =>
    log.error({ err, outboxId: id }, 'A delivery broke off; the message is in doubt until it is looked for'),
  );
  let tidiedAt = clock.now();

  const factsOf = ({ id, kind, channelId, attempts }: OutboxRow) => ({
    outboxId: id,
    kind,
    channelId,
    attempts,
  });

  /** Posts a row that has been claimed. What fails on the way leaves it `sending`, and so in doubt: never lost. */
  async function post(row: OutboxRow): Promise<void> {
    const result = await send(row).catch((err: unknown) => notRendered(row, err));
    if (!result) return;
    switch (result.outcome) {
      case 'sent':
        standing.taken(row.teamId);
        return sent(row, result);
      case 'later':
        return later(row, result);
      case 'shut-out': {
        const until = await standing.shutOut(row.teamId, result);
        await store.markLater(row, until);
        return;
      }
      case 'unknown':
        log.warn(
          { ...factsOf(row), error: result.error, lost: row.lost + 1 },
          "Slack's answer was lost: the message is in doubt",
        );
        standing.lost(row);
        await store.noteLost(row, result.error, clock.now());
        return;
      case 'too-large': {
        const shrunk = row.shrunk + 1;
        if (shrunk > SMALLEST) return refused(row, result.error);
        log.warn(
          { ...factsOf(row), error: result.error, shrunk },
          'Slack does not take a message as it is: smaller',
        );
        // Nothing was posted, so this claim goes on.
        if (await store.shrink(row, shrunk)) await post({ ...row, shrunk });
        return;
      }
      case 'refused':
      case 'gone':
        standing.taken(row.teamId);
        return refused(row, result.error);
    }
  }

  const send = (row: OutboxRow): Promise<PostResult> => port.post(row, () => stillOurs(row));

  /** Whoever slept since the claim may not be the one who has it any more. Not knowing means not posting: then it is in doubt. */
  async function stillOurs(row: OutboxRow): Promise<boolean> {
    const now = clock.now();
    if (now - (row.sendingAt ?? 0) < FRESH_MS) return true;
    return store.renewClaim(row, now, now + doubtAfterMs).catch((err: unknown) => {
      log.error({ ...factsOf(row), err }, 'A claim could not be renewed');
      return false;
    });
  }

  async function sent(row: OutboxRow, { channelId, ts }: { channelId: string; ts: string }): Promise<void> {
    if (await store.markSent(row.id, { channelId, ts })) return onSent(row.id);
    const known = await store.find(row.id);
    if (known?.ts && known.ts !== ts) {
      log.warn(
        { ...factsOf(row), ts, knownTs: known.ts },
        'A message is in Slack twice: its answer had come too late',
      );
    }
  }

  async function later(row: OutboxRow, { afterMs, why = 'slack', error }: Later): Promise<void> {
    if (why === 'unanswered') return unanswered(row, afterMs, error);
    const until = clock.now() + Math.max(afterMs, AT_LEAST_LATER_MS);
    if (why !== 'message') {
      await store.hold(postLane(row), until);
      await standing.putOff(row, until);
    }
    if (why === 'way') {
      log.warn(
        { ...factsOf(row), error },
        'Something on the way to Slack, such as a proxy, does not let a message pass',
      );
    }
    await store.markLater(row, until);
  }

  /** Slack may be busy, and is asked again; what it does not say for a day, while it takes other messages, it will not say. */
  async function unanswered(row: OutboxRow, afterMs: number, error = 'unanswered'): Promise<void> {
    const now = clock.now();
    const lostSince = row.lostSince ?? now;
    if (isTooLong(lostSince, now) && standing.takesOthers(row, lostSince)) return refused(row, error);
    await store.markLater(row, now + afterMs, { lostSince });
  }

  async function refused(row: OutboxRow, error: string): Promise<void> {
    log.warn({ ...factsOf(row), error }, 'Slack refused a message for good');
    await onRefused(row, error);
    await store.markFailed(row, error);
  }

  async function notRendered(row: OutboxRow, err: unknown): Promise<undefined> {
    log.error({ ...factsOf(row), err }, 'A message could not be rendered');
    const afterMs = RENDER_RETRIES_MS[row.unrendered];
    if (afterMs === undefined) await refused(row, NOT_RENDERED);
    else await store.markLater(row, clock.now() + afterMs, { unrendered: row.unrendered + 1 });
  }

  const begin = (row: OutboxRow): Promise<void> => inHand.run(row.id, () => post(row));

  return {
    inHand,

    /** Begins whatever may be posted now, of each channel its first message; other channels are not held up by a slow one. */
    async begin(): Promise<Promise<void>[]> {
      const now = clock.now();
      if (now - tidiedAt >= TIDY_EVERY_MS) {
        tidiedAt = now;
        await store.tidyLanes(now);
      }
      const free = CHANNELS_AT_ONCE - inHand.size;
      if (free <= 0) return [];
      return (await store.claimDue(now, now + doubtAfterMs, free)).map(begin);
    },

    /** Posts an answer at once, past the queue, where its channel's pace allows that; else it waits for its turn. The row before it is posted. */
    async postNow(draft: OutboxDraft): Promise<OutboxRow> {
      const now = clock.now();
      const row = await store.insertClaimed(draft, now, now + doubtAfterMs);
      if (row.state === 'sending') await begin(row);
      return row;
    },
  };
}
