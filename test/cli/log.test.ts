import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/cli/log.ts';
import { createPoll } from '../../src/work/poll.ts';
import { inRequest } from '../../src/work/request.ts';

function openLog(secrets: readonly string[] = []) {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) }, secrets);
  return { log, lines, last: (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') };
}

const NUMBERS = [
  '442079460101',
  '+442079460101',
  '+44 20 7946 0101',
  '020 7946 0101',
  '(020) 7946-0101',
  '020.7946.0101',
  '+44 (20) 7946/0101',
  '7946010',
  '008613800138000',
  '+44\u00a020\u00a07946\u00a00101',
];

const SECRETS: [what: string, said: string, secret?: string][] = [
  ['a bot token', 'xoxb-1234-5678-abcDEF'],
  ['a rotated token', 'xoxe.xoxb-1-Mi0yLTEyMzQ'],
  ['an app token', 'xapp-1-A0-1234-abcdef'],
  ['a signature of the contact centre', 'auth-v2/ak/2026-11-24T09:00:00Z/host/0a1b2c3d4e'],
  ['whoever lets himself in', 'Bearer abc.DEF-123_456~7=='],
  ['an address with a password', 'postgres://desk:s3cret@db.example.com/desk', 's3cret'],
  ['a response_url', 'https://hooks.slack.com/commands/T0/1/abcdef'],
  ['a token in an address', 'https://example.com/?state=1&access_token=abcdef12', 'abcdef12'],
];

describe('a log line holds no caller’s number', () => {
  it.each(NUMBERS)('%s, wherever it is', (number) => {
    const { log, lines } = openLog();
    const error = new Error(`no row for ${number}`, { cause: new Error(`"${number}"`) });
    log.warn({ err: error, said: `of ${number}.`, deep: { list: [{ there: number }] } }, `Who is ${number}?`);
    log.debug({ error, by: { cause: error } }, 'as an error of another name');
    for (const line of lines) expect(line).not.toContain(number.slice(-4));
    expect(lines).toHaveLength(2);
  });

  it.each(['caller', 'callerNo', 'calleeNo', 'callerKey', 'text', 'blocks', 'calls', 'phone'])(
    'nor what is called %s, at any depth',
    (name) => {
      const { log, lines } = openLog();
      log.info({ [name]: 'tel:12', a: { b: { c: [{ [name]: ['tel:12'] }] } } }, 'x');
      expect(lines.join()).not.toContain('tel:12');
    },
  );
});

describe('a log line holds no secret', () => {
  it.each(SECRETS)('%s', (_, said, secret = said) => {
    const { log, lines } = openLog();
    log.error({ err: new Error(`it said ${said}`), url: said, list: [said] }, `It said ${said} today`);
    expect(lines.join()).not.toContain(secret);
    expect(lines.join()).toContain('today');
  });

  it('none of the settings’, however it got there', () => {
    const { log, lines } = openLog(['swordfish-of-the-desk', 'short']);
    log.info({ headers: { 'x-key': 'swordfish-of-the-desk' } }, 'got "swordfish-of-the-desk"');
    expect(lines.join()).not.toContain('swordfish');
  });

  it.each(['token', 'botToken', 'appToken', 'signingSecret', 'secretKey', 'Authorization', 'password'])(
    'nothing that is called %s',
    (name) => {
      const { log, lines } = openLog();
      log.info({ headers: { [name]: 'open sesame' } }, 'x');
      expect(lines.join()).not.toContain('sesame');
    },
  );

  it('no field of an error that may carry what was sent', () => {
    const { log, last } = openLog();
    const err = Object.assign(new Error('refused'), {
      code: 'EX',
      data: { user: 'Mr Green' },
      detail: 'Green',
    });
    log.error({ err }, 'x');
    expect(JSON.stringify(last())).not.toContain('Green');
    expect(last().err).toMatchObject({ name: 'Error', message: 'refused', code: 'EX' });
    log.error({ err: { user: 'Mr Green' } }, 'what was thrown is no error');
    expect(last().err).toEqual({ name: 'object', message: 'not an Error' });
  });
});

describe('a log line keeps what helps', () => {
  it.each([
    ['Slack’s ts', '1669021800.000100'],
    ['a channel', 'C0123456789'],
    ['a UUID', '12345678-1234-4123-8123-123456789012'],
    ['an address', '192.168.100.200'],
    ['a day', '2026-11-24'],
    ['a moment', '2026-11-24T09:00:00.000Z'],
    ['a place in the code', 'file:///app/src/desk.ts:123:45'],
    ['a version', '24.21.0'],
  ])('%s', (_, fact) => {
    const { log, last } = openLog();
    log.info({ fact }, `about ${fact}, too`);
    expect(last()).toMatchObject({ fact, msg: `about ${fact}, too` });
  });

  it('numbers that are counts and times', () => {
    const { log, last } = openLog();
    const facts = { endAt: 1_790_000_000_000, rows: 1_234_567, ok: true, none: null };
    log.info(facts, 'x');
    expect(last()).toMatchObject(facts);
  });
});

describe('the request that a line comes of', () => {
  it('is in it, also after waiting', async () => {
    const { log, lines } = openLog();
    const work = async (words: string) => {
      log.info({}, words);
      await new Promise(setImmediate);
      log.info({}, words);
    };
    await Promise.all([inRequest('one', () => work('first')), inRequest('two', () => work('second'))]);
    log.info({}, 'nobody’s');
    const requests = lines.map((line) => JSON.parse(line)).map(({ msg, request }) => `${msg} ${request}`);
    expect(requests.toSorted()).toEqual([
      'first one',
      'first one',
      'nobody’s undefined',
      'second two',
      'second two',
    ]);
  });

  it('is not in what the desk does by itself, whoever has woken it', async () => {
    const { log, lines } = openLog();
    let looks = 0;
    const poll = createPoll({
      name: 'work',
      everyMs: 1,
      log,
      async look() {
        log.info({}, 'a look');
        looks += 1;
        return undefined;
      },
    });
    inRequest('one', () => {
      poll.start();
      poll.wake();
    });
    await expect.poll(() => looks, { interval: 1 }).toBeGreaterThan(2);
    await poll.stop();
    expect(lines.join('')).not.toContain('request');
  });
});
