import { setTimeout as pause } from 'node:timers/promises';
import { command } from '../stand-ins/payloads.ts';
import type { MeasuringSlack } from '../stand-ins/slack.ts';

/** What people who ask meet with, in milliseconds. */
export interface Felt {
  acks: number[];
  /** From the command to the answer in the channel. */
  answers: number[];
}

/** People who go on asking while something else happens. */
export interface Askers {
  /** What they have met with since the last look. */
  felt(): Felt;
  /** Resolves once the next question has been answered. */
  answered(): Promise<void>;
  leave(): Promise<void>;
}

const EVERY_MS = 100;
/** Each question comes in a channel of its own, so that no channel's pace holds an answer up. */
const ANSWER_BYTES = 2_500;

/** Ten questions a second about a VDN, by the clock. */
export function askAround(slack: MeasuringSlack, vdn: number): Askers {
  let felt: Felt = { acks: [], answers: [] };
  let here = true;
  const waiting = new Set<Promise<void>>();

  async function ask(number: number): Promise<void> {
    const channelId = `C0ASK${number}`;
    const place = { channelId, userId: `U0P${number % 20}`, responseUrl: slack.responseUrl(channelId) };
    const answer = slack.next(
      ({ how, to, bytes }) =>
        bytes >= ANSWER_BYTES && ((how === 'posted' && to === channelId) || how === 'edited'),
    );
    const { sentAt, ms } = await slack.deliver('slash_commands', command(`${vdn} last 2h`, place));
    felt.acks.push(ms);
    felt.answers.push((await answer).at - sentAt);
  }

  async function goOn(): Promise<void> {
    const began = performance.now();
    for (let number = 0; here; number += 1) {
      const asking: Promise<void> = ask(number).finally(() => waiting.delete(asking));
      waiting.add(asking);
      await pause(Math.max(0, began + (number + 1) * EVERY_MS - performance.now()));
    }
  }
  const going = goOn();

  return {
    felt() {
      const taken = felt;
      felt = { acks: [], answers: [] };
      return taken;
    },
    async answered() {
      const before = felt.answers.length;
      while (felt.answers.length === before) await pause(EVERY_MS / 10);
    },
    async leave() {
      here = false;
      await going;
      await Promise.all(waiting);
    },
  };
}
