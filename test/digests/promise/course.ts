import type { OutboxRow } from '../../../src/outbox/outbox.ts';
import { takePost } from '../take-post.ts';
import type { Desk } from './desk.ts';
import { OwedGaps } from './gaps.ts';
import { DAY, MINUTE, SECOND } from './history.ts';
import type { Fate } from './process.ts';
import type { World } from './world.ts';

/** A run that makes no progress is tried again, as a desk that looks every second does; not for ever. */
const FRUITLESS_TICKS = 40;
/** A desk looks every second: some time after a run was due. */
const LOOKS_LATE_MS = 370;
/** As long before it said that it was alive, and says so again now. */
const ALIVE_BEFORE_MS = 40 * SECOND;

/** How time passes: desks run what is due, die, come back; channels take messages or refuse them. */
export class Course {
  readonly gaps: OwedGaps;
  readonly #world: World;
  /** What is done together with the next runs. */
  readonly #meanwhile: ((desk: Desk) => Promise<unknown>)[] = [];
  readonly #fates: Fate[] = [];
  #crashAwayMs = 0;

  constructor(world: World) {
    this.#world = world;
    this.gaps = new OwedGaps(world);
  }

  async begin(): Promise<void> {
    this.#world.startDesks();
    await this.#tick();
  }

  /** Lets time pass to there; whatever is due on the way runs at its moment, as it does at a desk that looks every second. */
  async passUntil(until: number): Promise<void> {
    const world = this.#world;
    for (let fruitless = 0; fruitless < FRUITLESS_TICKS; ) {
      if (world.desks.length === 0) {
        if (world.awayUntil > until) break;
        world.time.at = Math.max(world.time.at, world.awayUntil);
        world.startDesks();
        await this.#fatefully(() => this.#tick());
        await this.deliver();
        await this.gaps.pay();
        continue;
      }
      const due = await this.#dueAt();
      const dueAt = Math.max(due - world.firstToKnowMs + LOOKS_LATE_MS, world.time.at);
      if (dueAt > until) break;
      await this.#lookBefore(dueAt);
      world.time.at = dueAt;
      await this.#fatefully(() => this.#tick());
      await this.deliver();
      await this.gaps.pay();
      if (world.desks.length === 0 || (await this.#dueAt()) !== due) fruitless = 0;
      else {
        fruitless++;
        world.time.at += Math.min(2 ** fruitless, 60) * SECOND;
        if (fruitless === FRUITLESS_TICKS) world.complaints.push(`no run gets anywhere at ${world.time.at}`);
      }
    }
    await this.#lookBefore(until);
    world.time.at = Math.max(world.time.at, until);
    if (world.desks.length > 0) await this.#doMeanwhile();
  }

  /** Desks look every second, so they were alive just before. */
  async #lookBefore(dueAt: number): Promise<void> {
    const world = this.#world;
    if (world.desks.length === 0 || dueAt - world.time.at < MINUTE) return;
    world.time.at = dueAt - ALIVE_BEFORE_MS;
    await this.#tick();
  }

  async #dueAt(): Promise<number> {
    const { knex } = this.#world;
    const dueAt = knex.raw('coalesce(retry_at, next_run_at)');
    const next = await knex('subscriptions').where({ state: 'active' }).min({ dueAt }).first();
    return next?.dueAt ?? Number.POSITIVE_INFINITY;
  }

  /** What is to befall a desk does so while it works, not while it only looks whether there is any work. */
  async #fatefully(work: () => Promise<void>): Promise<void> {
    const desks = [...this.#world.desks];
    for (const [n, fate] of this.#fates.splice(0, desks.length).entries()) desks[n]?.process.will(fate);
    await work();
    this.#fates.unshift(...desks.flatMap(({ process }) => process.reprieve()));
  }

  /** Every desk looks for what is due, and people do what they do at the same time. */
  async #tick(): Promise<void> {
    const world = this.#world;
    const alone = this.#meanwhile.length === 0 && world.desks.length === 1;
    const asked = world.centre.answered.length;
    const seq = await world.lastSeq();
    const desks = [...world.desks];
    const meanwhile = this.#meanwhile.splice(0);
    await world.weaver.weave(
      [
        ...desks.map((desk) => world.doing(desk, () => desk.runner.runDue())),
        ...meanwhile.map((work, index) => {
          const desk = desks[index % desks.length];
          return desk && world.doing(desk, () => work(desk));
        }),
      ].filter((work) => work !== undefined),
    );
    if (alone) await this.#judgeTick(asked, seq);
    await this.#buryTheDead(desks);
  }

