import type { Knex } from 'knex';
import type { Clock } from '../../../src/clock.ts';
import type { DigestData } from '../../../src/digests/digest.ts';
import type { Schedule } from '../../../src/digests/schedule.ts';
import { createSubscriptions, type Subscriptions } from '../../../src/digests/service.ts';
import type { Log } from '../../../src/log.ts';
import { createOutboxStore } from '../../../src/storage/outbox-store.ts';
import { createSubscriptionStore } from '../../../src/storage/subscriptions-store.ts';
import { createVdnStore } from '../../../src/storage/vdn-store.ts';
import { Centre } from './centre.ts';
import { createPromiseDesk, type Desk } from './desk.ts';
import { type History, vdnOf } from './history.ts';
import { DatabaseFailure, Process, Weaver } from './process.ts';

export const TEAM = 'T1';

/** Of a subscription: from when a person began it (or resumed it) until a person ended it (or paused it). */
export interface Life {
  subscriptionId: number;
  number: number;
  channelId: string;
  vdn: number;
  /** True and desk's time of the beginning; the calls that end from `startsAt` on belong to it. */
  beganAt: number;
  startsAt: number;
  /** Messages of this life come after this one in the outbox, and at most at `lastSeq`. */
  afterSeq: number;
  lastSeq: number;
  endedAt: number;
  /** Until when the desk said, at its end, that all is told. */
  toldUntil: number;
  schedules: { fromAt: number; schedule: Schedule; timeZone: string }[];
}

/** The world in which a history happens: true time, the contact centre, the database, the desks on it, and what is written down of it. */
export class World {
  readonly history: History;
  readonly knex: Knex;
  readonly time: { at: number };
  readonly centre: Centre;
  readonly weaver: Weaver;
  readonly lives: Life[] = [];
  /** When anything was not as it should be: calls may then be told later than at the next slot. */
  readonly troubles: { fromAt: number; toAt: number }[] = [];
  /** When no desk was there (the desks' time). */
  readonly absences: { fromAt: number; toAt: number }[] = [];
  /** When Slack's refusal kept a subscription from running; `toAt` Infinity: it still does. */
  readonly pauses: { subscriptionId: number; fromAt: number; toAt: number }[] = [];
  readonly complaints: string[] = [];
  /** Empty: none is running. */
  desks: Desk[] = [];
  /** When they come back, where none is running. */
  awayUntil = 0;
  aheadMs = 0;
  zones: (string | null)[];
  readonly refusing = new Set<string>();
  slackTakes = true;
  #troubleFrom: number | null = null;
  /** What people do with subscriptions. */
  readonly subscriptions: Subscriptions;

  constructor(history: History, knex: Knex) {
    this.history = history;
    this.knex = knex;
    this.zones = [...history.zones];
    this.time = { at: history.startAt };
    this.centre = new Centre(this.time, history.centre);
    this.weaver = new Weaver(history.seed);
    this.stores = {
      subscriptions: createSubscriptionStore(knex),
      outbox: createOutboxStore(knex),
      vdns: createVdnStore(knex),
    };
    const { subscriptions: store, vdns } = this.stores;
    const clock = { now: () => this.now };
    this.subscriptions = createSubscriptions({ store, vdns, clock, log: this.log, outbox: { wake() {} } });
  }

  async seedVdns(): Promise<void> {
    const vdns = this.zones.map((timeZone, index) => ({
      number: vdnOf(index),
      name: null,
      timeZone,
      country: null,
    }));
    await this.stores.vdns.seed(TEAM, vdns);
  }

  trouble(fromAt: number, toAt: number): void {
    this.troubles.push({ fromAt, toAt });
  }

