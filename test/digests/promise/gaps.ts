import { MINUTE } from './history.ts';
import { TEAM, type World } from './world.ts';

/** Later than that is a gap worth a word; what is near the border is not judged. */
const SURELY_LATE_MS = 7 * MINUTE;

/** Whose next digest has to say that the desk was away. */
export class OwedGaps {
  readonly #world: World;
  /** By subscription: the last message before, and the run that is late. */
  readonly #owed = new Map<number, { afterSeq: number; nextRunAt: number }>();

  constructor(world: World) {
    this.#world = world;
  }

  /** No desk is there from then to then (the desk's time): what should have run in between is late. */
  async owe(fromAt: number, backAt: number): Promise<void> {
    const afterSeq = await this.#world.lastSeq();
    for (const { id, state, nextRunAt } of await this.#world.stores.subscriptions.list(TEAM)) {
      const late = backAt - Math.max(nextRunAt, fromAt) > SURELY_LATE_MS;
      if (state === 'active' && late) this.#owed.set(id, { afterSeq, nextRunAt });
    }
  }

  forgive(subscriptionId: number): void {
    this.#owed.delete(subscriptionId);
  }

  /** The first digest after an absence says so; a run that had nothing to tell settles it, too. */
  async pay(): Promise<void> {
    const world = this.#world;
    for (const [id, { afterSeq, nextRunAt }] of this.#owed) {
      const subscription = await world.stores.subscriptions.byId(id);
      if (subscription?.state !== 'active') this.#owed.delete(id);
      if (!subscription || subscription.nextRunAt === nextRunAt) continue;
      this.#owed.delete(id);
      const digest = (await world.messages(id, afterSeq)).find(({ kind }) => kind === 'digest');
      if (digest && digest.data.gap === null) {
        world.complaints.push(
          `#${subscription.number} does not say that the desk was away (message ${digest.seq})`,
        );
      }
    }
  }
}
