import type { Knex } from 'knex';
import { createSubscriptions, type Subscriptions } from '../../../src/digests/service.ts';
import type { Subscription } from '../../../src/digests/subscription.ts';
import type { OutboxRow } from '../../../src/outbox/outbox.ts';
import type { Desk } from './desk.ts';
import { DAY, type Happening, type History, HOUR, MINUTE, SECOND, vdnOf } from './history.ts';
import type { Fate } from './process.ts';
import { lastSlot } from './slots.ts';
import { type Life, TEAM, World } from './world.ts';

/** A run that makes no progress is tried again, as a desk that looks every second does; not for ever. */
const FRUITLESS_TICKS = 40;
/** A desk looks every second: some time after a run was due. */
const LOOKS_LATE_MS = 370;
/** As long before it said that it was alive, and says so again now. */
const ALIVE_BEFORE_MS = 40 * SECOND;
/** Later than that is a gap worth a word; what is near the border is not judged. */
const SURELY_LATE_MS = 7 * MINUTE;

/** Lets a history happen, and then enough time pass in peace for everything to be told. */
export async function play(history: History, knex: Knex): Promise<World> {
  const world = new World(history, knex);
  const player = new Player(world);
  await player.begin();
  for (const [index, { afterMs, ...happening }] of history.steps.entries()) {
    await player.passUntil(world.time.at + afterMs);
    await player.happen(happening, index);
    await player.deliver();
  }
  await player.settle();
  return world;
}

class Player {
  readonly #world: World;
  readonly #subscriptions: Subscriptions;
  /** What is done together with the next runs. */
  readonly #meanwhile: ((desk: Desk) => Promise<unknown>)[] = [];
  /** Subscriptions whose next digest has to say that there was a gap, and from when on that is so (desk's time). */
  readonly #owed = new Map<number, { afterSeq: number; runFrom: number }>();
  readonly #fates: Fate[] = [];
  #troubleFrom: number | null = null;

  constructor(world: World) {
    this.#world = world;
    const { subscriptions: store, vdns } = world.stores;
    const clock = { now: () => world.now };
    this.#subscriptions = createSubscriptions({ store, vdns, clock, log: world.log, outbox: { wake() {} } });
  }

