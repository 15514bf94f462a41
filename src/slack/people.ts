import type { WebClient } from '@slack/web-api';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

export interface Person {
  id: string;
  /** As Slack says it, such as `zh-CN`. */
  locale: string;
  /** IANA; null when Slack does not say. */
  timeZone: string | null;
  /** No app, and still there, as far as Slack says. */
  isPerson: boolean;
}

export interface People {
  /** Never fails: somebody whom Slack does not describe is answered as it did before, or in English. */
  find(userId: string): Promise<Person>;
}

const KEEP_MS = 60 * 60 * 1000;
/** Somebody whom Slack does not describe is asked about again after this. */
const KEEP_UNKNOWN_MS = 60_000;
/** People wait for their answer: their language is worth no more than this. */
const PATIENCE_MS = 1500;
const KEEP_AT_MOST = 5000;
/** Slack's own app, which it does not call one. */
const SLACKBOT = 'USLACKBOT';

/** Locale and time zone of people, kept for an hour (users.info allows 100 calls a minute). */
export function createPeople(client: WebClient, clock: Clock, log: Log): People {
  const kept = new Map<string, { until: number; person: Promise<Person> }>();

  async function ask(userId: string): Promise<Person> {
    const { user } = await client.users.info({ user: userId, include_locale: true });
    const isPerson = user?.is_bot !== true && user?.deleted !== true && userId !== SLACKBOT;
    return { id: userId, locale: user?.locale ?? 'en-US', timeZone: user?.tz ?? null, isPerson };
  }

  return {
    async find(userId) {
      const known = kept.get(userId);
      if (known && known.until > clock.now()) return known.person;
      if (kept.size >= KEEP_AT_MOST) kept.clear();
      const person = within(PATIENCE_MS, ask(userId)).catch((err: unknown): Person | Promise<Person> => {
        log.warn(
          { err, userId },
          'Slack did not describe a person in time: answering as before, or in English',
        );
        kept.set(userId, { until: clock.now() + KEEP_UNKNOWN_MS, person });
        return known?.person ?? { id: userId, locale: 'en-US', timeZone: null, isPerson: true };
      });
      kept.set(userId, { until: clock.now() + KEEP_MS, person });
      return person;
    },
  };
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
