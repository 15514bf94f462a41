import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { shareInFlight } from '../work/in-flight.ts';
import type { Leases } from '../work/leases.ts';
import { createPoll, type Poll } from '../work/poll.ts';
import { slackFailure } from './slack-error.ts';

/** What is known of a channel: whether another organisation reads along. */
export interface KnownSharing {
  shared: boolean;
  /** When the question that was answered so was put to Slack; 0: it has to be asked anew. */
  askedAt: number;
  /** How many events Slack has sent about it: an answer from before the last one counts no more. */
  events: number;
}

export interface SharingStore {
  find(teamId: string, channelId: string): Promise<KnownSharing | undefined>;
  /** Slack's answer to a question that was put when `events` had come; nothing where more have come. What is known then. */
  saveAnswer(teamId: string, channelId: string, answer: KnownSharing): Promise<KnownSharing>;
  saveEvent(teamId: string, channelId: string, said: Omit<KnownSharing, 'events'>): Promise<void>;
  /** Channels with an active digest about which Slack has not been asked since. */
  notAskedSince(teamId: string, at: number, limit: number): Promise<string[]>;
}

export interface Sharing {
  /** What the database knows, however old; `fresh`: recent enough to rely on. */
  known(channelId: string): Promise<{ shared: boolean; fresh: boolean } | undefined>;
  /** Puts the question to Slack by `ask`, which says whether it is shared, and keeps the answer. What counts then. */
  asked<T extends { shared: boolean }>(channelId: string, ask: () => Promise<T>): Promise<T>;
  /** Slack says by itself that the channel is shared now, or is so no more. */
  changed(channelId: string, shared: boolean): Promise<void>;
}

/** Slack says when a channel is shared (channel_shared); this is for an event that was lost. */
const KEEP_MS = 6 * 60 * 60_000;

export interface SharingOptions {
  teamId: string;
  store: SharingStore;
  clock: Clock;
  log: Log;
}

/** Kept in the database: an event reaches one desk and counts for all, and a start asks nothing that is known. */
export function createSharing({ teamId, store, clock, log }: SharingOptions): Sharing {
  /** Events that could not be written down yet: Slack sends none twice once it is acknowledged. */
  const unwritten = new Map<string, boolean>();

  async function writeEvents() {
    for (const [channelId, shared] of unwritten) {
      // Whether it is shared with somebody else still, the event of an end does not say: that has to be asked.
      await store.saveEvent(teamId, channelId, { shared: true, askedAt: shared ? clock.now() : 0 });
      if (unwritten.get(channelId) === shared) unwritten.delete(channelId);
    }
  }

  const findNow = shareInFlight((channelId: string) => store.find(teamId, channelId));

  async function find(channelId: string) {
    if (unwritten.size > 0) await writeEvents();
    return findNow(channelId);
  }

  return {
    async known(channelId) {
      const known = await find(channelId);
      return known && { shared: known.shared, fresh: known.askedAt > clock.now() - KEEP_MS };
    },

    async asked(channelId, ask) {
      const before = await find(channelId);
      const askedAt = clock.now();
      const answer = await ask();
      const { shared } = await store.saveAnswer(teamId, channelId, {
        shared: answer.shared,
        askedAt,
        events: before?.events ?? 0,
      });
      return { ...answer, shared };
    },

    async changed(channelId, shared) {
      unwritten.set(channelId, shared);
      await writeEvents().catch((err: unknown) =>
        log.error({ err, channelId }, 'That a channel is shared could not be written down: trying again'),
      );
    },
  };
}

export interface WatchOptions extends Omit<SharingOptions, 'store'> {
  store: Pick<SharingStore, 'notAskedSince'>;
  leases: Pick<Leases, 'tryHold'>;
  /** Puts the question to Slack and keeps the answer. */
  ask(channelId: string): Promise<unknown>;
}

const LOOK_EVERY_MS = 30_000;
/** conversations.info allows fifty a minute, and people who ask need some of them, as other desks do. */
const ASK_AT_ONCE = 5;
const ASK_AGAIN_AFTER_MS = KEEP_MS / 2;
const LOOK_AT_MOST = 500;
/** Where Slack refuses to say. */
const REFUSED_FOR_MS = 60 * 60_000;

/** Asks about the channels of digests a few at a time, before their turn comes: at nine o'clock all of them would ask at once. */
export function createSharingWatch({ teamId, store, ask, leases, clock, log }: WatchOptions): Poll {
  const refused = new Map<string, number>();

  async function askAFew(now: number): Promise<void> {
    const found = await store.notAskedSince(teamId, now - ASK_AGAIN_AFTER_MS, LOOK_AT_MOST);
    const due = found.filter((channelId) => (refused.get(channelId) ?? 0) <= now);
    const asking = due.slice(0, ASK_AT_ONCE).map(async (channelId) => {
      try {
        await ask(channelId);
      } catch (error) {
        // Anything else is tried again at the next look.
        if (slackFailure(error).kind === 'refused') refused.set(channelId, now + REFUSED_FOR_MS);
      }
    });
    await Promise.all(asking);
  }

  return createPoll({
    name: 'shared channels',
    everyMs: LOOK_EVERY_MS,
    log,
    async look() {
      // Of several desks each asks about others.
      await leases.tryHold(`shared channels ${teamId}`, () => askAFew(clock.now()));
      return undefined;
    },
  });
}
