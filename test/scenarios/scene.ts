import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Vdn } from '../../src/calls/vdn.ts';
import { systemClock } from '../../src/clock.ts';
import { createMovingClock } from '../../src/sandbox/moving-clock.ts';
import { type Office, type OfficeOptions, startOffice } from '../../src/sandbox/office.ts';
import type { Ack } from '../../src/sandbox/slack/delivery/delivery.ts';
import { signatureOf } from '../../src/sandbox/slack/delivery/signature.ts';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import type { Entries } from '../../src/sandbox/slack/person/form.ts';
import type { Team } from '../../src/sandbox/slack/team.ts';

/** Both ways in which Slack reaches the desk. */
export const modes = ['socket', 'http'] as const;
export type Mode = (typeof modes)[number];

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** A Monday, four days after the documented calls. */
export const MONDAY = Date.UTC(2022, 10, 21);
/** When scenes begin, unless they say otherwise. */
export const OPENING = MONDAY + 9 * HOUR + 10 * MINUTE;

export const SUPPORT: Vdn = { number: 7, name: 'Support', timeZone: 'UTC', country: 'GB' };
export const SALES: Vdn = { number: 8, name: 'Sales', timeZone: 'UTC', country: 'GB' };
/** Made-up callers, of the numbers that Ofcom keeps for drama. */
export const MR_GREEN = '442079460101';
export const MS_BLACK = '442079460102';
export const MRS_WHITE = '442079460103';

/** What Slack allows is 3,000; the desk owes its ack to nobody's answer. Real time, on a busy machine. */
const ACK_MS = 2_000;

/** The notice of a question that takes longer, in both languages. */
const ASKING = /Asking the contact centre…|正在查询呼叫中心……/;

export interface Scene extends Office {
  /** The same scene as it is in another workspace. */
  in(teamId: string): Scene;
  /** Types `/missed TEXT`, sees that it is acked in time, and goes on without an answer. */
  types(who: string, channel: string, text: string): Promise<Ack>;
  /** The same, and waits for the answer: the next message there that says more than that the desk is asking. */
  asks(who: string, channel: string, text: string): Promise<Message>;
  /** The same where the contact centre is slow: the notice that the desk is asking. */
  asksPatiently(who: string, channel: string, text: string): Promise<Message>;
  /** Presses a button of a message as it was seen, and sees that the click is acked in time. */
  presses(who: string, on: Message, button: string, index?: number): Promise<void>;
  /** Presses a button of the open form. */
  pressesInForm(who: string, button: string): Promise<void>;
  /** Waits until somebody has a form open that says these words: as they read it. */
  hasForm(who: string, words: string | RegExp): Promise<string>;
  /** Opens the desk's Home. */
  opensHome(who: string): Promise<void>;
  /** Waits until somebody's Home says these words: as they read it. */
  hasHome(who: string, words: string | RegExp): Promise<string>;
  /** Presses a button of their Home as it is now. */
  pressesInHome(who: string, button: string, index?: number): Promise<void>;
  /** Fills in the open form and submits it, in time. What Slack shows at its fields. */
  submits(who: string, entries?: Entries): Promise<Record<string, string>>;
  /** Chooses in the open form what acts at once. */
  picks(who: string, actionId: string, entry: string): Promise<void>;
  /** Waits until somebody sees a message with these words, and gives the newest one. */
  sees(who: string, channel: string, words: string | RegExp): Promise<Message>;
  /** Waits until a message that was seen says these words. */
  becomes(who: string, seen: Message, words: string | RegExp): Promise<Message>;
  /**
   * Lets time fly until something has happened. For what the desk does by the clock where nobody can see when exactly it
   * reads it: it may read it at any moment. `stepMs`: what passes between two looks.
   */
  fliesUntil(happened: () => boolean, stepMs?: number): Promise<void>;
  /** A message as somebody reads it. */
  read(message: Message, who?: string): string;
  /** All that somebody reads there of the desk's, oldest first. */
  readAll(who: string, channel: string): string[];
  /** Their calls were missed: they begin to wait half a minute before `at`, or before now. */
  misses(callerNo: string, about?: { vdn?: number; at?: number; appearsAfterMs?: number }): void;
}

