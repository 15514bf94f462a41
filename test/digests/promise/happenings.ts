import type { Schedule } from '../../../src/digests/schedule.ts';
import type { Subscription } from '../../../src/digests/subscription.ts';
import type { Course } from './course.ts';
import type { Desk } from './desk.ts';
import { DAY, type Happening, MINUTE, SECOND, vdnOf } from './history.ts';
import { lastSlot } from './slots.ts';
import { type Life, TEAM, type World } from './world.ts';

/** What happens in a world, and what it means for what its channels are owed. */
export class Happenings {
  readonly #world: World;
  readonly #course: Course;

  constructor(world: World, course: Course) {
    this.#world = world;
    this.#course = course;
  }

  /** `index`: of the step; people take the desks in turn. */
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
        return world.judgeTrouble();
      case 'clock':
        world.aheadMs = happening.aheadMs;
        return world.judgeTrouble();
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
        world.trouble(world.time.at, world.time.at + 8 * DAY);
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
        return await this.#course.leave(happening.ms);
      case 'crash':
        this.#course.destine(
          { atOp: happening.atOp, how: happening.before ? 'dies before' : 'dies after' },
          happening.awayMs,
        );
        world.trouble(world.time.at, world.time.at + 4 * DAY);
        return;
      case 'database-fails':
        this.#course.destine({ atOp: happening.atOp, how: 'fails' });
        world.trouble(world.time.at, world.time.at + 4 * DAY);
        return;
      case 'mend': {
        const channelId = channelOf(happening.channel);
        world.refusing.delete(channelId);
        return await this.resumeRefused(await world.stores.subscriptions.list(TEAM, channelId));
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
        return await this.#course.soon(desk, happening.meanwhile, ask);
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
    const { number, pausedBy, schedule } = subscription;
    switch (happening.what) {
      case 'now':
        return await this.#course.soon(desk, happening.meanwhile, ({ runner }) => runner.now(subscription));
      case 'change': {
        const change = () => this.change(number, happening.schedule);
        return await this.#course.soon(desk, happening.meanwhile, change);
      }
      case 'pause':
        if (pausedBy === 'person') return;
        await this.#world.subscriptions.pause(TEAM, number);
        return await this.#endLife(subscription);
      case 'remove':
        await this.#world.subscriptions.remove(TEAM, number);
        return await this.#endLife(subscription);
      case 'resume':
        await this.#resume(subscription);
        if (pausedBy !== 'person') return;
        return await this.#beginLife(subscription, Math.floor(world.now / SECOND) * SECOND, schedule);
    }
  }

  async change(number: number, schedule: Schedule): Promise<void> {
    const world = this.#world;
    const changed = await world.subscriptions.change(TEAM, number, schedule);
    if (changed.outcome !== 'changed') return;
    const { id, vdn } = changed.subscription;
    const timeZone = world.zoneOf(vdn);
    this.#lifeOf(id)?.schedules.push({ fromAt: world.now, schedule, timeZone });
    this.#course.gaps.forgive(id);
  }

  async #subscribe({ channel, vdn, schedule }: Extract<Happening, { what: 'subscribe' }>): Promise<void> {
    const world = this.#world;
    const { outcome, subscription } = await this.#world.subscriptions.subscribe({
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

  /** Somebody has mended what Slack refused. */
  async resumeRefused(subscriptions: readonly Subscription[]): Promise<void> {
    for (const subscription of subscriptions) {
      if (subscription.pausedBy === 'error') await this.#resume(subscription);
    }
  }

  async #resume({ id, number }: Subscription): Promise<void> {
    const { pauses, time } = this.#world;
    for (const pause of pauses) if (pause.subscriptionId === id) pause.toAt = Math.min(pause.toAt, time.at);
    await this.#world.subscriptions.resume(TEAM, number);
  }

  async #beginLife({ id, number, channelId, vdn }: Subscription, startsAt: number, schedule: Schedule) {
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
    this.#course.gaps.forgive(id);
    const life = this.#lifeOf(id);
    if (!life) return;
    life.endedAt = world.now;
    life.toldUntil = previousEndAt;
    life.lastSeq = await world.lastSeq();
  }
}

type SubscriptionHappening = Extract<Happening, { which: number }>;
type DeskHappening = Exclude<
  Happening,
  { what: 'calls' | 'weather' | 'clock' | 'slack' | 'refuse' | 'zone' }
>;

const channelOf = (index: number): string => `C${index + 1}`;
const lastOf = <T>(items: readonly T[]): T => items.at(-1) as T;
