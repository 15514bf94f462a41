import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { editsLane, historyLane, postsLane } from './lanes.ts';
import type { ShutOut } from './outbox.ts';
import type { PostStore } from './store.ts';

/** When so many channels were put off, and no message went in between, it is not the channels. */
const CHANNELS_PUT_OFF = 3;
/** Slack that has lost an answer not so long ago may be losing one now and then. */
const FAILING_MS = 60 * 60_000;
/** Somebody has to mend it first; then nothing should wait for long. */
const SHUT_OUT_FOR_MS = 5 * 60_000;

/**
 * How a workspace takes what the desk sends. When it takes nothing, what nobody waits for is held as a whole, for every
 * process on the database, instead of being tried channel by channel. Answers and clicks are still tried: they show at
 * once that it is over.
 */
export interface Standing {
  /** Slack has taken something. */
  taken(teamId: string): void;
  /** Slack's answer to a post or an edit of this message was lost. */
  lost(row: { teamId: string; id: string }): void;
  /**
   * Whether Slack fails at this message alone, as far as this process knows: it has taken something since then, and no answer to
   * another message was lost for an hour.
   */
  takesOthers(row: { teamId: string; id: string }, since: number): boolean;
  /** When it last did, as far as this process knows (epoch ms). */
  takenAt(teamId: string): number | undefined;
  /** A post to this channel was put off until then (epoch ms). */
  putOff(place: { teamId: string; channelId: string }, until: number): Promise<void>;
  /** Holds posts, edits and looks. Until when (epoch ms). */
  shutOut(teamId: string, why: ShutOut): Promise<number>;
  /** By which of its names Slack takes nothing now, in any workspace; [] while it takes messages. */
  refusals(): string[];
}

export function createStanding(parts: { store: Pick<PostStore, 'hold'>; clock: Clock; log: Log }): Standing {
  const { store, clock, log } = parts;
  /** By workspace, only those in trouble; of each no more channels than it takes. */
  const putOff = new Map<string, Set<string>>();
  const shutOutBy = new Map<string, string>();
  const lastTaken = new Map<string, number>();
  /** By workspace: the two messages whose answers were lost last, the later one last. */
  const lastLost = new Map<string, { id: string; at: number }[]>();

  return {
    taken(teamId) {
      putOff.delete(teamId);
      lastTaken.set(teamId, clock.now());
      if (shutOutBy.delete(teamId)) log.info({ teamId }, 'Slack takes messages again');
    },

    lost({ teamId, id }) {
      const others = (lastLost.get(teamId) ?? []).filter((one) => one.id !== id);
      lastLost.set(teamId, [...others.slice(-1), { id, at: clock.now() }]);
    },

    takesOthers({ teamId, id }, since) {
      const other = lastLost.get(teamId)?.findLast((one) => one.id !== id);
      if (other && other.at > clock.now() - FAILING_MS) return false;
      return (lastTaken.get(teamId) ?? 0) > since;
    },

    takenAt: (teamId) => lastTaken.get(teamId),

    refusals: () => [...new Set(shutOutBy.values())],

    async putOff({ teamId, channelId }, until) {
      const channels = putOff.get(teamId) ?? new Set();
      putOff.set(teamId, channels);
      const before = channels.size;
      if (before < CHANNELS_PUT_OFF) channels.add(channelId);
      if (channels.size < CHANNELS_PUT_OFF) return;
      await store.hold(postsLane(teamId), until);
      if (before < CHANNELS_PUT_OFF) {
        log.warn(
          { teamId },
          'Slack puts off one channel after the other: all messages wait that nobody waits for',
        );
      }
    },

    async shutOut(teamId, { error, remedy }) {
      const until = clock.now() + SHUT_OUT_FOR_MS;
      for (const lane of [postsLane, editsLane, historyLane]) await store.hold(lane(teamId), until);
      if (!shutOutBy.has(teamId)) {
        shutOutBy.set(teamId, error);
        log.error(
          { teamId, error },
          `Slack takes nothing from the desk (${error}), so its messages wait. ${remedy}`,
        );
      }
      return until;
    },
  };
}
