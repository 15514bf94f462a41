import { startDesk } from '../desk.ts';
import { compared, type Figure } from '../figure.ts';
import { openFolder } from '../folder.ts';
import { type Load, openLoop } from '../open-loop.ts';
import { type Button, postCallbacks } from '../prepared.ts';
import { startProcess } from '../process.ts';
import { inTurns } from '../rounds.ts';
import { startContactCentre } from '../stand-ins/contact-centre.ts';
import { click, command } from '../stand-ins/payloads.ts';
import { type MeasuringSlack, startSlack } from '../stand-ins/slack.ts';
import { percentile } from '../statistics.ts';
import type { Measure } from './measure.ts';

const CALLBACKS = 500;
const CALLS = 20;
const AIM = { ratio: 1.15 };

/** One delivery of a kind, the nth of the run. Milliseconds until its ack. */
type Deliver = (slack: MeasuringSlack, number: number) => Promise<number>;

/** How long the ack of commands and clicks takes, against a Bolt app that does nothing else. The desk does its work meanwhile. */
export const ack: Measure = {
  name: 'ack',
  async run({ ack: { rounds, ...load } }, say) {
    using folder = openFolder();
    const centre = await startContactCentre();
    const now = Date.now();
    centre.prepare({ vdn: 1, calls: CALLS, fromAt: now - 3_600_000, toAt: now });
    let buttons: Button[] = [];
    const database = await folder.database('desk', async (knex) => {
      buttons = await postCallbacks(knex, CALLBACKS);
    });
    const [deskSlack, floorSlack] = [await startSlack(), await startSlack()];
    const desk = await startDesk({ ...database, slack: deskSlack, centre });
    const floor = startProcess('bench/floors/bolt.ts', [floorSlack.url], {});
    await floorSlack.connected();

    const figures: Figure[] = [];
    for (const { name, deliver } of kinds(buttons)) {
      const round = (slack: MeasuringSlack, numbers: Generator<number, never>) =>
        acks(slack, load, deliver, numbers);
      const [deskNumbers, floorNumbers] = [count(), count()];
      await Promise.all([round(deskSlack, deskNumbers), round(floorSlack, floorNumbers)]);
      const measured = await inTurns(
        rounds,
        () => round(deskSlack, deskNumbers),
        () => round(floorSlack, floorNumbers),
      );
      for (const [share, of] of [
        [0.5, 'p50'],
        [0.99, 'p99'],
      ] as const) {
        const pairs = measured.map((pair) => ({
          value: percentile(pair.desk, share),
          floor: percentile(pair.floor, share),
        }));
        figures.push(compared(`ack of ${name}, ${of}`, 'ms', pairs, share === 0.5 ? AIM : null));
      }
      say(`ack of ${name}`);
    }
    for (const part of [desk, floor]) await part.stop();
    for (const part of [deskSlack, floorSlack, centre]) await part.close();
    return figures;
  },
};

function kinds(buttons: readonly Button[]): { name: string; deliver: Deliver }[] {
  const person = (number: number) => `U0P${number % 50}`;
  const typed =
    (text: string): Deliver =>
    async (slack, number) => {
      const place = {
        channelId: `C0ASK${number % 500}`,
        userId: person(number),
        responseUrl: slack.responseUrl(`${number}`),
      };
      return (await slack.deliver('slash_commands', command(text, place))).ms;
    };
  return [
    { name: 'a command (help)', deliver: typed('help') },
    { name: 'a command (a question)', deliver: typed('1 last 2h') },
    {
      name: 'a click (claim, release)',
      deliver: async (slack, number) => {
        const button = buttons[number % buttons.length];
        if (!button) throw new Error('There is no button');
        const claims = Math.floor(number / buttons.length) % 2 === 0;
        const actionId = claims ? button.actionId : button.actionId.replace('claim', 'release');
        // Whoever claimed it releases it.
        const place = {
          ...button,
          userId: person(number % buttons.length),
          responseUrl: slack.responseUrl('0'),
        };
        return (await slack.deliver('interactive', click({ ...button, actionId }, place))).ms;
      },
    },
  ];
}

const acks = (slack: MeasuringSlack, load: Load, deliver: Deliver, numbers: Generator<number, never>) =>
  openLoop(load, () => deliver(slack, numbers.next().value));

function* count(): Generator<number, never> {
  for (let number = 0; ; number += 1) yield number;
}
