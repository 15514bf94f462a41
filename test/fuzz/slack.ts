import { createMovingClock } from '../../src/sandbox/moving-clock.ts';
import { type Office, startOffice } from '../../src/sandbox/office.ts';
import { collectLog } from '../collect-log.ts';
import { standBetween } from './between.ts';
import { type Choices, choicesOf, MARKUP } from './choices.ts';
import type { Fuzzed, FuzzOptions } from './fuzzed.ts';
import { type Fault, faultsOfCall, faultsOfLog } from './judge.ts';
import { somebodyActs } from './people.ts';

/** A Monday morning. */
const OPENING = Date.UTC(2022, 10, 21, 9, 10);
/** Spoilt requests before each that is not. */
const OTHERS = 9;
/** A desk and its people begin anew after so many acts: what they have set then must not keep them from doing more. */
const ACTS_A_DESK = 250;

/** Everything that comes to the desk by way of Slack: commands, clicks, choices, forms, shortcuts, events. */
export async function fuzzSlack({ inputs, seed, say = () => {} }: FuzzOptions): Promise<Fuzzed> {
  const sum: Fuzzed = { inputs: 0, acts: 0, calls: 0, faults: [] };
  for (let round = 0; sum.inputs < inputs; round += 1) {
    await oneDesk(seed * 1_000_003 + round, inputs - sum.inputs, sum);
    say(`${sum.inputs} requests, ${sum.acts} acts, ${sum.calls} calls to Slack, ${sum.faults.length} faults`);
  }
  return sum;
}

async function oneDesk(seed: number, wanted: number, sum: Fuzzed): Promise<void> {
  let choices: Choices = choicesOf(seed);
  let office: Office | undefined;
  let last = '';
  const note = (fault: Fault, after: string) => void sum.faults.push({ fault, after });
  const log = collectLog();
  const between = await standBetween({
    deskUrl: () => `http://127.0.0.1:${office?.desk.port}/slack/events`,
    signingSecret: 'sandbox-signing-secret',
    others: OTHERS,
    choices: () => choices,
    onFault: note,
    onSent: (sent) => {
      last = sent;
    },
  });
  try {
    office = await startOffice({
      mode: 'http',
      requestUrl: between.url,
      seed: null,
      clock: createMovingClock(OPENING),
      log: log.log,
      config: {
        vdns: [{ number: 159, name: MARKUP.join(' ').slice(0, 60), timeZone: 'UTC', country: 'GB' }],
      },
    });
    const { slack, cms, clock } = office;
    let seen = 0;
    for (let act = 0; act < ACTS_A_DESK && between.inputs < wanted; act += 1) {
      choices = choicesOf(seed * 1009 + act);
      clock.advance(choices.below(60_000));
      if (choices.percent(30))
        cms.calls.ring({ vdn: 159, callerNo: numberOf(choices), waitBeginAt: clock.now() });
      await somebodyActs(slack, choices);
      sum.acts += 1;
      for (; seen < slack.calls.length; seen += 1) {
        const call = slack.calls[seen];
        if (call) for (const fault of faultsOfCall(call)) note(fault, last);
      }
    }
    await between.shut();
    await office.desk.stop();
    for (; seen < slack.calls.length; seen += 1) {
      const call = slack.calls[seen];
      if (call) for (const fault of faultsOfCall(call)) note(fault, last);
    }
    sum.calls += seen;
  } finally {
    sum.inputs += between.inputs;
    await office?.close();
    await between.close();
  }
  for (const fault of faultsOfLog(log.lines)) note(fault, 'see the log');
}

const numberOf = (choices: Choices) =>
  choices.percent(50) ? `4420794601${10 + choices.below(20)}` : choices.text().slice(0, 60);
