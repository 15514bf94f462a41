import type { RequestOnRecord } from '../cms/requests-on-record.ts';
import type { Office } from '../office.ts';
import type { Changes } from '../slack/changes.ts';
import type { Ack } from '../slack/delivery/delivery.ts';
import { isObject } from '../slack/json.ts';
import type { Message } from '../slack/messages.ts';
import { type Expectation, expectThat, inWords, isAsExpected, Unexpected } from './expect.ts';
import type { Narrator } from './narrator.ts';

/** A message that somebody should come to see. */
export interface Sight extends Expectation {
  /** Handle of whose eyes it is seen with. */
  as: string;
  /** `#support`, or `@app` for the desk's direct message. */
  in: string;
  /** This message, as it is after an edit; otherwise one that came since somebody last did something. */
  again?: Message;
  /** The part that is told; by default all of it. */
  excerpt?: RegExp;
}

/** The office as the story plays in it: whatever is done or seen is told, and what is not as expected throws Unexpected. */
export interface Scene {
  office: Office;
  narrator: Narrator;
  /** Moves the clock to `HH:mm` of the story's day, if it is earlier. */
  clockTo(time: string): void;
  /** Waits until the contact centre was asked for a VDN, at that time or later. */
  asked(vdn: number, time: string): Promise<void>;
  /** Somebody types a command. */
  types(as: string, where: string, text: string): Promise<void>;
  /** Somebody clicks a button of a message. */
  clicks(as: string, message: Message, button: string, index?: number): Promise<void>;
  /** Somebody clicks a button that opens a form, and sees this in it. */
  opensForm(as: string, message: Message, button: string, shows: readonly string[]): Promise<void>;
  /** Somebody fills in the form and submits it. */
  submits(as: string, entries: Record<string, string>): Promise<void>;
  /** All of them click it at once. */
  clickTogether(handles: readonly string[], message: Message, button: string): Promise<void>;
  /** Waits for a message, tells it, and gives it. */
  sees(sight: Sight): Promise<Message>;
  /** The latest message there that shows this text. */
  latest(as: string, where: string, text: string): Message;
  /** All messages there, as this person reads them. */
  texts(as: string, where: string): string[];
  nameOf(handle: string): string;
}

export interface SceneOptions {
  /** Midnight of the story's day, UTC, epoch ms. */
  dayAt: number;
  /** How long something that should happen is waited for, real time. */
  patienceMs: number;
  /** Tells of each request to the contact centre. */
  requests: Pick<Changes, 'settled'>;
}

