import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/cli/log.ts';
import { boltLog } from '../../src/slack/bolt-log.ts';

function open() {
  const lines: string[] = [];
  const log = boltLog(createLog('debug', { write: (line) => void lines.push(line) }));
  return { log, printed: () => lines.join('') };
}

describe('what Slack’s libraries log', () => {
  it('is dropped where it prints payloads', () => {
    const { log, printed } = open();
    log.debug('apiCall', { text: '442079460101' });
    log.info('a payload');
    expect(printed()).toBe('');
  });

  it('is kept of warnings and errors, as the desk logs', () => {
    const { log, printed } = open();
    log.warn('The socket is slow');
    log.error(new Error('A request error occurred: fetch failed'));
    expect(printed()).toMatch(/"level":40.*"from":"slack-sdk".*The socket is slow/);
    expect(printed()).toMatch(/"level":50.*fetch failed/);
    expect(log.getLevel()).toBe('warn');
  });

  it.each([
    ['a number', 'no listener took 442079460101', '442079460101'],
    ['a number as people write it', 'for +44 20 7946 0101 there is none', '7946'],
    ['a bot token', 'bad token xoxb-1-abc-DEF', 'abc-DEF'],
    ['an app token', 'bad token xapp-1-A0-abc', 'A0-abc'],
    ['whatever comes after the first line', 'failed\n{"text":"the message"}', 'the message'],
  ])('never holds %s', (_, text, secret) => {
    const { log, printed } = open();
    log.error(text);
    log.warn(new Error(text));
    expect(printed()).toContain('"from":"slack-sdk"');
    expect(printed()).not.toContain(secret);
  });

  it('never holds the second thing that they say, which is the payload', () => {
    const { log, printed } = open();
    log.warn('Unhandled', { callerNo: '442079460101' });
    expect(printed()).toContain('Unhandled');
    expect(printed()).not.toContain('44207');
  });
});
