import type { Knex } from 'knex';
import type { Schedule } from '../../../src/digests/schedule.ts';
import { Course } from './course.ts';
import { Happenings } from './happenings.ts';
import { DAY, type History, HOUR, MINUTE } from './history.ts';
import { TEAM, World } from './world.ts';

/** Lets a history happen, and then enough time pass in peace for everything to be told. */
export async function play(history: History, knex: Knex): Promise<World> {
  const world = new World(history, knex);
  await world.seedVdns();
  const course = new Course(world);
  const happenings = new Happenings(world, course);
  await course.begin();
  for (const [index, { afterMs, ...happening }] of history.steps.entries()) {
    await course.passUntil(world.time.at + afterMs);
    await happenings.happen(happening, index);
    await course.deliver();
  }
  await settle(world, course, happenings);
  return world;
}

/** For those who have heard every quarter of an hour: a day of that in peace would take most of the test's time. */
const SELDOM: Schedule = { every: { minutes: 240 }, weekdays: false, hours: null, allClear: false };

/** Peace, and as long as a row may be late, and then one more run of each. */
async function settle(world: World, course: Course, happenings: Happenings): Promise<void> {
  await course.passUntil(Math.max(world.time.at, world.desks.length === 0 ? world.awayUntil : 0));
  course.spare();
  world.makePeace();
  await course.deliver();
  world.refusing.clear();
  await happenings.resumeRefused(await world.stores.subscriptions.list(TEAM));
  for (const { number, schedule } of await world.stores.subscriptions.list(TEAM)) {
    if ('minutes' in schedule.every && schedule.every.minutes <= 60) await happenings.change(number, SELDOM);
  }
  await course.passUntil(world.time.at + 26 * HOUR);
  const all = await world.stores.subscriptions.list(TEAM);
  const runs = all.filter(({ state }) => state === 'active').map(({ nextRunAt }) => nextRunAt);
  const lastRunAt = Math.max(world.time.at, ...runs);
  await course.passUntil(Math.min(lastRunAt, world.time.at + 8 * DAY) + MINUTE);
  await course.deliver();
}
