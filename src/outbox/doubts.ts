import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createInHand } from '../work/in-hand.ts';
import type { MessagePort, OutboxRow } from './outbox.ts';
import type { OutboxStore } from './store.ts';

/** How long after Slack's time to answer has passed a lost message may still turn up. */
const GRACE_MS = 30_000;
/** Clocks differ: the history is read from before the sending on. */
const LOOK_BACK_MS = 2 * 60_000;
/** Between the two looks: the history may lag behind. */
const LOOK_AGAIN_MS = 5_000;
/** conversations.history allows few calls. */
const LOOK_LATER_MS = 60_000;
const DOUBTS_AT_ONCE = 4;

export interface DoubtsOptions {
  store: OutboxStore;
  port: MessagePort;
  clock: Clock;
  log: Log;
  /** How long a post may wait for Slack's answer. */
  timeoutMs: number;
  /** Whether this process is posting the row at this moment. */
  isInHand(id: string): boolean;
  onSent(id: string): void;
}

/**
 * Settles rows whose answer was lost: two looks into the channel's history; found → sent, absent twice → posted again.
 * Where the history may not be read it is posted again, since a message told twice is better than one never told.
 */
export function createDoubts({ store, port, clock, log, timeoutMs, isInHand, onSent }: DoubtsOptions) {
  /** Of this process alone: after a restart both looks are made anew. */
  const looks = new Map<string, { notBefore: number; absent: boolean }>();
  const inHand = createInHand((err, id) =>
    log.error({ err, outboxId: id }, 'Settling a message in doubt failed'),
  );

  async function look(row: OutboxRow): Promise<void> {
    const now = clock.now();
    const before = looks.get(row.id);
    const facts = { outboxId: row.id, kind: row.kind, channelId: row.channelId };
    const found = await port.find(row, (row.sendingAt ?? now) - LOOK_BACK_MS).catch((err: unknown) => {
      log.error({ ...facts, err }, 'Looking for a message in doubt failed');
      return 'later' as const;
    });
    if (found === 'later') {
      looks.set(row.id, { notBefore: now + LOOK_LATER_MS, absent: before?.absent ?? false });
    } else if (found === 'absent' && !before?.absent) {
      looks.set(row.id, { notBefore: now + LOOK_AGAIN_MS, absent: true });
    } else if (found === 'absent' || found === 'unreadable') {
      if (found === 'absent') log.info(facts, 'A message in doubt is not in Slack: posting it again');
      else log.warn(facts, 'The history may not be read: posting a message again that may be there already');
      looks.delete(row.id);
      await store.markLater(row.id, now);
    } else {
      log.info(facts, 'A message in doubt was found in Slack');
      looks.delete(row.id);
      await store.markSent(row.id, found);
      onSent(row.id);
    }
  }

  return {
    idle: () => inHand.idle(),
    /** Begins the looks that are due; the promises never reject. */
    async begin(): Promise<Promise<void>[]> {
      const now = clock.now();
      const rows = await store.inDoubt(now - timeoutMs - GRACE_MS, 100);
      const doubted = new Set(rows.map((row) => row.id));
      for (const id of looks.keys()) if (!doubted.has(id)) looks.delete(id);
      return rows
        .filter((row) => !isInHand(row.id) && !inHand.has(row.id))
        .filter((row) => (looks.get(row.id)?.notBefore ?? 0) <= now)
        .slice(0, Math.max(0, DOUBTS_AT_ONCE - inHand.size))
        .map((row) => inHand.run(row.id, () => look(row)));
    },
  };
}
