import { addOpenMs } from '../calls/business-hours.ts';
import { MINUTE_MS } from '../calls/wall-time.ts';
import type { Callback, DesksChange } from './callback.ts';
import type { CallbackRules } from './vdn-rules.ts';

/** What the desk does with a callback now, or when it has to look again; null: not before somebody has changed it. */
export type Look = { change: DesksChange } | { wakeAt: number | null };

export interface LookParts {
  rules: CallbackRules;
  now: number;
  /** How long after its latest call a callback that nobody has is given up. */
  horizonMs: number;
  /** When its latest call ended; null: none is kept. */
  latestCallAt: number | null;
  /** Whether the VDN has a channel to ask in. */
  hasChannels: boolean;
}

/** A step that is due and cannot be taken is looked at again after so long: a digest may have been set up by then. */
const LOOK_AGAIN_MS = 15 * MINUTE_MS;

/** What time has made due: trying again, a claim that rests, raising what nobody claims, giving up. */
export function lookAt(callback: Callback, parts: LookParts): Look {
  switch (callback.state) {
    case 'claimed':
      return callback.dueAt === null
        ? resting(callback, parts)
        : when(callback.dueAt, parts, { action: 'due' });
    case 'open':
      return unclaimed(callback, parts);
    case 'done':
      return { wakeAt: null };
  }
}

const when = (at: number | null, { now }: LookParts, change: DesksChange): Look =>
  at !== null && at <= now ? { change } : { wakeAt: at };

/** First the owner is reminded, and after as long again it is open to everybody. */
function resting({ touchedAt, remindedAt }: Callback, parts: LookParts): Look {
  const { hours, restMs } = parts.rules;
  if (restMs === null) return { wakeAt: null };
  if (remindedAt === null) return when(addOpenMs(hours, touchedAt, restMs), parts, { action: 'remind' });
  return when(addOpenMs(hours, remindedAt, restMs), parts, { action: 'return' });
}

/**
 * Of steps that came due while the desk was away, only the last is taken: the others would come at once with it. One that
 * would ask nobody, as the VDN has no channel now, is not used up.
 */
function unclaimed(callback: Callback, parts: LookParts): Look {
  const { now, horizonMs, latestCallAt, hasChannels, rules } = parts;
  const expiresAt = (latestCallAt ?? callback.openedAt) + horizonMs;
  if (expiresAt <= now) return { change: { action: 'expire' } };
  const steps = stepsAt(callback, parts);
  const asks = (step: number) => hasChannels || rules.raise[step]?.to.kind === 'person';
  const due = steps.findLastIndex((at, step) => at !== null && at <= now && asks(step));
  if (due >= callback.raised) return { change: { action: 'raise', raised: due + 1 } };
  const next = steps.slice(callback.raised).filter((at) => at !== null);
  return { wakeAt: Math.min(expiresAt, ...next.map((at) => (at > now ? at : now + LOOK_AGAIN_MS))) };
}

/** When each step is due. Callbacks that only a question opened are never raised. */
function stepsAt({ openedBy, since }: Callback, { rules }: LookParts): (number | null)[] {
  if (openedBy !== 'digest') return [];
  return rules.raise.map(({ afterMs }) => addOpenMs(rules.hours, since, afterMs));
}
