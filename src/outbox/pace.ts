/** Slack takes about one message a second a channel. */
const BETWEEN_POSTS_MS = 1000;
/** Slack tolerates short bursts: several people may ask in one channel at once. Digests do not use this. */
const BURST = 4;

/** One lane a channel: how soon it takes the next message. Forgets on restart, which Slack's own 429 makes up for. */
export interface Pace {
  /** When a message may be posted there: a moment that has passed, or one to wait for (epoch ms). */
  opensAt(lane: Lane): number;
  /** Takes the lane's turn for one message, if it is open. */
  take(lane: Lane, now: number): boolean;
  /** Slack said not before. */
  hold(lane: Lane, until: number): void;
  /** Forgets lanes that are open. */
  tidy(now: number): void;
}

export interface Lane {
  teamId: string;
  channelId: string;
  /** A person waits for it: may use the burst. */
  answer: boolean;
}

export function createPace(): Pace {
  // When the channel is free once everything posted so far has had its second; and until when Slack refuses.
  const lanes = new Map<string, { freeAt: number; heldUntil: number }>();
  const key = (lane: Lane) => `${lane.teamId}/${lane.channelId}`;
  const laneOf = (lane: Lane) => lanes.get(key(lane)) ?? { freeAt: 0, heldUntil: 0 };

  function opensAt(lane: Lane): number {
    const { freeAt, heldUntil } = laneOf(lane);
    const allowance = lane.answer ? (BURST - 1) * BETWEEN_POSTS_MS : 0;
    return Math.max(freeAt - allowance, heldUntil);
  }

  return {
    opensAt,
    take(lane, now) {
      if (opensAt(lane) > now) return false;
      const known = laneOf(lane);
      lanes.set(key(lane), { ...known, freeAt: Math.max(known.freeAt, now) + BETWEEN_POSTS_MS });
      return true;
    },
    hold(lane, until) {
      const known = laneOf(lane);
      lanes.set(key(lane), { ...known, heldUntil: Math.max(known.heldUntil, until) });
    },
    tidy(now) {
      for (const [name, { freeAt, heldUntil }] of lanes) {
        if (freeAt <= now && heldUntil <= now) lanes.delete(name);
      }
    },
  };
}
