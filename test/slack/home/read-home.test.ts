import { expect, it } from 'vitest';
import type { QueueRequest } from '../../../src/callbacks/queue-service.ts';
import { createReadHome } from '../../../src/slack/home/read-home.ts';
import type { Right } from '../../../src/vdns/access.ts';
import { at, subscription } from '../messages/examples.ts';
import { home, sales, support } from '../views/home-examples.ts';

/** What the Home of somebody with these rights asks for and shows, with Support, Sales, and calls of 161, which nobody has named. */
async function homeOf(may: Record<Right | 'administer', number[]>) {
  const asked: QueueRequest[] = [];
  const { own, queue, team } = home();
  const read = createReadHome({
    queue: {
      vdns: async () => [159, 161],
      async look(request) {
        asked.push(request);
        return { own, queue, team };
      },
    },
    rights: { which: async (_, vdns, right) => vdns.filter((vdn) => may[right].includes(vdn)) },
    vdns: { list: async () => [support, sales] },
    subscriptions: {
      list: async () =>
        [159, 160].map((vdn) => ({
          id: vdn,
          teamId: 'T01',
          vdn,
          createdBy: 'U0ANA',
          createdAt: 0,
          startsAt: 0,
          cursor: 0,
          previousEndAt: 0,
          retryAt: null,
          failures: 0,
          downToldAt: null,
          gapCause: null,
          ...subscription().subscription,
        })),
    },
    people: {
      find: async (id) => ({
        id,
        locale: 'zh-CN',
        timeZone: 'Asia/Shanghai',
        isPerson: true,
        name: null,
        isAdmin: null,
      }),
    },
    dueTimes: { of: async () => new Map() },
    clock: { now: () => at('14:03') },
  });
  return { data: await read({ teamId: 'T01', userId: 'U0ANA', page: 2 }), asked: asked[0] };
}

it('asks only for what its reader may see, and for the team only where they are named to manage', async () => {
  const { data, asked } = await homeOf({ see: [159, 161], claim: [159], manage: [159], administer: [] });
  expect(asked).toEqual({ teamId: 'T01', userId: 'U0ANA', vdns: [159, 161], page: 2, team: null });
  expect([...data.vdns.keys()]).toEqual([159, 161]);
  expect(data.digests.map(({ vdn }) => vdn.number)).toEqual([159]);
  expect(data.mayClaim).toBe(true);
});

it("shows a manager the team's load of that VDN, with what was done since the reader's midnight", async () => {
  const { asked } = await homeOf({ see: [159, 160], claim: [], manage: [159, 160], administer: [160] });
  expect(asked?.team).toEqual({ vdns: [160], doneFromAt: at('00:00') });
});

it('shows nothing to who may see nothing, and knows that there is something', async () => {
  const { data, asked } = await homeOf({ see: [], claim: [], manage: [], administer: [] });
  expect(asked?.vdns).toEqual([]);
  expect(data).toMatchObject({ anyVdn: true, mayClaim: false, digests: [] });
});
