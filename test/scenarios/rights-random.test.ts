import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import { changeManagers, forged, LI, MANAGERS, only, restrict, TOM } from './rights-scene.ts';
import { it, MINUTE, SALES, type Scene, SUPPORT } from './scene.ts';

const ANA = 'U0ANASOUZ';
/** All callers of the restricted VDN have numbers that begin so, and no others. */
const NUMBERS = '44207946';

/** Whatever is set, Li and the channels that Li reads have no right in it. */
const ACCESSES = [
  { see: MANAGERS },
  { see: only({ groupIds: ['S0MANAGER'], channelIds: ['C0MANAGER'] }) },
  { see: only({ userIds: [TOM], channelIds: ['C0MANAGER'] }), claim: only({ userIds: [TOM] }) },
  { see: only({}), manage: MANAGERS },
];
const CHANNELS = {
  li: ['#support', '#sales', '@app'],
  tom: ['#support', '#managers', '@app'],
  ana: ['#support', '#managers', '@app'],
} as const;
const PEOPLE = ['li', 'tom', 'ana'] as const;
type Person = (typeof PEOPLE)[number];

type Step =
  | { do: 'ask'; who: Person; where: number; words: string }
  | { do: 'click'; who: Person; where: number; message: number; button: number; forge: boolean }
  | { do: 'submit'; who: Person }
  | { do: 'access'; access: number }
  | { do: 'group'; members: string[] }
  | { do: 'ring' }
  | { do: 'wait'; minutes: number };

const who = fc.constantFrom(...PEOPLE);
const where = fc.nat(2);
const words = fc.oneof(
  { weight: 2, arbitrary: fc.constant('7 today') },
  fc.constantFrom('7 today private', '8 today', 'today', 'digest 7 hourly', 'digest list'),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), who, where, words }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('click' as const),
      who,
      where,
      message: fc.nat(30),
      button: fc.nat(30),
      forge: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('submit' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('access' as const), access: fc.nat(ACCESSES.length - 1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('group' as const), members: fc.subarray([ANA, TOM]) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'ring' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 70 }) }),
  },
);

/** Buttons of a message by action id. */
const buttonsOf = (message: Pick<Message, 'blocks'>): { id: string; value: string }[] =>
  [...JSON.stringify(message.blocks).matchAll(/"action_id":"(?<id>[^"]+)","value":"(?<value>[^"]+)"/g)].map(
    ({ groups }) => ({ id: groups?.id ?? '', value: groups?.value ?? '' }),
  );

async function takeStep(one: Step, scene: Scene): Promise<void> {
  const { asks, clock, misses, slack, types } = scene;
  switch (one.do) {
    case 'ask':
      await types(one.who, CHANNELS[one.who][one.where] ?? '@app', one.words);
      return;
    case 'click': {
      const person = slack.as(one.who);
      const channel = CHANNELS[one.who][one.where] ?? '@app';
      const messages = person.messages(channel).filter((each) => buttonsOf(each).length > 0);
      const message = messages[one.message % Math.max(1, messages.length)];
      if (!message) return;
      const buttons = buttonsOf(message);
      const { id } = buttons[one.button % buttons.length] ?? buttons[0] ?? { id: '' };
      // The value of a button that stands where Li does not see it.
      const others = slack.as('ana').messages('#managers').flatMap(buttonsOf);
      const value = others[one.button % Math.max(1, others.length)]?.value;
      const shown = one.forge && value !== undefined ? forged(message, () => value) : message;
      await person.click(shown, id);
      return;
    }
    case 'submit': {
      const person = slack.as(one.who);
      const view = person.views.at(-1);
      if (view?.definition.submit !== undefined && !JSON.stringify(view.blocks).includes('users_select'))
        await person.submitView();
      return;
    }
    case 'access':
      return restrict(scene, SUPPORT.number, ACCESSES[one.access] ?? {});
    case 'group':
      return changeManagers(scene, one.members);
    case 'ring':
      return misses(`${NUMBERS}0150`);
    case 'wait':
      // What was clicked just before has its form: Slack gives it 3 s by this clock.
      await asks('ana', '@app', '8 today private');
      clock.advance(one.minutes * MINUTE);
  }
}

const isSecret = (what: unknown) =>
  JSON.stringify(what ?? '')
    .replaceAll(' ', '')
    .includes(NUMBERS);

/** All that Li sees anywhere now: messages and forms. */
const seenByLi = ({ slack }: Scene): unknown[] => {
  const li = slack.as('li');
  return [...CHANNELS.li.flatMap((channel) => li.messages(channel)), ...li.views];
};

/** What Tom reads of callbacks that Li has and may not have. */
const ownedByLi = ({ slack }: Scene): unknown[] =>
  CHANNELS.tom
    .flatMap((channel) => slack.as('tom').messages(channel))
    .filter(
      ({ text, blocks }) => text.includes('VDN 7') && JSON.stringify(blocks).includes(`<@${LI}> since`),
    );

describe('whatever people do and whatever is set', { concurrent: true }, () => {
  // Seeds by which each layer, taken away for once, was found missing.
  it.for([3, 4])(
    'nothing of a VDN reaches somebody or a channel that never had the right (%i)',
    async (seed, { openScene, databaseUrl }) => {
      const scene = await openScene('http', { config: { vdns: [SUPPORT, SALES], databaseUrl } });
      const { asks, becomes, misses, presses, sees, slack } = scene;
      await restrict(scene, SUPPORT.number, ACCESSES[1] ?? {});
      for (let n = 0; n < 13; n += 1) misses(`${NUMBERS}01${String(n).padStart(2, '0')}`);
      misses('441134960027', { vdn: SALES.number });
      // So that there is something to reach for: a list for those who may, and one for everybody of the other VDN.
      await asks('tom', '#managers', '7 today');
      const others = await asks('ana', '#support', '8 today');
      await presses('li', others, 'Claim');
      await becomes('li', others, 'Log result');
      await slack.as('tom').command('#managers', '/missed', 'digest 7 hourly');
      await sees('tom', '#managers', 'This channel now gets');

      const first = PEOPLE.map((one): Step => ({ do: 'ask', who: one, where: 0, words: '7 today' }));
      const steps = [...first, ...fc.sample(step, { numRuns: 160, seed })];
      for (const one of steps) {
        await takeStep(one, scene);
        expect(seenByLi(scene).filter(isSecret), JSON.stringify(one)).toEqual([]);
        expect(ownedByLi(scene), JSON.stringify(one)).toEqual([]);
      }
      // What is still under way comes before this answer, or after the desk has stopped.
      await scene.desk.stop();
      expect(seenByLi(scene).filter(isSecret)).toEqual([]);
      const open = new Set(CHANNELS.li.slice(0, 2).map((name) => slack.workspace.channel(name).id));
      const posted = slack.calls.filter(
        ({ method, args }) =>
          /^chat\.(postMessage|update)$/.test(method) && open.has(String(args.channel)) && isSecret(args),
      );
      expect(posted).toEqual([]);
      // They did meet what they were to be kept from.
      expect(slack.calls.filter(({ args }) => isSecret(args)).length).toBeGreaterThan(3);
    },
  );
});
