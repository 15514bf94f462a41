import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createInHand } from '../work/in-hand.ts';
import { editsLane } from './lanes.ts';
import { afterLoss } from './lost.ts';
import { type Later, type MessagePort, type OutboxRow, type PostResult, SMALLEST } from './outbox.ts';
import type { Standing } from './standing.ts';
import type { EditStore, PostStore } from './store.ts';

/** An edit whose answer was lost is sent again, a second one does no harm; and one that could not be rendered. */
const TRY_AGAIN_MS = 15_000;
const AT_LEAST_LATER_MS = 1000;
const EDITS_AT_ONCE = 8;
/** What can never be rendered, a mistake of the desk's, must not be tried for ever. */
const RENDER_TRIES = 5;
/** A claim outlives Slack's time to answer by this; should its process die, somebody else edits after it. */
const CLAIM_BEYOND_TIMEOUT_MS = 5_000;

export interface EditsOptions {
  store: EditStore & Pick<PostStore, 'hold'>;
  port: MessagePort;
  standing: Standing;
  clock: Clock;
  log: Log;
  timeoutMs: number;
}

/**
 * Brings messages up to date: one edit in flight a message, read when it is sent, sent again if more has changed since.
 * Edits that somebody waits for are sent at once; the others in the pace of the workspace's edits lane.
 */
export function createEdits({ store, port, standing, clock, log, timeoutMs }: EditsOptions) {
  const asked = new Set<string>();
  const inHand = createInHand((err, id) => log.error({ err, outboxId: id }, 'An edit failed'));
  const claimMs = timeoutMs + CLAIM_BEYOND_TIMEOUT_MS;

  /** Sends an edit that has been claimed. False when nothing more can be done for the message now. */
  async function send(row: OutboxRow): Promise<boolean> {
    let result: PostResult;
    try {
      result = await port.update(row);
    } catch (err) {
      return notRendered(row, err);
    }
    switch (result.outcome) {
      case 'sent':
        standing.taken(row.teamId);
        await shown(row);
        return true;
      case 'later':
        await later(row, result);
        return false;
      case 'unknown':
        return lost(row, result.error);
      case 'shut-out':
        await store.delayEdit(row, await standing.shutOut(row.teamId, result));
        return false;
      case 'too-large': {
        const shrunk = row.shrunk + 1;
        if (shrunk > SMALLEST) return ended(row, result.error);
        return (await store.shrinkEdit(row, shrunk)) && send({ ...row, shrunk });
      }
      case 'gone':
        await store.markGone(row, result.error);
        return ended(row, result.error);
      case 'refused':
        return ended(row, result.error);
    }
  }

  async function shown(row: OutboxRow): Promise<void> {
    // Whoever slept through the claim may have put an older state over a newer one.
    if (!(await store.markShown(row))) await store.bump([row.id]);
  }

  async function later(row: OutboxRow, { afterMs, why = 'slack' }: Later): Promise<void> {
    const until = clock.now() + Math.max(afterMs, AT_LEAST_LATER_MS);
    if (why === 'slack') await store.hold(editsLane(row.teamId), until);
    await store.delayEdit(row, until);
  }

  /** Sends it again, the later the more often that was in vain; in the end not. */
  async function lost(row: OutboxRow, error: string): Promise<false> {
    const now = clock.now();
    const learnt = { lost: row.lost + 1, lostSince: row.lostSince ?? now };
    standing.lost(row);
    const takesOthers = standing.takesOthers(row, learnt.lostSince);
    const verdict = afterLoss({ ...row, ...learnt }, now, { takesOthers, firstMs: TRY_AGAIN_MS });
    if (verdict.next === 'give-up') {
      log.error(
        { outboxId: row.id, kind: row.kind, error, ...learnt },
        'Slack fails at an edit again and again',
      );
      return ended(row, error);
    }
    await store.delayEdit(row, now + verdict.afterMs, { ...learnt, shrunk: verdict.shrunk });
    return false;
  }

  /** Slack does not take this edit; whatever changes later is another one. */
  async function ended(row: OutboxRow, error: string): Promise<false> {
    log.info({ outboxId: row.id, kind: row.kind, error }, 'Slack refused an edit: it ends there');
    await store.markShown(row);
    return false;
  }

  /** Tries again a few times, and then leaves the message as it stands until more has changed. */
  async function notRendered(row: OutboxRow, err: unknown): Promise<boolean> {
    const { id, kind } = row;
    const failures = row.unrendered + 1;
    if (failures < RENDER_TRIES) {
      log.warn({ err, outboxId: id, kind, failures }, 'A message could not be rendered for its edit');
      await store.delayEdit(row, clock.now() + TRY_AGAIN_MS, { unrendered: failures });
      return false;
    }
    log.error({ err, outboxId: id, kind }, 'A message cannot be rendered: its edit is given up');
    await store.markShown(row);
    return true;
  }

  async function editOnce(id: string): Promise<boolean> {
    const now = clock.now();
    const row = await store.claimEdit(id, now, now + claimMs);
    return row !== undefined && send(row);
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
    /** Begins the edits that are due, as many as their pace allows; the promises never reject. */
    async begin(): Promise<Promise<void>[]> {
      const begun: Promise<void>[] = [];
      while (inHand.size < EDITS_AT_ONCE) {
        const now = clock.now();
        const row = await store.claimNextEdit(now, now + claimMs);
        if (!row) break;
        if (inHand.has(row.id)) {
          // Somebody asks for it at this moment: that is the one who edits.
          await store.delayEdit(row, 0);
          begun.push(editNow(row.id));
          break;
        }
        begun.push(
          inHand.run(row.id, async () => {
            await send(row);
            await catchUp(row.id);
          }),
        );
      }
      return begun;
    },
  };
}
