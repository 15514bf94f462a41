import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createPoll } from '../work/poll.ts';
import { createDoubts } from './doubts.ts';
import { createEdits } from './edits.ts';
import type { MessagePort, OutboxDraft, OutboxRow } from './outbox.ts';
import { createPosts } from './posts.ts';
import type { OutboxStore, Revision } from './store.ts';

const POLL_MS = 1000;
/** While somebody sends a row at once, nobody else takes it; should that process die, the row's turn comes after this. */
const SEND_NOW_ALONE_MS = 30_000;
/** A claim is shown in so many other copies of its row. */
const OTHER_COPIES = 3;

export interface OutboxOptions {
  store: OutboxStore;
  port: MessagePort;
  clock: Clock;
  log: Log;
  /** How long the port waits for Slack's answer. */
  timeoutMs: number;
  /** Slack refused a message for good; called before the row counts as failed, perhaps more than once. */
  onRefused(row: OutboxRow, error: string): Promise<void>;
  /** Sent messages whose visible page shows the callback, newest first. */
  outboxIdsShowing(callbackId: number, limit: number, exceptId?: string): Promise<string[]>;
}

export interface Outbox {
  /**
   * For an answer that somebody waits for: sends at once, past the queue. The row as it is then: `sent` or `failed`;
   * `pending` when Slack or the channel's pace said not now, `sending` when the answer was lost. What is revised
   * meanwhile is what will be shown.
   */
  sendNow(draft: OutboxDraft): Promise<OutboxRow>;
  /** Writes down a message that goes to one person through a response_url, for the clicks on it. The row. */
  keep(draft: OutboxDraft): Promise<OutboxRow>;
  find(id: string): Promise<OutboxRow | undefined>;
  /** Changes a message and edits it at once if it is there. The row afterwards; undefined when there is none. */
  revise(id: string, revision: Revision): Promise<OutboxRow | undefined>;
  /** A callback has changed: the newest other messages that show it are edited. Does not wait for Slack. */
  touch(changed: { callbackId: number; exceptId?: string }): Promise<void>;
  byMessage(teamId: string, channelId: string, ts: string): Promise<OutboxRow | undefined>;
  /** A click on it proves that the message is there. The row as it is then. */
  confirm(id: string, channelId: string, ts: string): Promise<OutboxRow | undefined>;
  /** Sends, edits and looks for whatever is due, and waits for that. */
  deliverDue(): Promise<void>;
  /** Somebody has written rows, in a transaction of his own: they are sent in their order, channel by channel. */
  wake(): void;
  start(): void;
  /** Begins nothing more; resolves when what is in hand has ended. */
  stop(): Promise<void>;
}

/** Brings decided messages to Slack and keeps them up to date there. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, port, clock, log, onRefused } = options;
  const edits = createEdits({ store, port, clock, log });
  // What was revised while the message was under way is due as soon as it has arrived.
  const onSent = (id: string) => void edits.editNow(id);
  const poster = createPosts({ store, port, clock, log, onRefused, onSent });
  const doubts = createDoubts({
    store,
    port,
    clock,
    log,
    timeoutMs: options.timeoutMs,
    isInHand: (id) => poster.inHand.has(id),
    onSent,
  });

  async function begin() {
    const looks = await doubts.begin();
    const { begun, opensAt } = await poster.begin();
    return { posts: begun, others: [...looks, ...(await edits.begin())], opensAt };
  }

  const poll = createPoll({
    name: 'outbox',
    everyMs: POLL_MS,
    log,
    async look() {
      const { posts, opensAt } = await begin();
      // A channel whose message has gone may have another one waiting.
      for (const posted of posts) void posted.then(() => poll.wake());
      return opensAt === undefined ? undefined : opensAt - clock.now();
    },
  });

  async function existing(id: string): Promise<OutboxRow> {
    const row = await store.find(id);
    if (!row) throw new Error(`The outbox row ${id} vanished just after it was written`);
    return row;
  }

  return {
    async sendNow(draft) {
      const now = clock.now();
      if (poster.takeTurn(draft)) {
        await store.insert([draft], now, now + SEND_NOW_ALONE_MS);
        await poster.postNow(draft.id);
      } else {
        await store.insert([draft], now);
        poll.wake();
      }
      return existing(draft.id);
    },

    async keep(draft) {
      await store.keep(draft, clock.now());
      return existing(draft.id);
    },

    find: (id) => store.find(id),

    async revise(id, revision) {
      if (!(await store.revise(id, revision))) return undefined;
      await edits.editNow(id);
      return store.find(id);
    },

    async touch({ callbackId, exceptId }) {
      const ids = await options.outboxIdsShowing(callbackId, OTHER_COPIES, exceptId);
      await store.bump(ids);
      for (const id of ids) void edits.editNow(id);
    },

    byMessage: (teamId, channelId, ts) => store.byMessage(teamId, channelId, ts),

    async confirm(id, channelId, ts) {
      if (await store.markSent(id, { channelId, ts })) {
        log.info({ outboxId: id }, 'A click proves that a message in doubt is in Slack');
      }
      return store.find(id);
    },

    async deliverDue() {
      const { posts, others } = await begin();
      await Promise.all([...posts, ...others]);
      await edits.idle();
    },

    wake: () => poll.wake(),
    start: () => poll.start(),

    async stop() {
      await poll.stop();
      await Promise.all([poster.inHand.idle(), doubts.idle()]);
      await edits.idle();
    },
  };
}