// The first office of a process takes its time: nobody's answer is to be measured by that.
beforeAll(async () => {
  const office = await startOffice({ seed: null });
  const tom = office.slack.as('tom');
  await tom.command('#support', '/missed', '7 today');
  await office.slack.settled(() => tom.messages('#support').length > 0, 20_000);
  await office.close();
}, 30_000);

interface Stage {
  /** Opens an office without any calls; it closes when the test ends. */
  openScene(mode: Mode, options?: OfficeOptions): Promise<Scene>;
  /** The address of a database that outlives a desk. */
  databaseUrl: string;
}

/** Tests of scenes wait more than they work, so that several may run at the same time: each has its own office. */
export const it = test.extend<Stage>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that are needed from the pattern.
  openScene: async ({}, use) => {
    const offices: Office[] = [];
    await use(async (mode, options = {}) => {
      const clock = createMovingClock(OPENING);
      const office = await startOffice({ mode, seed: null, clock, ...options });
      offices.push(office);
      return sceneOf(office);
    });
    for (const office of offices) await office.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: see above.
  databaseUrl: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'desk-scene-'));
    await use(`sqlite:${join(folder, 'desk.db')}`);
    await rm(folder, { recursive: true, force: true });
  },
});

function sceneOf(office: Office, team: Team = office.slack): Scene {
  const { slack, cms, clock } = office;
  const byDesk = (who: string, channel: string) =>
    team
      .as(who)
      .messages(channel)
      .filter((message) => message.byApp);
  const read = (message: Message, who = 'tom') => team.render(message, who);
  const says = (message: Message, who: string, words: string | RegExp) =>
    typeof words === 'string' ? read(message, who).includes(words) : words.test(read(message, who));

  /** What was waited for, and what there was instead. */
  const waitFor = (look: () => Message | undefined, words: string | RegExp, seen: () => string[]) =>
    slack.settled(look, 8_000).catch(() => {
      throw new Error(`Nobody read ${words}, but:\n${seen().join('\n----\n')}`);
    });

  async function next(who: string, channel: string, text: string, wanted: (message: Message) => boolean) {
    const before = new Set(byDesk(who, channel).map(({ ts }) => ts));
    await scene.types(who, channel, text);
    const look = () => byDesk(who, channel).find((message) => !before.has(message.ts) && wanted(message));
    return waitFor(look, `an answer to ${text}`, () => scene.readAll(who, channel));
  }

  const scene = {
    in: (teamId: string) => sceneOf(office, slack.team(teamId)),
    async types(who: string, channel: string, text: string) {
      const { ack } = await team.as(who).command(channel, '/missed', text);
      expect(ack.status).toBe('acked');
      expect(ack.withinMs).toBeLessThan(ACK_MS);
      return ack;
    },
    asks: (who: string, channel: string, text: string) =>
      next(who, channel, text, (message) => !says(message, who, ASKING)),
    asksPatiently: (who: string, channel: string, text: string) =>
      next(who, channel, text, (message) => says(message, who, ASKING)),
    async presses(who: string, on: Message, button: string, index = 0) {
      const ack = await team.as(who).click(on, button, index);
      expect(ack.status).toBe('acked');
      expect(ack.withinMs).toBeLessThan(ACK_MS);
    },
    async pressesInForm(who: string, button: string) {
      const person = team.as(who);
      const view = person.views.at(-1);
      if (!view) throw new Error(`${who} has no form open`);
      const ack = await person.click(view, button);
      expect(ack.status).toBe('acked');
      expect(ack.withinMs).toBeLessThan(ACK_MS);
    },
    async hasForm(who: string, words: string | RegExp) {
      const form = () =>
        team
          .as(who)
          .views.map((view) => team.render(view, who))
          .at(-1);
      const isIt = (text: string | undefined) =>
        text !== undefined && (typeof words === 'string' ? text.includes(words) : words.test(text));
      return slack
        .settled(() => [form()].find(isIt), 8_000)
        .catch(() => {
          throw new Error(`Nobody had a form with ${words}, but:\n${form()}`);
        });
    },
    async opensHome(who: string) {
      const ack = await team.as(who).openHome();
      expect(ack?.status).toBe('acked');
    },
    async hasHome(who: string, words: string | RegExp) {
      const shown = () => {
        const { home } = team.as(who);
        return home && team.render(home, who);
      };
      const isIt = (text: string | undefined) =>
        text !== undefined && (typeof words === 'string' ? text.includes(words) : words.test(text));
      return slack
        .settled(() => [shown()].find(isIt), 8_000)
        .catch(() => {
          throw new Error(`${who} had no Home with ${words}, but:\n${shown()}`);
        });
    },
    async pressesInHome(who: string, button: string, index = 0) {
      const person = team.as(who);
      if (!person.home) throw new Error(`${who} has no Home`);
      const ack = await person.click(person.home, button, index);
      expect(ack.status).toBe('acked');
      expect(ack.withinMs).toBeLessThan(ACK_MS);
    },
    async submits(who: string, entries: Entries = {}) {
      const { ack, errors, trouble } = await team.as(who).submitView(entries);
      expect(ack.status).toBe('acked');
      expect(ack.withinMs).toBeLessThan(ACK_MS);
      expect(trouble).toBeUndefined();
      return errors;
    },
    async picks(who: string, actionId: string, entry: string) {
      const person = team.as(who);
      const view = person.views.at(-1);
      if (!view) throw new Error(`${who} has no form open`);
      const { hash } = view;
      expect((await person.choose(view, actionId, entry)).status).toBe('acked');
      await slack.settled(() => view.hash !== hash, 8_000);
    },
    sees: (who: string, channel: string, words: string | RegExp) =>
      waitFor(
        () => byDesk(who, channel).findLast((message) => says(message, who, words)),
        words,
        () => scene.readAll(who, channel),
      ),
    becomes(who: string, seen: Message, words: string | RegExp) {
      const now = () => byDesk(who, seen.channel).find(({ ts }) => ts === seen.ts);
      return waitFor(
        () => [now()].find((message) => message && says(message, who, words)),
        words,
        () => [now()].flatMap((message) => (message ? [read(message, who)] : [])),
      );
    },
    fliesUntil: (happened: () => boolean, stepMs = 5_000) =>
      vi.waitFor(
        () => {
          if (happened()) return;
          clock.advance(stepMs);
          throw new Error(`It did not happen: ${happened}`);
        },
        { interval: 20, timeout: 10_000 },
      ),
    read,
    readAll: (who: string, channel: string) => byDesk(who, channel).map((message) => read(message, who)),
    misses(
      callerNo: string,
      {
        vdn = SUPPORT.number,
        at,
        appearsAfterMs,
      }: { vdn?: number; at?: number; appearsAfterMs?: number } = {},
    ) {
      cms.calls.ring({
        vdn,
        callerNo,
        waitBeginAt: (at ?? clock.now()) - 30_000,
        ...(appearsAfterMs === undefined ? {} : { appearsAfterMs }),
      });
    },
  };
  // The office's desk and requests are getters: they are kept as such.
  return Object.defineProperties(scene, Object.getOwnPropertyDescriptors(office)) as typeof scene & Office;
}

/** Posts to the desk as Slack would: signed, `aheadS` seconds from now, for the first time or as a `retry`. */
export function postSigned(
  { config, desk }: Pick<Office, 'config' | 'desk'>,
  form: URLSearchParams,
  { aheadS = 0, secret, retry }: { aheadS?: number; secret?: string; retry?: number } = {},
): Promise<Response> {
  const { connection } = config.slack;
  if (connection.mode !== 'http') throw new Error('In Socket Mode nobody posts to the desk');
  const timestamp = Math.floor(systemClock.now() / 1000) + aheadS;
  const body = form.toString();
  return fetch(`http://127.0.0.1:${desk.port}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signatureOf(secret ?? connection.signingSecret, timestamp, body),
      ...(retry && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
    },
    body,
  });
}
