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
  /** What others see of them; null when Slack does not say. */
  name: string | null;
  /** An admin or owner of the desk's own workspace; null when Slack does not say. */
  isAdmin: boolean | null;
}

export interface People {
  /** Never fails: somebody whom Slack does not describe is answered as it did before, or in English. */
  find(userId: string): Promise<Person>;
  /** As Slack said a few minutes ago at most; while it does not answer, half an hour. undefined: it has not said that lately. */
  isAdmin(userId: string): Promise<boolean | undefined>;
}

const KEEP_MS = 60 * 60 * 1000;
/** Somebody whom Slack does not describe is asked about again after this. */
const KEEP_UNKNOWN_MS = 60_000;
/** Rights that are taken away in Slack count for so long at most. */
const ADMIN_FRESH_MS = 3 * 60_000;
const ADMIN_STALE_MS = 30 * 60_000;
/** People wait for their answer: their language is worth no more than this. */
const PATIENCE_MS = 1500;
const KEEP_AT_MOST = 5000;
/** Slack's own app, which it does not call one. */
const SLACKBOT = 'USLACKBOT';

interface Kept {
  /** Not asked about again before. */
  until: number;
  /** When Slack was asked last. */
  triedAt: number;
  /** When Slack said this; 0: never. */
  saidAt: number;
  person: Promise<Person>;
}

export interface PeopleParts {
  client: WebClient;
  /** The desk's workspace: admins of others have no say here. */
  teamId: string;
  clock: Clock;
  log: Log;
}

/** Locale and time zone of people, kept for an hour (users.info allows 100 calls a minute). */
export function createPeople({ client, teamId, clock, log }: PeopleParts): People {
  const all = new Map<string, Kept>();

  async function ask(userId: string): Promise<Person> {
    const { user } = await client.users.info({ user: userId, include_locale: true });
    const isPerson = user?.is_bot !== true && user?.deleted !== true && userId !== SLACKBOT;
    const isOfTeam = user?.team_id === teamId && user.deleted !== true;
    const names = [user?.profile?.display_name, user?.real_name, user?.profile?.real_name, user?.name];
    return {
      id: userId,
      locale: user?.locale ?? 'en-US',
      timeZone: user?.tz ?? null,
      isPerson,
      name: names.find((name) => name) ?? null,
      isAdmin: isOfTeam && (user.is_admin === true || user.is_owner === true),
    };
  }

  function refresh(userId: string): Kept {
    const known = all.get(userId);
    if (all.size >= KEEP_AT_MOST) all.clear();
    const now = clock.now();
    const kept: Kept = {
      until: now + KEEP_MS,
      triedAt: now,
      saidAt: now,
      person: within(PATIENCE_MS, ask(userId)).catch((err: unknown) => {
        log.warn(
          { err, userId },
          'Slack did not describe a person in time: answering as before, or in English',
        );
        kept.until = clock.now() + KEEP_UNKNOWN_MS;
        kept.saidAt = known?.saidAt ?? 0;
        return known?.person ?? unknownPerson(userId);
      }),
    };
    all.set(userId, kept);
    return kept;
  }

  return {
    async find(userId) {
      const known = all.get(userId);
      return (known && known.until > clock.now() ? known : refresh(userId)).person;
    },

    async isAdmin(userId) {
      const known = all.get(userId);
      const now = clock.now();
      const isRecent =
        known && (known.saidAt > now - ADMIN_FRESH_MS || known.triedAt > now - KEEP_UNKNOWN_MS);
      const kept = isRecent ? known : refresh(userId);
      const { isAdmin } = await kept.person;
      return isAdmin !== null && kept.saidAt > clock.now() - ADMIN_STALE_MS ? isAdmin : undefined;
    },
  };
}

const unknownPerson = (id: string): Person => ({
  id,
  locale: 'en-US',
  timeZone: null,
  isPerson: true,
  name: null,
  isAdmin: null,
});

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