  async begin(): Promise<void> {
    const { stores, zones } = this.#world;
    const vdns = zones.map((timeZone, index) => ({
      number: vdnOf(index),
      name: null,
      timeZone,
      country: null,
    }));
    await stores.vdns.seed(TEAM, vdns);
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
        await this.#payGaps();
        continue;
      }
      const due = await this.#dueAt();
      const dueAt = Math.max(due - world.firstToKnowMs + LOOKS_LATE_MS, world.time.at);
      if (dueAt > until) break;
      await this.#lookBefore(dueAt);
      world.time.at = dueAt;
      await this.#fatefully(() => this.#tick());
      await this.deliver();
      await this.#payGaps();
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
      if (this.#crashAwayMs > 0 && world.history.desks === 1) await this.#leave(this.#crashAwayMs);
    }
  }

  #crashAwayMs = 0;

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
    const { stores, refusing, slackTakes, time } = this.#world;
    if (!slackTakes) return;
    for (;;) {
      const [row] = await stores.outbox.due(time.at + DAY, 1);
      const claimed = row && (await stores.outbox.claim(row.id, time.at));
      if (!claimed) return;
      if (refusing.has(claimed.channelId)) await this.#refuse(claimed);
      else await stores.outbox.markSent(claimed.id, { channelId: claimed.channelId, ts: claimed.id });
    }
  }

  async #refuse(row: OutboxRow): Promise<void> {
    await this.#subscriptions.pauseByError(row, 'is_archived');
    const { subscriptionId } = row;
    if (subscriptionId === null) return;
    this.#owed.delete(subscriptionId);
    this.#world.pauses.push({ subscriptionId, fromAt: this.#world.time.at, toAt: Number.POSITIVE_INFINITY });
  }

  async happen(happening: Happening, index: number): Promise<void> {
    const world = this.#world;
    switch (happening.what) {
      case 'calls': {
        const { vdn, calls, gapMs, onTheQuarter } = happening;
        const quarter = 15 * MINUTE;
        const firstAt = onTheQuarter ? Math.ceil(world.time.at / quarter) * quarter : world.time.at;
        for (const [n, call] of calls.entries()) world.centre.ring(vdn, firstAt + n * gapMs, call);
        return;
      }
      case 'weather':
        world.centre.weather = happening.weather;
        return this.#judgeTrouble();
      case 'clock':
        world.aheadMs = happening.aheadMs;
        return this.#judgeTrouble();
      case 'slack':
        world.slackTakes = happening.takes;
        return;
      case 'refuse':
        world.refusing.add(channelOf(happening.channel));
        return;
      case 'zone': {
        const { vdn, timeZone } = happening;
        if (world.zones[vdn] !== null) return;
        world.zones[vdn] = timeZone;
        await world.stores.vdns.seed(TEAM, [{ number: vdnOf(vdn), name: null, timeZone, country: null }]);
        this.#trouble(world.time.at, world.time.at + 8 * DAY);
        for (const life of world.lives)
          life.schedules.push({ ...lastOf(life.schedules), fromAt: world.now, timeZone });
        return;
      }
      default:
        if (world.desks.length > 0) await this.#happenAtDesk(happening, index);
    }
  }

  /** What needs a desk that is running. */
  async #happenAtDesk(happening: DeskHappening, index: number): Promise<void> {
    const world = this.#world;
    const desk = world.desks[index % world.desks.length] as Desk;
    switch (happening.what) {
      case 'away':
        for (const each of world.desks)
          await world.weaver.weave([world.doing(each, () => each.runner.runDue())]);
        if (happening.clean) {
          for (const each of world.desks)
            await world.weaver.weave([world.doing(each, () => each.runner.stop())]);
        }
        return await this.#leave(happening.ms);
      case 'crash':
        this.#fates.push({ atOp: happening.atOp, how: happening.before ? 'dies before' : 'dies after' });
        this.#crashAwayMs = happening.awayMs;
        this.#trouble(world.time.at, world.time.at + 4 * DAY);
        return;
      case 'database-fails':
        this.#fates.push({ atOp: happening.atOp, how: 'fails' });
        this.#trouble(world.time.at, world.time.at + 4 * DAY);
        return;
      case 'mend': {
        const channelId = channelOf(happening.channel);
        world.refusing.delete(channelId);
        return await this.#resumeRefused(await world.stores.subscriptions.list(TEAM, channelId));
      }
      case 'subscribe':
        return await this.#subscribe(happening);
      case 'question': {
        const { vdn, fromBackMs, lengthMs } = happening;
        const ask = async ({ sync, callbacks }: Desk) => {
          const fromAt = world.now - fromBackMs;
          await sync.range({ teamId: TEAM, vdn: vdnOf(vdn), fromAt, toAt: fromAt + lengthMs });
          await callbacks.attachNew({ teamId: TEAM, vdn: vdnOf(vdn), openedBy: 'question' });
        };
        return await this.#soon(desk, happening.meanwhile, ask);
      }
      default: {
        const all = await world.stores.subscriptions.list(TEAM);
        const subscription = all[happening.which % all.length];
        if (subscription) await this.#happenTo(subscription, happening, desk);
      }
    }
  }

  async #happenTo(subscription: Subscription, happening: SubscriptionHappening, desk: Desk): Promise<void> {
    const world = this.#world;
    const { number, id, pausedBy, schedule } = subscription;
    switch (happening.what) {
      case 'now':
        return await this.#soon(desk, happening.meanwhile, ({ runner }) => runner.now(subscription));
      case 'change': {
        const change = async () => {
          const { outcome } = await this.#subscriptions.change(TEAM, number, happening.schedule);
          if (outcome !== 'changed') return;
          const life = this.#lifeOf(id);
          const timeZone = world.zoneOf(subscription.vdn);
          life?.schedules.push({ fromAt: world.now, schedule: happening.schedule, timeZone });
          this.#owed.delete(id);
        };
        return await this.#soon(desk, happening.meanwhile, change);
      }
      case 'pause':
        if (pausedBy === 'person') return;
        await this.#subscriptions.pause(TEAM, number);
        return await this.#endLife(subscription);
      case 'remove':
        await this.#subscriptions.remove(TEAM, number);
        return await this.#endLife(subscription);
      case 'resume':
        await this.#resume(subscription);
        if (pausedBy !== 'person') return;
        return await this.#beginLife(subscription, Math.floor(world.now / SECOND) * SECOND, schedule);
    }
  }

  async #subscribe({ channel, vdn, schedule }: Extract<Happening, { what: 'subscribe' }>): Promise<void> {
    const world = this.#world;
    const { outcome, subscription } = await this.#subscriptions.subscribe({
      teamId: TEAM,
      channelId: channelOf(channel),
      vdn: vdnOf(vdn),
      schedule,
      createdBy: 'UBOSS',
    });
    if (outcome !== 'created') return;
    const startsAt = lastSlot(schedule, world.now, world.zoneOf(vdnOf(vdn)));
    if (subscription.startsAt !== startsAt) {
      world.complaints.push(
        `#${subscription.number} starts at ${subscription.startsAt}, and not where its slot starts: ${startsAt}`,
      );
    }
    await this.#beginLife(subscription, startsAt, schedule);
  }

  async #resumeRefused(subscriptions: readonly Subscription[]): Promise<void> {
    for (const subscription of subscriptions) {
      if (subscription.pausedBy === 'error') await this.#resume(subscription);
    }
  }

  async #resume({ id, number }: Subscription): Promise<void> {
    const { pauses, time } = this.#world;
    for (const pause of pauses) if (pause.subscriptionId === id) pause.toAt = Math.min(pause.toAt, time.at);
    await this.#subscriptions.resume(TEAM, number);
  }

  async #beginLife(
    { id, number, channelId, vdn }: Subscription,
    startsAt: number,
    schedule: Life['schedules'][number]['schedule'],
  ) {
    const world = this.#world;
    world.lives.push({
      subscriptionId: id,
      ...{ number, channelId, vdn, startsAt },
      beganAt: world.now,
      afterSeq: await world.lastSeq(),
      lastSeq: Number.POSITIVE_INFINITY,
      endedAt: Number.POSITIVE_INFINITY,
      toldUntil: Number.POSITIVE_INFINITY,
      schedules: [{ fromAt: world.now, schedule, timeZone: world.zoneOf(vdn) }],
    });
  }

  #lifeOf(subscriptionId: number): Life | undefined {
    return this.#world.lives.findLast(
      (life) => life.subscriptionId === subscriptionId && life.endedAt === Number.POSITIVE_INFINITY,
    );
  }

  async #endLife({ id, previousEndAt }: Subscription): Promise<void> {
    const world = this.#world;
    this.#owed.delete(id);
    const life = this.#lifeOf(id);
    if (!life) return;
    life.endedAt = world.now;
    life.toldUntil = previousEndAt;
    life.lastSeq = await world.lastSeq();
  }

  /** Now, or together with the next runs. */
  async #soon(desk: Desk, meanwhile: boolean, work: (desk: Desk) => Promise<unknown>): Promise<void> {
    const world = this.#world;
    if (meanwhile) return void this.#meanwhile.push(work);
    await this.#fatefully(() => world.weaver.weave([world.doing(desk, () => work(desk))]));
    await this.#buryTheDead([...world.desks]);
  }

  /** No desk is there for so long. What should have run then is owed with a word about the gap. */
  async #leave(ms: number): Promise<void> {
    const world = this.#world;
    const fromAt = world.now;
    world.desks = [];
    this.#meanwhile.splice(0);
    world.awayUntil = world.time.at + ms;
    const backAt = fromAt + ms;
    world.absences.push({ fromAt, toAt: backAt });
    this.#trouble(world.time.at, world.awayUntil);
    const afterSeq = await world.lastSeq();
    for (const { id, state, nextRunAt } of await world.stores.subscriptions.list(TEAM)) {
      const late = backAt - Math.max(nextRunAt, fromAt) > SURELY_LATE_MS;
      if (state === 'active' && late) this.#owed.set(id, { afterSeq, runFrom: backAt - MINUTE });
    }
  }

  /** The first digest after an absence says so; a run that had nothing to tell settles it, too. */
  async #payGaps(): Promise<void> {
    const world = this.#world;
    for (const [id, { afterSeq, runFrom }] of this.#owed) {
      const subscription = await world.stores.subscriptions.byId(id);
      if (subscription?.state !== 'active') this.#owed.delete(id);
      if (!subscription || subscription.previousEndAt < runFrom) continue;
      this.#owed.delete(id);
      const digest = (await world.messages(id, afterSeq)).find(({ kind }) => kind === 'digest');
      if (digest && digest.data.gap === null) {
        world.complaints.push(
          `#${subscription.number} does not say that the desk was away (message ${digest.seq})`,
        );
      }
    }
  }

  #trouble(fromAt: number, toAt: number): void {
    this.#world.troubles.push({ fromAt, toAt });
  }

  #judgeTrouble(): void {
    const { centre, aheadMs, time } = this.#world;
    const trouble = centre.weather !== 'up' || aheadMs !== 0;
    if (trouble) this.#troubleFrom ??= time.at;
    else if (this.#troubleFrom !== null) {
      this.#trouble(this.#troubleFrom, time.at);
      this.#troubleFrom = null;
    }
  }

  /** Peace, and as long as a row may be late, and then one more run of each. */
  async settle(): Promise<void> {
    const world = this.#world;
    await this.passUntil(Math.max(world.time.at, world.desks.length === 0 ? world.awayUntil : 0));
    this.#fates.splice(0);
    world.centre.weather = 'up';
    world.aheadMs = 0;
    world.slackTakes = true;
    this.#judgeTrouble();
    await this.deliver();
    for (const channelId of [...world.refusing]) world.refusing.delete(channelId);
    await this.#resumeRefused(await world.stores.subscriptions.list(TEAM));
    await this.passUntil(world.time.at + 26 * HOUR);
    const last = Math.max(
      ...(await world.stores.subscriptions.list(TEAM))
        .filter(({ state }) => state === 'active')
        .map(({ nextRunAt }) => nextRunAt),
    );
    await this.passUntil(Math.min(Math.max(last, world.time.at), world.time.at + 8 * DAY) + MINUTE);
    await this.deliver();
  }
}

type SubscriptionHappening = Extract<Happening, { which: number }>;
type DeskHappening = Exclude<
  Happening,
  { what: 'calls' | 'weather' | 'clock' | 'slack' | 'refuse' | 'zone' }
>;

const channelOf = (index: number): string => `C${index + 1}`;
const lastOf = <T>(items: readonly T[]): T => items.at(-1) as T;
