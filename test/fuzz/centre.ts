import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createMovingClock } from '../../src/sandbox/moving-clock.ts';
import { startOffice } from '../../src/sandbox/office.ts';
import { isObject, type JsonObject, parseJson } from '../../src/sandbox/slack/json.ts';
import { collectLog } from '../collect-log.ts';
import { type Choices, choicesOf } from './choices.ts';
import type { Fuzzed, FuzzOptions } from './fuzzed.ts';
import { faultsOfCall, faultsOfLog } from './judge.ts';
import { mutated, torn } from './mutated.ts';

/** A Monday morning. */
const OPENING = Date.UTC(2022, 10, 21, 9, 10);
const QUESTIONS_A_DESK = 200;
/** A contact centre that gives no answer in that time gives none: nobody shall wait for it here. */
const TIMEOUT_MS = 500;

/**
 * Every answer of a contact centre's: nearly what its documentation says, of hostile callers, or no answer at all. Somebody asks,
 * claims the first caller that can be claimed, and must be told something each time.
 */
export async function fuzzCentre({ inputs, seed, say = () => {} }: FuzzOptions): Promise<Fuzzed> {
  const sum: Fuzzed = { inputs: 0, acts: 0, calls: 0, faults: [] };
  for (let round = 0; sum.inputs < inputs; round += 1) {
    await oneDesk(seed * 1_000_003 + round, inputs - sum.inputs, sum);
    say(
      `${sum.inputs} answers, ${sum.acts} questions, ${sum.calls} calls to Slack, ${sum.faults.length} faults`,
    );
  }
  return sum;
}

async function oneDesk(seed: number, wanted: number, sum: Fuzzed): Promise<void> {
  let choices: Choices = choicesOf(seed);
  let answers = 0;
  let last = '';
  const centre = await startHostileCentre(
    () => choices,
    (body) => {
      answers += 1;
      last = body;
    },
  );
  const log = collectLog();
  const office = await startOffice({
    seed: null,
    clock: createMovingClock(OPENING),
    log: log.log,
    config: {
      vdns: [{ number: 159, name: 'Support', timeZone: 'UTC', country: 'GB' }],
      cms: { url: centre.url, timeoutMs: TIMEOUT_MS, ccId: 1 },
    },
  });
  const { slack, clock } = office;
  const tom = slack.as('tom');
  try {
    for (let question = 0; question < QUESTIONS_A_DESK && answers < wanted; question += 1) {
      choices = choicesOf(seed * 1009 + question);
      clock.advance(61_000);
      const before = tom.messages('#support').length;
      await tom.command('#support', '/missed', '159 today');
      const isAnswered = () =>
        tom
          .messages('#support')
          .slice(before)
          .find(({ blocks }) => blocks.length > 0);
      const answer = await slack.settled(isAnswered, 20_000).catch(() => undefined);
      if (!answer) sum.faults.push({ fault: 'Nobody was answered', after: last });
      if (answer && /"action_id":"claim:/.test(JSON.stringify(answer.blocks)))
        await tom.click(answer, 'Claim');
      sum.acts += 1;
    }
    await office.desk.stop();
    for (const call of slack.calls)
      for (const fault of faultsOfCall(call)) sum.faults.push({ fault, after: last });
    for (const fault of faultsOfLog(log.lines)) sum.faults.push({ fault, after: last });
    sum.calls += slack.calls.length;
  } finally {
    sum.inputs += answers;
    await office.close();
    await centre.close();
  }
}

async function startHostileCentre(choices: () => Choices, onAnswer: (body: string) => void) {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = parseJson(await text(request));
    const some = choices();
    const page = request.url?.endsWith('querycalls')
      ? calls(some)
      : missedCalls(isObject(asked) ? asked : {}, some);
    const body = some.percent(10) ? torn(JSON.stringify(page), some) : JSON.stringify(mutated(page, some));
    onAnswer(body);
    if (some.percent(2)) return void request.socket.destroy();
    const status = some.percent(90) ? 200 : some.oneOf([204, 301, 400, 401, 403, 404, 500]);
    response.writeHead(status, {
      'content-type': some.oneOf(['application/json', 'text/html', 'application/json; charset=gbk']),
      date: some.oneOf([new Date(OPENING).toUTCString(), 'yesterday', '']),
      ...(some.percent(5) && { 'retry-after': some.oneOf(['-1', '0', 'soon', '9'.repeat(20)]) }),
      ...(status === 301 && { location: 'http://127.0.0.1:9/' }),
    });
    response.end(body);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function missedCalls({ limit, offset }: JsonObject, choices: Choices): JsonObject {
  const count = choices.below(8);
  const missed = Array.from({ length: count }, (_, n) => ({
    callId: choices.percent(80) ? `16690${choices.below(99_999)}-${n}` : choices.text(),
    callerNo: choices.percent(50) ? `4420794601${10 + choices.below(20)}` : choices.text(),
    calleeNo: choices.percent(80) ? '31045665' : choices.text(),
    waitBegin: wallTime(choices),
    callEnd: wallTime(choices),
    mediaType: choices.oneOf([5, 53, '5', null, -1, 1e9]),
    subMediaType: choices.oneOf([1, 2, null, '2']),
  }));
  const total = choices.percent(80) ? count : choices.oneOf([-1, 1e9, `${count}`, null, count + 3]);
  return {
    returnCode: choices.percent(90) ? '0' : choices.text(),
    returnDesc: '',
    total,
    limit,
    offset,
    missedCalls: missed,
  };
}

const calls = (choices: Choices): JsonObject => ({
  resultCode: choices.percent(90) ? '0100000' : choices.text(),
  resultDesc: {
    data: Array.from({ length: choices.below(5) }, (_, n) => ({
      callId: `16690${choices.below(99_999)}-${n}`,
      callerNo: `4420794601${10 + choices.below(20)}`,
      calleeNo: choices.text(),
      waitBegin: OPENING + choices.below(3_600_000),
      ackBegin: OPENING + choices.below(3_600_000),
      callEnd: choices.percent(80) ? String(OPENING + choices.below(7_200_000)) : choices.text(),
    })),
  },
});

const wallTime = (choices: Choices): string =>
  choices.percent(85)
    ? new Date(OPENING - choices.below(9 * 3_600_000)).toISOString().slice(0, 19).replace('T', ' ')
    : choices.oneOf(['2022-11-21 25:00:00', '0000-00-00 00:00:00', '9999-12-31 23:59:59', '2022-11-21', '']);
