import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestDesk, HOUR, hourly, MINUTE, TEAM, VDN } from './digest-desk.ts';
import { takePost } from './take-post.ts';

/** What may happen between two moments of the desk's life. */
const happening = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('call' as const),
      lateMs: fc.integer({ max: 24 * HOUR, min: 0 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('time' as const),
      ms: fc.integer({ min: MINUTE, max: 7 * HOUR }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom(
        'question' as const,
        'down' as const,
        'up' as const,
        'now' as const,
        'restart' as const,
        'refused' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('away' as const),
      ms: fc.integer({ min: MINUTE, max: 30 * HOUR }),
    }),
  },
);

it('tells every call once, whatever happens: lateness, questions, outages, restarts, refusals', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (happenings) => {
      const desk = await digestDesk();
      await desk.subscribe({ schedule: { ...hourly, hours: { from: 7, to: 20 } } });
      const arrived: string[] = [];
      const posted: string[] = [];
      /** The channel takes what waits; or refuses it, until somebody mends that and resumes. */
      async function deliver(refuse = false) {
        for (;;) {
          const claimed = await takePost(desk);
          if (!claimed) break;
          if (refuse && claimed.subscriptionId !== null) {
            await desk.subscriptions.pauseByError(claimed, 'is_archived');
            continue;
          }
          if (claimed.listId) posted.push(...(await callsOf(claimed.listId)));
          await desk.outboxStore.markSent(claimed.id, { channelId: claimed.channelId, ts: claimed.id });
        }
        await desk.subscriptions.resume(TEAM, 1);
      }
      const callsOf = async (listId: string) => {
        const list = await desk.knex('lists').where({ id: listId }).first();
        return (await desk.calls.inWindow(TEAM, VDN, JSON.parse(list.data).window)).map(
          ({ callId }) => callId,
        );
      };

      for (const event of happenings) {
        if (event.what === 'call') {
          const callId = `call ${arrived.length}`;
          arrived.push(callId);
          desk.missed(callId, desk.clock.at, { lateMs: event.lateMs });
        } else if (event.what === 'time') await desk.passUntil(desk.clock.at + event.ms);
        else if (event.what === 'away') desk.clock.at += event.ms;
        else if (event.what === 'question') await desk.fetch(TEAM, VDN);
        else if (event.what === 'down') desk.centre.down();
        else if (event.what === 'up') desk.centre.up();
        else if (event.what === 'now') await desk.runner.now(await desk.one());
        else if (event.what === 'restart') desk.runner = desk.newRunner();
        await deliver(event.what === 'refused');
      }
      desk.centre.up();
      // As late as a row may be, and a night.
      for (let hour = 0; hour < 24 + 12; hour++) {
        await desk.passUntil(desk.clock.at + HOUR);
        await deliver();
      }
      expect(posted.toSorted()).toEqual(arrived.toSorted());
    }),
    { numRuns: 25 },
  );
});
