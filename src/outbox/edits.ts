import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createInHand } from '../work/in-hand.ts';
import type { MessagePort, OutboxRow, PostResult } from './outbox.ts';
import type { OutboxStore } from './store.ts';

/** Slack's answer when somebody has deleted the message. */
const GONE = 'message_not_found';
/** An edit whose answer was lost is sent again: a second one does no harm. */
const TRY_AGAIN_MS = 15_000;
const AT_LEAST_LATER_MS = 1000;
const EDITS_AT_ONCE = 8;
/** What can never be rendered, a mistake of the desk's, must not be tried for ever. */
const RENDER_TRIES = 5;

export interface EditsOptions {
  store: OutboxStore;
  port: MessagePort;
  clock: Clock;
  log: Log;
}

/** Brings messages up to date: one edit in flight a message, read when it is sent, sent again if more has changed since. */
export function createEdits({ store, port, clock, log }: EditsOptions) {
  const asked = new Set<string>();
  const inHand = createInHand((err, id) => log.error({ err, outboxId: id }, 'An edit failed'));
  /** How often in a row each message could not be rendered, in this process's life. */
  const unrendered = new Map<string, number>();

  /** Sends one edit if one is due. False when nothing more can be done for the message now. */
  async function editOnce(id: string): Promise<boolean> {
    const row = await store.find(id);
    const now = clock.now();
    if (row?.state !== 'sent' || row.wanted <= row.shown || row.nextTryAt > now) return false;
    let result: PostResult;
    try {
      result = await port.update(row);
      unrendered.delete(id);
    } catch (err) {
      return notRendered(row, err);
    }
    switch (result.outcome) {
      case 'sent':
        await store.markShown(id, row.wanted);
        return true;
      case 'later':
        await store.delayEdit(id, clock.now() + Math.max(result.afterMs, AT_LEAST_LATER_MS));
        return false;
      case 'unknown':
        await store.delayEdit(id, clock.now() + TRY_AGAIN_MS);
        return false;
      case 'refused':
        if (result.error === GONE) await store.markGone(id, GONE);
        else await store.markShown(id, row.wanted);
        log.info(
          { outboxId: id, kind: row.kind, error: result.error },
          'Slack refused an edit: it ends there',
        );
        return false;
    }
  }

  /** Tries again a few times, and then leaves the message as it stands until more has changed. */
  async function notRendered({ id, kind, wanted }: OutboxRow, err: unknown): Promise<boolean> {
    const failures = (unrendered.get(id) ?? 0) + 1;
    if (failures < RENDER_TRIES) {
      unrendered.set(id, failures);
      log.warn({ err, outboxId: id, kind, failures }, 'A message could not be rendered for its edit');
      await store.delayEdit(id, clock.now() + TRY_AGAIN_MS);
      return false;
    }
    unrendered.delete(id);
    log.error({ err, outboxId: id, kind }, 'A message cannot be rendered: its edit is given up');
    await store.markShown(id, wanted);
    return true;
  }

  async function catchUp(id: string): Promise<void> {
    while (asked.delete(id)) {
      let more = true;
      while (more) more = await editOnce(id);
    }
  }

  /** Resolves when the message shows what was wanted at the time of the call, or cannot now. */
  async function editNow(id: string): Promise<void> {
    asked.add(id);
    // Whoever asks while an edit is in flight may have missed its reading: the one in hand, or else a new one, reads again.
    while (asked.has(id)) await inHand.run(id, () => catchUp(id));
  }

  return {
    editNow,
    idle: () => inHand.idle(),
    /** Begins the edits that are due; the promises never reject. */
    async begin(): Promise<Promise<void>[]> {
      const free = EDITS_AT_ONCE - inHand.size;
      if (free <= 0) return [];
      return (await store.editsDue(clock.now(), free)).map(editNow);
    },
  };
}
