import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { refuse } from './refusal.ts';

const LIFE_MS = 3_000;

/** The `trigger_id`s: each lets the app show the person who acted one view, within 3 seconds. */
export interface Triggers {
  issue(user: string): string;
  /** The person it was issued to; refuses one that is unknown, used or too old. */
  exchange(id: string): string;
}

export function openTriggers(clock: Clock): Triggers {
  const issued = new Map<string, { user: string; at: number; used: boolean }>();
  return {
    issue(user) {
      const id = `${issued.size + 1}.${clock.now()}.${randomBytes(16).toString('hex')}`;
      issued.set(id, { user, at: clock.now(), used: false });
      return id;
    },
    exchange(id) {
      const trigger = issued.get(id);
      if (!trigger) return refuse('invalid_trigger_id');
      if (trigger.used) return refuse('exchanged_trigger_id');
      if (clock.now() - trigger.at > LIFE_MS) return refuse('expired_trigger_id');
      trigger.used = true;
      return trigger.user;
    },
  };
}
