import type { Log } from '../../log.ts';
import { createMovingClock } from '../moving-clock.ts';
import { startOffice } from '../office.ts';
import { openChanges } from '../slack/changes.ts';
import { claimRace, done, undo } from './callbacks.ts';
import { digest, repeatCaller, silence } from './digests.ts';
import { Unexpected } from './expect.ts';
import { createNarrator, type Teller } from './narrator.ts';
import {
  type Chapter,
  contactCentreDown,
  documentedSample,
  inPrivate,
  question,
  wrongVdn,
} from './questions.ts';
import { openScene } from './scene.ts';

export const story: readonly Chapter[] = [
  question,
  documentedSample,
  claimRace,
  done,
  undo,
  digest,
  silence,
  wrongVdn,
  inPrivate,
  contactCentreDown,
  repeatCaller,
];

/** A Monday, four days after the documented calls: young enough to be called back. */
const DAY_AT = Date.UTC(2022, 10, 21);
const OPENS_AT = DAY_AT + (9 * 60 + 15) * 60_000;
/** London's clock is UTC's in November, so that the documented day holds both of its calls. */
const LONDON = { timeZone: 'Europe/London', country: 'GB' };
const VDNS = [
  { number: 159, name: 'Support', ...LONDON },
  { number: 161, name: 'Sales', ...LONDON },
];

export interface PlayOptions {
  teller: Teller;
  chapters?: readonly Chapter[];
  /** How long something that should happen is waited for, real time; default 15 s. */
  patienceMs?: number;
  /** The desk's. */
  log: Log;
}

/** Plays the story with the real desk and the stand-ins. Whether everything came out as it is told. */
export async function playStory(options: PlayOptions): Promise<boolean> {
  const { teller, chapters = story, patienceMs = 15_000, log } = options;
  const narrator = createNarrator(teller);
  const requests = openChanges();
  const office = await startOffice({
    clock: createMovingClock(OPENS_AT),
    config: { vdns: VDNS },
    onRequest: requests.tell,
    log,
  });
  try {
    const scene = openScene(office, narrator, { dayAt: DAY_AT, patienceMs, requests });
    for (const [index, { title, play }] of chapters.entries()) {
      narrator.chapter(index + 1, title);
      await play(scene);
    }
    return true;
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    narrator.fails(`✗ This is not how the story goes. ${error.message}`);
    return false;
  } finally {
    await office.close();
  }
}
