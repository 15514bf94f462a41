import type { Message } from '../slack/messages.ts';

/** Which messages each person has seen. */
export interface Reading {
  /** Everything that is in the channel now has been seen. */
  see(person: string, channel: string, messages: readonly Message[]): void;
  /** How many of these the person has not seen. */
  unread(person: string, channel: string, messages: readonly Message[]): number;
}

export function createReading(): Reading {
  /** The latest ts that was seen, by person and channel. */
  const seen = new Map<string, string>();
  const key = (person: string, channel: string) => `${person}/${channel}`;
  return {
    see(person, channel, messages) {
      const last = messages.at(-1);
      if (last) seen.set(key(person, channel), last.ts);
    },
    unread(person, channel, messages) {
      const upTo = seen.get(key(person, channel)) ?? '';
      return messages.filter(
        ({ ts, user, ephemeralTo, threadTs }) =>
          ts > upTo &&
          user !== person &&
          (ephemeralTo === undefined || ephemeralTo === person) &&
          (threadTs === undefined || threadTs === ts),
      ).length;
    },
  };
}