  /** A VDN is asked once for all; and where the contact centre failed, nothing is told. */
  async #judgeTick(asked: number, seq: number): Promise<void> {
    const { centre, complaints, knex, history } = this.#world;
    const answered = Map.groupBy(centre.answered.slice(asked), ({ vdn }) => vdn);
    for (const [vdn, answers] of answered) {
      const again = answers.findIndex(({ steady }) => steady);
      if (!history.centre.doubles && again !== -1 && again < answers.length - 1) {
        complaints.push(`VDN ${vdn} was asked again at ${answers.at(-1)?.at} although it had answered`);
      }
      if (!answers.every(({ failed }) => failed)) continue;
      const told = await knex('outbox').where('seq', '>', seq).where({ kind: 'digest' }).pluck('data');
      if (told.some((data) => JSON.parse(data).vdn.number === vdn)) {
        complaints.push(`VDN ${vdn} was told of at ${answers[0]?.at} although the contact centre had failed`);
      }
    }
  }

  /** Those who died are replaced at once, or after a while when they are to stay away. */
  async #buryTheDead(desks: readonly Desk[]): Promise<void> {
    const world = this.#world;
    for (const [index, desk] of desks.entries()) {
      const died = await Promise.race([desk.process.died, Promise.resolve('alive' as const)]);
      if (died === 'alive' || world.desks[index] !== desk) continue;
      world.startDesk(index);
      if (this.#crashAwayMs > 0 && world.history.desks === 1) await this.leave(this.#crashAwayMs);
    }
  }

  async #doMeanwhile(): Promise<void> {
    const world = this.#world;
    for (const work of this.#meanwhile.splice(0)) {
      const [desk] = world.desks;
      if (desk) await world.weaver.weave([world.doing(desk, () => work(desk))]);
      await this.#buryTheDead([...world.desks]);
    }
  }

  /** The channels take what waits, or refuse it. */
  async deliver(): Promise<void> {
    const { knex, stores, refusing, slackTakes, time } = this.#world;
    if (!slackTakes) return;
    for (;;) {
      // Whatever the clock of the desk that wrote it.
      const claimed = await takePost({ knex, outboxStore: stores.outbox, clock: { at: time.at + DAY } });
      if (!claimed) return;
      if (refusing.has(claimed.channelId)) await this.#refuse(claimed);
      else await stores.outbox.markSent(claimed.id, { channelId: claimed.channelId, ts: claimed.id });
    }
  }

  async #refuse(row: OutboxRow): Promise<void> {
    const { subscriptions, pauses, time } = this.#world;
    await subscriptions.pauseByError(row, 'is_archived');
    const { subscriptionId } = row;
    if (subscriptionId === null) return;
    this.gaps.forgive(subscriptionId);
    pauses.push({ subscriptionId, fromAt: time.at, toAt: Number.POSITIVE_INFINITY });
  }

  /** Now, or together with the next runs. */
  async soon(desk: Desk, meanwhile: boolean, work: (desk: Desk) => Promise<unknown>): Promise<void> {
    const world = this.#world;
    if (meanwhile) return void this.#meanwhile.push(work);
    await this.#fatefully(() => world.weaver.weave([world.doing(desk, () => work(desk))]));
    await this.#buryTheDead([...world.desks]);
  }

  /** No desk is there for so long. */
  async leave(ms: number): Promise<void> {
    const world = this.#world;
    const fromAt = world.now;
    world.desks = [];
    this.#meanwhile.splice(0);
    world.awayUntil = world.time.at + ms;
    world.absences.push({ fromAt, toAt: fromAt + ms });
    world.trouble(world.time.at, world.awayUntil);
    await this.gaps.owe(fromAt, fromAt + ms);
  }

  /** Something will befall the next desk that works. `awayMs`: so long nobody replaces it when it dies. */
  destine(fate: Fate, awayMs = 0): void {
    this.#fates.push(fate);
    this.#crashAwayMs = awayMs;
  }

  /** From now on nothing befalls anybody. */
  spare(): void {
    this.#fates.splice(0);
  }
}
