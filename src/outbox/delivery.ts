import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createPoll } from '../work/poll.ts';
import { createDoubts, GRACE_MS } from './doubts.ts';
import { createEdits } from './edits.ts';
import type { MessagePort, OutboxDraft, OutboxRow } from './outbox.ts';
import { createPosts } from './posts.ts';
import { createStanding } from './standing.ts';
import type { OutboxStore, Revision } from './store.ts';

const POLL_MS = 1000;

export interface OutboxOptions {
  store: OutboxStore;
  port: MessagePort;
  clock: Clock;
  log: Log;
  /** How long the port waits for Slack's answer. */
  timeoutMs: number;
  /** Slack refused a message for good; called before the row counts as failed, perhaps more than once. */
  onRefused(row: OutboxRow, error: string): Promise<void>;
}

export interface Outbox {
  /**
   * For an answer that somebody waits for: sends at once, past the queue. The row as it is then: `sent` or `failed`;
   * `pending` when Slack or the channel's pace said not now (it then comes by itself), `sending` when the answer was lost.
   * What is revised meanwhile is what will be shown.
   */
  sendNow(draft: OutboxDraft): Promise<OutboxRow>;
  /** Writes down a message that goes to one person through a response_url, for the clicks on it. The row. */
  keep(draft: OutboxDraft): Promise<OutboxRow>;
  /** Writes down a private answer before whoever waits for it is told; `told` says that they are. */
  owe(draft: OutboxDraft): Promise<OutboxRow>;
  told(id: string): Promise<void>;
  find(id: string): Promise<OutboxRow | undefined>;
  /**
   * Changes a message and edits it at once if it is there. The row afterwards: `sent` with `shown` equal to `wanted` says that
   * it is shown, or that Slack does not take this edit; with less that the edit is delayed (Slack said not now, its answer was
   * lost, another process is at it) and comes by itself; `failed` that the message is gone. Undefined when there is none, or
   * when `unlessMoved` is given and its `wanted` has moved on from it: then nothing is changed.
   */
  revise(id: string, revision: Revision, unlessMoved?: number): Promise<OutboxRow | undefined>;
  byMessage(teamId: string, channelId: string, ts: string): Promise<OutboxRow | undefined>;
  /** A click on it proves that the message is there. The row as it is then. */
  confirm(id: string, channelId: string, ts: string): Promise<OutboxRow | undefined>;
  /** Sends, edits and looks for whatever is due, and waits for that. */
  deliverDue(): Promise<void>;
  /** Somebody has written rows, in a transaction of his own: they are sent in their order, channel by channel. */
  wake(): void;
  start(): void;
  /** By which names Slack takes nothing from the desk now, whatever it says (`account_inactive`); [] while it takes messages. */
  refusals(): string[];
  /** Begins nothing more; resolves when what is in hand has ended. */
  stop(): Promise<void>;
}

/** Brings decided messages to Slack and keeps them up to date there. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, port, clock, log, timeoutMs, onRefused } = options;
  const standing = createStanding({ store, clock, log });
  const edits = createEdits({ store, port, standing, clock, log, timeoutMs });
  // What was revised while the message was under way is due as soon as it has arrived.
  const onSent = (id: string) => void edits.editNow(id);
  const poster = createPosts({
    store,
    port,
    standing,
    clock,
    log,
    doubtAfterMs: timeoutMs + GRACE_MS,
    onRefused,
    onSent,
  });
  const doubts = createDoubts({
    store,
    port,
    standing,
    clock,
    log,
    isInHand: (id) => poster.inHand.has(id),
    onSent,
    onRefused,
  });

  async function begin() {
    const looks = await doubts.begin();
    const posts = await poster.begin();
    return { posts, others: [...looks, ...(await edits.begin())] };
  }

  const poll = createPoll({
    name: 'outbox',
    everyMs: POLL_MS,
    log,
    async look() {
      const { posts } = await begin();
      // A channel whose message has gone may have another one waiting.
      for (const posted of posts) void posted.then(() => poll.wake());
      return undefined;
    },
  });

  async function existing(id: string): Promise<OutboxRow> {
    const row = await store.find(id);
    if (!row) throw new Error(`The outbox row ${id} vanished just after it was written`);
    return row;
  }

  return {
    async sendNow(draft) {
      await poster.postNow(draft);
      return existing(draft.id);
    },

    async keep(draft) {
      await store.keep(draft, clock.now());
      return existing(draft.id);
    },

    async owe(draft) {
      await store.owe(draft, clock.now());
      return existing(draft.id);
    },

    async told(id) {
      await store.markTold(id);
    },

    find: (id) => store.find(id),

    async revise(id, revision, unlessMoved) {
      if (!(await store.revise(id, revision, unlessMoved))) return undefined;
      await edits.editNow(id);
      return store.find(id);
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
    refusals: () => standing.refusals(),

    async stop() {
      await poll.stop();
      await Promise.all([poster.inHand.idle(), doubts.idle()]);
      await edits.idle();
    },
  };
}