export function openScene(office: Office, narrator: Narrator, options: SceneOptions): Scene {
  const { dayAt, patienceMs, requests } = options;
  const { slack, cms, clock } = office;
  const nameOf = (handle: string) => slack.as(handle).name;
  /** Messages with a later ts came after what somebody last did. */
  let mark = '';
  const rendered = (message: Message, as: string) => slack.render(message, as);
  const since = (as: string, where: string) =>
    slack
      .as(as)
      .messages(where)
      .filter(({ ts, byApp }) => byApp && ts > mark);

  const momentOf = (time: string) => dayAt + Date.parse(`1970-01-01T${time}:00Z`);

  function isAcked(ack: Ack) {
    expectThat(ack.status === 'acked', 'the desk takes it within 3 seconds');
  }

  function captionOf({ as, in: where, again }: Sight, message: Message): string {
    const place = where === '@app' ? `a direct message to ${nameOf(as)}` : where;
    if (message.ephemeralTo !== undefined) return `Only ${nameOf(as)} sees, in ${place}`;
    if (where === '@app') return `In ${place}`;
    return again ? `Now the same message in ${place} says` : `Everybody in ${place} sees`;
  }

  async function sees(sight: Sight): Promise<Message> {
    const { as, in: where, again } = sight;
    const candidates = () =>
      again
        ? slack
            .as(as)
            .messages(where)
            .filter(({ ts }) => ts === again.ts)
        : since(as, where);
    const found = () => candidates().find((message) => isAsExpected(rendered(message, as), sight));
    const message = await slack.settled(found, patienceMs).catch(() => {
      const instead = candidates().map((one) => rendered(one, as));
      throw new Unexpected(
        `Expected a message that ${nameOf(as)} sees in ${where} and that\n${inWords(sight)}\nInstead there was ${
          instead.length === 0 ? 'nothing.' : `this:\n${instead.join('\n\n')}`
        }`,
      );
    });
    narrator.shows(captionOf(sight, message), excerptOf(rendered(message, as), sight.excerpt));
    return message;
  }

  return {
    office,
    narrator,
    nameOf,
    sees,
    clockTo(time) {
      mark = slack.workspace.messages.nextTs();
      clock.advanceTo(momentOf(time));
    },
    async asked(vdn, time) {
      const isIt = ({ at, body }: RequestOnRecord) =>
        at >= momentOf(time) && isObject(body) && body.vdn === vdn;
      await requests
        .settled(() => cms.requests.some(isIt), patienceMs)
        .catch(() => {
          throw new Unexpected(`Expected the desk to ask for VDN ${vdn} at ${time}. It did not.`);
        });
    },
    async types(as, where, text) {
      narrator.does(`${nameOf(as)}, in ${where}`, text);
      mark = slack.workspace.messages.nextTs();
      const [command = '', ...words] = text.split(' ');
      const { ack } = await slack.as(as).command(where, command, words.join(' '));
      isAcked(ack);
    },
    async clicks(as, message, button, index = 0) {
      narrator.does(nameOf(as), `clicks [${button}]`);
      mark = slack.workspace.messages.nextTs();
      isAcked(await slack.as(as).click(message, button, index));
    },
    async opensForm(as, message, button, shows) {
      const person = slack.as(as);
      narrator.does(nameOf(as), `clicks [${button}]`);
      mark = slack.workspace.messages.nextTs();
      isAcked(await person.click(message, button));
      const view = await slack
        .settled(() => person.views.at(-1), patienceMs)
        .catch(() => {
          throw new Unexpected(`Expected a form to open for ${nameOf(as)}. None did.`);
        });
      const form = slack.render(view, as);
      for (const words of shows)
        if (!form.includes(words)) throw new Unexpected(`Expected the form to show ${words}:\n${form}`);
      narrator.shows(`A form opens for ${nameOf(as)}`, form);
    },
    async submits(as, entries) {
      const filled = Object.entries(entries).map(([name, entry]) => `${name}: ${entry}`);
      narrator.does(nameOf(as), `fills in ${filled.join(', ')}, and submits`);
      const { ack, trouble } = await slack.as(as).submitView(entries);
      isAcked(ack);
      expectThat(trouble === undefined, 'Slack takes what the desk answers');
    },
    async clickTogether(handles, message, button) {
      narrator.does(handles.map(nameOf).join(' and '), `click [${button}] on the same caller, at once`);
      mark = slack.workspace.messages.nextTs();
      const acks = await Promise.all(handles.map((as) => slack.as(as).click(message, button)));
      acks.forEach(isAcked);
    },
    latest(as, where, text) {
      const found = slack
        .as(as)
        .messages(where)
        .findLast((message) => rendered(message, as).includes(text));
      if (!found) throw new Unexpected(`Expected a message in ${where} that shows ${JSON.stringify(text)}.`);
      return found;
    },
    texts: (as, where) =>
      slack
        .as(as)
        .messages(where)
        .map((message) => rendered(message, as)),
  };
}

/** Who wrote it and when, and the part that matters. */
function excerptOf(text: string, part: RegExp | undefined): string {
  const found = part?.exec(text)?.[0];
  return found === undefined ? text : [text.split('\n', 1)[0], '⋮', found, '⋮'].join('\n');
}
