import type { MessagePort, OutboxRow, PostResult } from '../../src/outbox/outbox.ts';

/** What happens to one call: an outcome, or an accepted message whose answer is lost. */
type Fate = PostResult | { outcome: 'accepted-then-lost' } | { outcome: 'throws' };

/** A Slack that keeps what it accepts, and fails as it is told to. */
export class ScriptedSlack implements MessagePort {
  readonly messages: { channelId: string; ts: string; id: string; text: string; edits: number }[] = [];
  readonly attempts: string[] = [];
  readonly looks: { id: string; sinceAt: number }[] = [];
  readonly updates: { id: string; text: string }[] = [];
  /** What becomes of the next posts and edits, in order; then all go well. */
  readonly fates: Fate[] = [];
  readonly updateFates: (PostResult | { outcome: 'throws' })[] = [];
  /** What the next looks say, in order; then the truth. */
  readonly lookFates: ('absent' | 'unreadable' | 'later')[] = [];
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

  async post(row: OutboxRow): Promise<PostResult> {
    this.attempts.push(textOf(row));
    const fate = this.fates.shift();
    await this.#turn();
    if (fate?.outcome === 'throws') throw new Error('cannot render');
    if (fate && fate.outcome !== 'accepted-then-lost') return fate;
    const message = {
      channelId: row.channelId,
      ts: `${this.#nextTs++}.000`,
      id: row.id,
      text: textOf(row),
      edits: 0,
    };
    this.messages.push(message);
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
    if (!message) return { outcome: 'refused', error: 'message_not_found' };
    message.text = textOf(row);
    message.edits += 1;
    return { outcome: 'sent', channelId: message.channelId, ts: message.ts };
  }

  async find(row: OutboxRow, sinceAt: number) {
    this.looks.push({ id: row.id, sinceAt });
    const fate = this.lookFates.shift();
    if (fate) return fate;
    const message = this.messages.find(({ id }) => id === row.id);
    return message ? { ts: message.ts, channelId: message.channelId } : 'absent';
  }

  texts(channelId?: string): string[] {
    return this.messages.filter((m) => !channelId || m.channelId === channelId).map((m) => m.text);
  }
}

const textOf = (row: OutboxRow) => (row.data as { text: string }).text;
