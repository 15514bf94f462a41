import type {
  HistoryWindow,
  LookResult,
  MessagePort,
  OutboxRow,
  PostResult,
} from '../../src/outbox/outbox.ts';

/** What happens to one call: an outcome, or an accepted message whose answer is lost. */
type Fate = PostResult | { outcome: 'accepted-then-lost' } | { outcome: 'throws' };

/** A Slack that keeps what it accepts, and fails as it is told to. */
export class ScriptedSlack implements MessagePort {
  readonly messages: {
    channelId: string;
    ts: string;
    id: string;
    text: string;
    shrunk: number;
    edits: number;
  }[] = [];
  readonly attempts: string[] = [];
  /** How much smaller than whole what it failed at was. */
  readonly sizes: number[] = [];
  /** What becomes of a post whenever it comes; undefined: it goes well. */
  failsAt: (row: OutboxRow) => PostResult | undefined = () => undefined;
  readonly looks: ({ ids: string[] } & HistoryWindow)[] = [];
  /** Waited for when a message is about to leave, before the desk is asked whether it may; and when it is there, before the answer. */
  beforeLeaving = async () => {};
  beforeAnswer = async () => {};
  readonly updates: { id: string; text: string }[] = [];
  /** What becomes of the next posts and edits, in order; then all go well. */
  readonly fates: Fate[] = [];
  readonly updateFates: (PostResult | { outcome: 'throws' })[] = [];
  /** What the next looks say, in order; then the truth. */
  readonly lookFates: ('absent' | 'unreadable' | 'later' | LookResult)[] = [];
  /** Held calls go on when `release` is called. */
  #held: (() => void)[] | undefined;
  #nextTs = 1;

  hold() {
    this.#held = [];
  }

  release() {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const goOn of held) goOn();
  }

  #turn(): Promise<void> {
    return new Promise((goOn) => (this.#held ? this.#held.push(goOn) : goOn()));
  }

  async post(row: OutboxRow, mayGo: () => Promise<boolean>): Promise<PostResult> {
    this.attempts.push(textOf(row));
    const fate = this.fates.shift();
    await this.#turn();
    if (fate?.outcome === 'throws') throw new Error('cannot render');
    await this.beforeLeaving();
    if (!(await mayGo())) return { outcome: 'unknown', error: 'claimed_again' };
    const failure = this.failsAt(row);
    if (failure) {
      this.sizes.push(row.shrunk);
      return failure;
    }
    if (fate && fate.outcome !== 'accepted-then-lost') {
      await this.beforeAnswer();
      return fate;
    }
    const message = {
      channelId: row.channelId,
      ts: `${this.#nextTs++}.000`,
      id: row.id,
      text: textOf(row),
      shrunk: row.shrunk,
      edits: 0,
    };
    this.messages.push(message);
    await this.beforeAnswer();
    if (fate) return { outcome: 'unknown', error: 'timeout' };
    return { outcome: 'sent', channelId: message.channelId, ts: message.ts };
  }

  async update(row: OutboxRow): Promise<PostResult> {
    const fate = this.updateFates.shift();
    this.updates.push({ id: row.id, text: textOf(row) });
    await this.#turn();
    if (fate?.outcome === 'throws') throw new Error('cannot render');
    if (fate) return fate;
    const message = this.messages.find(({ ts }) => ts === row.ts);
    if (!message) return { outcome: 'gone', error: 'message_not_found' };
    message.text = textOf(row);
    message.shrunk = row.shrunk;
    message.edits += 1;
    return { outcome: 'sent', channelId: message.channelId, ts: message.ts };
  }

  async find(rows: readonly OutboxRow[], window: HistoryWindow): Promise<LookResult> {
    this.looks.push({ ids: rows.map(({ id }) => id), ...window });
    const fate = this.lookFates.shift();
    if (typeof fate === 'object') return fate;
    if (fate === 'unreadable') return { outcome: 'unreadable', error: 'missing_scope' };
    if (fate === 'later') return { outcome: 'later', afterMs: 60_000, readTo: null, found: new Map() };
    const found =
      fate === 'absent' ? [] : this.messages.filter(({ id }) => rows.some((row) => row.id === id));
    return { outcome: 'read', found: new Map(found.map(({ id, channelId, ts }) => [id, { channelId, ts }])) };
  }

  texts(channelId?: string): string[] {
    return this.messages.filter((m) => !channelId || m.channelId === channelId).map((m) => m.text);
  }
}

const textOf = (row: OutboxRow) => (row.data as { text: string }).text;
