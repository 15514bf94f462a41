import type { Logger } from '@slack/bolt';
import type { Log } from '../log.ts';

/** Runs of digits as long as a number that one could call, and Slack's tokens. */
const privateText = /\+?\d[\d\s().-]{5,}\d|xox[a-z]-[\w-]+|xapp-[\w-]+/g;

/**
 * Bolt's, the Web API's and the socket's own log lines, as the desk logs. Their debug and info lines are dropped, because
 * they print payloads, and payloads hold callers' numbers; of warnings and errors only the first words are kept.
 */
export function boltLog(log: Log): Logger {
  const say = (level: 'warn' | 'error') => (first: unknown) => {
    const text = first instanceof Error ? first.message : String(first);
    log[level]({ from: 'slack-sdk' }, text.split('\n', 1)[0]?.slice(0, 300).replace(privateText, '…') ?? '');
  };
  const drop = () => {};
  return {
    debug: drop,
    info: drop,
    warn: say('warn'),
    error: say('error'),
    setLevel: drop,
    getLevel: () => 'warn' as ReturnType<Logger['getLevel']>,
    setName: drop,
  };
}
