import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SourceError } from '../../src/calls/source.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from './scripted-centre.ts';
import { NINE, syncDesk, TEAM } from './sync-desk.ts';

const DAY_MS = 24 * HOUR_MS;
const minutes = (min: number, max: number) => fc.integer({ min: min, max }).map((n) => n * MINUTE_MS);
const kind = <const K extends string>(name: K) => fc.constant(name);

/** What may happen, one after the other. A call waits less than the overlap and appears within a day of its begin. */
const event = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: kind('ring'), waitMs: minutes(0, 100), lateMs: minutes(0, 22 * 60) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind('pass'), ms: fc.oneof(minutes(1, 90), minutes(1, 4000)) }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('due') }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: kind('ask'), lengthMs: minutes(1, 2000), agoMs: minutes(0, 90) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('subscribe'), slotMs: minutes(0, 4000) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('outage begins') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('outage ends') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('calls end while pages are read') }) },
);

it('stores every call that anybody needs, once, whatever arrives late, is asked, or fails in between', async () => {
  const desk = await syncDesk();
  desk.centre.pageSize = 2;
  let vdn = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
      vdn++;
      const { clock, centre, sync } = desk;
      clock.at = NINE;
      const of = { teamId: TEAM, vdn };
      const subscriptions = [{ startsAt: NINE, previousEndAt: NINE }];
      let calls = 0;
      let isDown = false;
      let isRestless = false;
      centre.beforePage = (n) => {
        if (isDown) throw new SourceError('unreachable', 'Connection refused');
        if (n > 0 && isRestless) clock.at += 20 * SECOND_MS;
      };
      const settled = async (asked: Promise<{ complete: boolean; endAt: number }>) => {
        const report = await asked.catch((error: unknown) => {
          if (!(error instanceof SourceError)) throw error;
        });
        isRestless = false;
        return report;
      };
      const due = async () => {
        const needs = subscriptions.map(({ startsAt, previousEndAt }) =>
          Math.max(startsAt, previousEndAt - DAY_MS),
        );
        const report = await settled(sync.due({ ...of, neededFromAt: Math.min(...needs) }));
        if (report) for (const subscription of subscriptions) subscription.previousEndAt = report.endAt;
        return report?.complete;
      };

      for (const happens of events) {
        const now = clock.at;
        switch (happens.kind) {
          case 'ring':
            centre.ring(`${vdn}-${calls++}`, now, { vdn, ...happens });
            break;
          case 'pass':
            clock.at += happens.ms;
            break;
          case 'due':
            await due();
            break;
          case 'ask': {
            const toAt = now - happens.agoMs;
            await settled(sync.range({ ...of, fromAt: toAt - happens.lengthMs, toAt }));
            break;
          }
          case 'subscribe': {
            const startsAt = now - happens.slotMs;
            subscriptions.push({ startsAt, previousEndAt: startsAt });
            break;
          }
          default:
            isDown = happens.kind === 'outage begins' || (isDown && happens.kind !== 'outage ends');
            isRestless = happens.kind === 'calls end while pages are read';
        }
      }
      // The outage is over, and the hour in which the next due sync looks back has begun.
      isDown = false;
      isRestless = false;
      clock.at += HOUR_MS;
      expect(await due()).toBe(true);

      expect((await desk.stored(vdn)).sort()).toEqual(centre.appeared(vdn).sort());
    }),
    { numRuns: 150 },
  );
});
