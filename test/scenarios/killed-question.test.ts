import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNursery, type Nursery } from '../chaos/desk-child.ts';
import { MINUTE_MS, openWorld } from '../chaos/world.ts';
import { SUPPORT } from './scene.ts';

/** For processes that start, on a busy machine. */
const PATIENCE_MS = 120_000;

let nursery: Nursery;
beforeAll(() => {
  nursery = createNursery(2);
});
afterAll(() => nursery.close(), PATIENCE_MS);

it(
  'a desk that is killed while it asks leaves nobody waiting: not the channel, and not whoever asked alone',
  async () => {
    const world = await openWorld({ nursery, vdns: [SUPPORT] });
    const { slack, centre, clock, heal, leapTo, quiet } = world;
    const [desk] = world.replicas;
    const tom = slack.as('tom');
    const reads = (channel: string) =>
      tom.messages(channel).flatMap((message) => (message.byApp ? [slack.render(message, 'tom')] : []));
    const seen = (channel: string, words: string) =>
      slack.settled(() => reads(channel).find((text) => text.includes(words)), PATIENCE_MS);
    try {
      centre.faults.add({ kind: 'slow', ms: PATIENCE_MS });
      await tom.command('#support', '/missed', '7 today');
      await tom.command('#sales', '/missed', '7 yesterday');
      await seen('#support', 'Asking the contact centre…');
      await seen('#sales', 'Asking the contact centre…');
      // A message that the desk does not know to be there when it dies has to be looked for first, which takes its time.
      const toSend = async () =>
        (await world.books.underWay(clock.now())).filter((what) => /to send/.test(what));
      await expect.poll(toSend, { timeout: PATIENCE_MS }).toEqual([]);
      const killAndStart = async () => {
        desk?.kill();
        await desk?.died();
        await heal();
      };
      await killAndStart();
      await quiet();
      // Longer than any question takes; a desk looks for what was abandoned when it starts, and once a minute.
      await leapTo(clock.now() + 6 * MINUTE_MS);
      await killAndStart();
      await seen('#support', 'Sorry, something went wrong on my side. Please ask again.');
      expect(reads('#support')).toHaveLength(1);

      const told = await seen('@app', 'Sorry, something went wrong on my side. Please ask again.');
      expect(told).toContain('Missed calls: Support (VDN 7)');
      expect(told).toContain('7 yesterday');
      expect(told).toContain('Ask again');
      await quiet();
      expect(reads('@app')).toHaveLength(1);
    } finally {
      await world.close();
    }
  },
  PATIENCE_MS,
);
