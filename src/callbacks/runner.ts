import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../outbox/delivery.ts';
import type { Leases } from '../work/leases.ts';
import { createPoll } from '../work/poll.ts';
import { askedFor, type Place } from './asked-for.ts';
import type { NoticeStore } from './notice-store.ts';
import { noticeMessage, noticesOf } from './notices.ts';
import { lookAt } from './own-changes.ts';
import { isNews, messagesBy, type WaitingMessage } from './quiet.ts';
import type { CallbackStore, DuePlace } from './store.ts';
import type { RulesOf } from './vdn-rules.ts';

const POLL_MS = 1000;
/** So many are looked at in one transaction. */
const AT_ONCE = 500;

export interface CallbackRunnerOptions {
  store: Pick<CallbackStore, 'toWake' | 'wake'>;
  notices: NoticeStore;
  rulesOf: RulesOf;
  /** Where the VDN's digests go. */
  channelsOf(teamId: string, vdn: number): Promise<string[]>;
  outbox: Pick<Outbox, 'wake'>;
  leases: Leases;
  clock: Clock;
  log: Log;
  newId(): string;
  /** How long after its latest call a callback that nobody has is given up. */
  horizonMs: number;
}

export interface CallbackRunner {
  /** Does what is due, and waits for that. */
  runDue(): Promise<void>;
  /** Something has changed: looks at once. */
  wake(): void;
  start(): void;
  /** Begins nothing more; resolves when what is in hand has ended. */
  stop(): Promise<void>;
}

/** What the desk does with callbacks by itself, when its time has come, and who is told of callbacks; one desk at a time. */
export function createCallbackRunner(options: CallbackRunnerOptions): CallbackRunner {
  const { store, notices, rulesOf, channelsOf, outbox, leases, clock, log, newId, horizonMs } = options;

  async function placesOf(due: readonly DuePlace[]): Promise<(about: DuePlace) => Place> {
    const places = new Map<string, Place>();
    for (const place of due) {
      const key = keyOf(place);
      if (places.has(key)) continue;
      const { teamId, vdn } = place;
      const rules = await rulesOf(teamId, vdn);
      places.set(key, { rules, channels: await channelsOf(teamId, vdn) });
    }
    return (about) => {
      const place = places.get(keyOf(about));
      if (!place) throw new Error(`Nothing is known of VDN ${about.vdn}`);
      return place;
    };
  }

  /** Looks at the longest due. Whether there may be more. */
  async function runBatch(): Promise<boolean> {
    const now = clock.now();
    const due = await store.toWake(now, AT_ONCE);
    if (due.length === 0) return false;
    const placeOf = await placesOf(due);
    const made = await store.wake(due, now, {
      look(callback, latestCallAt) {
        const { rules, channels } = placeOf(callback);
        return lookAt(callback, { rules, hasChannels: channels.length > 0, now, horizonMs, latestCallAt });
      },
      tell: (changes) => [...noticesOf(changes), ...askedFor(changes, placeOf)],
    });
    // Messages that show them are to be edited.
    if (made.length > 0) outbox.wake();
    return due.length === AT_ONCE;
  }

  /** Tells what has waited long enough for more to join it. */
  async function tellWaiting(): Promise<void> {
    const now = clock.now();
    let told = false;
    for (const waiting of messagesBy(now, await notices.waiting())) {
      const isTold = notices.tell(waiting, now, (telling, calls) => {
        const entries = telling.entries.filter(isNews(telling.to));
        return entries.length > 0 ? noticeMessage({ ...telling, entries }, calls, { now, newId }) : undefined;
      });
      // What cannot be told is tried again with the next look, and keeps nobody else's waiting.
      told = (await isTold.catch((err: unknown) => notTold(err, waiting))) || told;
    }
    if (told) outbox.wake();
  }

  function notTold(err: unknown, { teamId, notices: [first] }: WaitingMessage): false {
    log.error(
      { err, teamId, notice: first?.notice, callbackId: first?.callbackId },
      'A notice could not be told',
    );
    return false;
  }

  async function runDue(): Promise<void> {
    await leases.tryHold('callbacks', async ({ sign }) => {
      while (await runBatch()) sign();
      await tellWaiting();
    });
  }

  const poll = createPoll({
    name: 'callbacks',
    everyMs: POLL_MS,
    log,
    async look() {
      await runDue();
      return undefined;
    },
  });

  return { runDue, wake: () => poll.wake(), start: () => poll.start(), stop: () => poll.stop() };
}

const keyOf = ({ teamId, vdn }: DuePlace) => `${teamId} ${vdn}`;
