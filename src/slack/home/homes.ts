import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../calls/wall-time.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Lane } from '../../outbox/lanes.ts';
import type { Leases } from '../../work/leases.ts';
import { createPoll } from '../../work/poll.ts';
import { createQueues } from '../../work/queues.ts';
import type { ContextFor } from '../masking.ts';
import { slackErrorName, slackFailure } from '../slack-error.ts';
import { homeView } from '../views/home.ts';
import type { HomeStore, OpenHome } from './home-store.ts';
import type { ReadHome } from './read-home.ts';

const POLL_MS = 1000;
/** Who has not opened their Home for so long is not looking at it; Slack tells when they open it again. */
const OPEN_MS = 12 * HOUR_MS;
/** What changes in a burst is shown together. */
const BETWEEN_MS = 2000;
/** What changes by time alone, or beside the callbacks (digests, VDNs, rights), is seen after this. */
const LOOK_AGAIN_MS = MINUTE_MS;
const TRY_AGAIN_MS = 15_000;
const AT_LEAST_LATER_MS = 1000;
const AT_ONCE = 20;

/** views.publish takes 100 a minute; with the burst at most 50 are used here, the others are for clicks. */
const homesLane = (teamId: string): Lane => ({ teamId, name: '(homes)', everyMs: 1500, burst: 10 });

/** What Homes of one workspace are made with. */
export interface HomeMaking {
  client: WebClient;
  read: ReadHome;
  contextFor: ContextFor;
}

export interface HomesParts {
  store: HomeStore;
  /** undefined: the workspace is not served now. */
  makingOf(teamId: string): HomeMaking | undefined;
  leases: Leases;
  clock: Clock;
  log: Log;
}

type Whose = Pick<OpenHome, 'teamId' | 'userId'>;

/** The App Homes that people have open. */
export interface Homes {
  /** Somebody opens theirs: it is shown at once. */
  opened(whose: Whose): Promise<void>;
  /** Somebody clicked in theirs: it is shown as things stand now, with what came of the click; mrkdwn. */
  show(whose: Whose, change?: { page?: number; notice?: string }): Promise<void>;
  /** Something that Homes show may have changed. */
  wake(): void;
  start(): void;
  /** Begins nothing more; resolves when what is in hand has ended. */
  stop(): Promise<void>;
}

/**
 * Publishes Homes, and publishes them again when what they show has changed. Which are open is in the database, and one desk
 * at a time looks after them; whoever clicks is served by the desk that heard the click. Slack's own hash of a view keeps what
 * was read earlier from covering what was read later.
 */
export function createHomes(parts: HomesParts): Homes {
  const { store, makingOf, leases, clock, log } = parts;
  const inTurn = createQueues();
  const openedFromAt = () => clock.now() - OPEN_MS;
  let tidiedAt = 0;

  /** `awaited`: somebody waits for it, and it takes no turn. */
  async function publish(
    whose: Whose,
    { awaited, notice }: { awaited: boolean; notice?: string },
  ): Promise<void> {
    const making = makingOf(whose.teamId);
    if (!making) return store.delay(whose, clock.now() + TRY_AGAIN_MS);
    const { client, read, contextFor } = making;
    for (const guarded of [true, false]) {
      const home = await store.find(whose, openedFromAt());
      if (!home) return;
      const mark = await store.mark();
      const lookedAt = clock.now();
      const data = await read(home);
      const context = await contextFor({ ...whose, channelId: null }, [...data.vdns.keys()]);
      const look = { mark, lookedAt, nextLookAt: lookedAt + BETWEEN_MS };
      const content = hashOf(homeView(data, null, context));
      if (content === home.shown && !awaited) return store.looked(whose, look);
      if (!awaited && !(await store.takeTurn(homesLane(home.teamId), lookedAt)))
        return store.delay(whose, lookedAt + AT_LEAST_LATER_MS);
      try {
        const { view } = await client.views.publish({
          user_id: home.userId,
          view: homeView(data, notice ?? null, context),
          ...(guarded && home.viewHash !== null && { hash: home.viewHash }),
        });
        return await store.looked(whose, {
          ...look,
          shown: { shown: content, viewHash: view?.hash ?? null },
        });
      } catch (error) {
        // Somebody was faster, or Slack has another one than the desk knows of: read again, and then it is shown in any case.
        if (guarded && slackErrorName(error) === 'hash_conflict') continue;
        return failed(home, error);
      }
    }
  }

  async function failed(home: OpenHome, err: unknown): Promise<void> {
    const failure = slackFailure(err);
    const now = clock.now();
    log.warn({ err, userId: home.userId }, 'Slack did not take an App Home');
    if (failure.kind !== 'later') return store.delay(home, now + TRY_AGAIN_MS);
    const until = now + Math.max(failure.afterMs, AT_LEAST_LATER_MS);
    await store.hold(homesLane(home.teamId), until);
    await store.delay(home, until);
  }

  /** One at a time for each person. */
  const published = (whose: Whose, how: { awaited: boolean; notice?: string }) =>
    inTurn(`${whose.teamId} ${whose.userId}`, () => publish(whose, how));

  async function tidy(now: number): Promise<void> {
    if (now - tidiedAt < DAY_MS / 2) return;
    tidiedAt = now;
    await store.forget(now - OPEN_MS);
  }

  const poll = createPoll({
    name: 'homes',
    everyMs: POLL_MS,
    log,
    async look() {
      await leases.tryHold('homes', async ({ sign }) => {
        const now = clock.now();
        await tidy(now);
        const than = { lookedBeforeAt: now - LOOK_AGAIN_MS, openedFromAt: openedFromAt() };
        const due = await store.due(now, { ...than, mark: await store.mark() }, AT_ONCE);
        for (const home of due) {
          await published(home, { awaited: false }).catch(async (err: unknown) => {
            log.error({ err, userId: home.userId }, 'An App Home could not be shown, trying again');
            await store.delay(home, clock.now() + TRY_AGAIN_MS);
          });
          sign();
        }
      });
      return undefined;
    },
  });

  return {
    async opened(whose) {
      await store.open(whose, clock.now());
      await published(whose, { awaited: true });
    },
    async show(whose, { page, notice } = {}) {
      // A click proves that it is open.
      if (!(await store.find(whose, openedFromAt()))) await store.open(whose, clock.now());
      if (page !== undefined) await store.turn(whose, page);
      await published(whose, { awaited: true, ...(notice !== undefined && { notice }) });
    },
    wake: () => poll.wake(),
    start: () => poll.start(),
    stop: () => poll.stop(),
  };
}

const hashOf = (view: unknown) => createHash('sha256').update(JSON.stringify(view)).digest('base64url');