  /** A trouble begins, or one is over, with what the contact centre and the clocks are like now. */
  judgeTrouble(): void {
    if (this.centre.weather !== 'up' || this.aheadMs !== 0) this.#troubleFrom ??= this.time.at;
    else if (this.#troubleFrom !== null) {
      this.trouble(this.#troubleFrom, this.time.at);
      this.#troubleFrom = null;
    }
  }

  /** All is as it should be from now on; only what Slack refuses is for somebody to mend. */
  makePeace(): void {
    this.centre.weather = 'up';
    this.aheadMs = 0;
    this.slackTakes = true;
    this.judgeTrouble();
  }

  readonly stores: {
    subscriptions: ReturnType<typeof createSubscriptionStore>;
    outbox: ReturnType<typeof createOutboxStore>;
    vdns: ReturnType<typeof createVdnStore>;
  };

  clock(desk = 0): Clock {
    return { now: () => this.time.at + this.aheadMs + desk * this.history.apartMs };
  }

  /** The desk's time; of the first one where there are two. */
  get now(): number {
    return this.clock().now();
  }

  /** The clock that comes to a moment first. */
  get firstToKnowMs(): number {
    return this.aheadMs + (this.history.desks - 1) * this.history.apartMs;
  }

  zoneOf(vdn: number): string {
    return this.zones[vdn - vdnOf(0)] ?? 'UTC';
  }

  startDesk(index: number): Desk {
    const desk = createPromiseDesk({
      knex: this.knex,
      centre: this.centre,
      process: new Process(this.weaver),
      clock: this.clock(index),
      timeZone: this.history.centre.timeZone,
      log: this.log,
    });
    this.desks[index] = desk;
    return desk;
  }

  startDesks(): void {
    for (let index = 0; index < this.history.desks; index++) this.startDesk(index);
  }

  /** Work of a desk, or none when it dies in it. What the test itself made fail is no news; all else is. */
  async doing(desk: Desk, work: () => Promise<unknown>): Promise<void> {
    try {
      await Promise.race([work(), desk.process.died]);
    } catch (error) {
      this.note(error);
    }
  }

  note(error: unknown): void {
    if (error instanceof DatabaseFailure) return;
    if (error instanceof Error && error.name === 'SourceError') return;
    this.complaints.push(`an error that nobody expected: ${error instanceof Error ? error.stack : error}`);
  }

  readonly log: Log = {
    debug() {},
    info() {},
    warn() {},
    error: (facts) => this.note('err' in facts ? facts.err : facts),
  };

  async lastSeq(): Promise<number> {
    const last = await this.knex('outbox').max({ seq: 'seq' }).first();
    return Number(last?.seq ?? 0);
  }

  /** Messages of a subscription, in their order, with the calls that they tell. */
  async messages(subscriptionId?: number, afterSeq = 0): Promise<Message[]> {
    const wanted = this.knex('outbox').where('seq', '>', afterSeq).orderBy('seq');
    const rows = await (subscriptionId === undefined
      ? wanted.whereNotNull('subscription_id')
      : wanted.where({ subscription_id: subscriptionId }));
    const messages: Message[] = [];
    for (const row of rows) {
      const list = row.list_id ? await this.knex('lists').where({ id: row.list_id }).first() : undefined;
      const { window, figures } = list ? JSON.parse(list.data) : { window: null, figures: null };
      messages.push({
        seq: Number(row.seq),
        subscriptionId: Number(row.subscription_id),
        kind: row.kind,
        state: row.state,
        writtenAt: Number(row.created_at),
        data: JSON.parse(row.data),
        calls: window ? await this.#callsIn(list.vdn, window) : [],
        figures,
      });
    }
    return messages;
  }

  /** By hand, not by the store: it is judged, too. */
  async #callsIn(vdn: number, window: { afterSeq: number; uptoSeq: number; endFromAt: number | null }) {
    return await this.knex('missed_calls')
      .where({ team_id: TEAM, vdn })
      .where('seq', '>', window.afterSeq)
      .where('seq', '<=', window.uptoSeq)
      .where('call_end_at', '>=', window.endFromAt ?? 0)
      .orderBy('seq')
      .pluck<string[]>('call_id');
  }
}

export interface Message {
  seq: number;
  subscriptionId: number;
  kind: string;
  state: string;
  /** The desk's time. */
  writtenAt: number;
  data: DigestData;
  calls: string[];
  figures: { calls: number; callers: number; withoutNumber: number; longestWaitMs: number } | null;
}
