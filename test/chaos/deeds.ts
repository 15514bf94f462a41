import type { Ack } from '../../src/sandbox/slack/delivery/delivery.ts';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import type { Person } from '../../src/sandbox/slack/person/person.ts';
import type { View } from '../../src/sandbox/slack/views.ts';
import { insist, rowOf } from './people.ts';
import { type RowRead, textOf } from './reading.ts';
import type { World } from './world.ts';

/** What somebody can do with a callback. back: taking their last change back, or else giving the callback back. */
export type Deed =
  | 'claim'
  | 'undo'
  | 'done'
  | 'attempt'
  | 'snooze'
  | 'assign'
  | 'take-over'
  | 'release'
  | 'back';

/** A row that somebody looks at. */
export interface Found {
  message: Message;
  row: RowRead & { callbackId: number };
}

/** What a row as it reads offers to a person. */
export function deedsFor({ state, ownerId }: RowRead, userId: string): readonly Deed[] {
  const isMine = ownerId === userId;
  switch (state) {
    case 'open':
      return ['claim'];
    case 'claimed':
      return isMine
        ? ['done', 'attempt', 'snooze', 'done', 'assign', 'back', 'release']
        : ['take-over', 'assign'];
    case 'done':
      return isMine ? ['undo'] : [];
    default:
      return [];
  }
}

/** Does it, and again until the row reads differently. `times`: how often a button in the message is pressed at once. */
export async function doDeed(
  world: World,
  who: string,
  deed: Deed,
  found: Found,
  { times = 1, toId = '' }: { times?: number; toId?: string } = {},
): Promise<void> {
  const { message, row } = found;
  const { callbackId } = row;
  const person = world.slack.as(who);
  await insist(
    world,
    who,
    `${deed} of callback ${callbackId} in ${message.channel} ${message.ts}`,
    async () => {
      const now = person.messages(message.channel).find(({ ts }) => ts === message.ts);
      const button = deed === 'claim' || deed === 'undo' ? deed : 'log';
      if (!now || !offers(now, `${button}:${callbackId}`)) return undefined;
      if (button === 'log') return inForm(world, person, deed, { message: now, row }, toId);
      const acks = Array.from({ length: times }, () => person.click(now, `${button}:${callbackId}`));
      return (await Promise.all(acks))[0];
    },
    () => rowOf(world, who, message, callbackId)?.standing !== row.standing,
  );
  while (person.views.length > 0) await person.closeView();
}

/** Real milliseconds that somebody waits for a form. */
const PATIENCE_MS = 1_500;

/** What somebody does in the form that "Log result" opens; nothing where none opens, or where it says that things have moved. */
async function inForm(
  { slack }: World,
  person: Person,
  deed: Deed,
  { message, row }: Found,
  toId: string,
): Promise<Ack> {
  const { callbackId, standing } = row;
  /** The visible form, once it has this in it. */
  const form = (actionId: string) =>
    slack
      .settled(() => person.views.filter((view) => offers(view, actionId)).at(-1), PATIENCE_MS)
      .catch(() => undefined);
  while (person.views.length > 0) await person.closeView();
  const ack = await person.click(message, `log:${callbackId}`);
  const view = await form(`assign:${callbackId}`);
  if (!view || !shows(view, standing)) return ack;
  const button = (action: string) => `${action}:${callbackId}`;
  switch (deed) {
    case 'done':
      return offers(view, 'outcome:1') ? submit(person, view, { outcome: 'not-needed' }, ack) : ack;
    case 'attempt':
      if (!offers(view, 'outcome:1')) return ack;
      await person.choose(view, 'outcome:1', 'no-answer');
      // Where the form does not ask when, it is tried again in an hour.
      return submit(person, view, (await form('when:1')) ? { when: '15m' } : {}, ack);
    case 'snooze':
    case 'assign': {
      if (!offers(view, button(deed))) return ack;
      await person.click(view, button(deed));
      const next = await form(deed === 'snooze' ? 'when:1' : 'assignee');
      return next ? submit(person, next, deed === 'snooze' ? { when: '15m' } : { assignee: toId }, ack) : ack;
    }
    case 'back':
      return person.click(view, offers(view, button('undo')) ? button('undo') : button('release'));
    default:
      return offers(view, button(deed)) ? person.click(view, button(deed)) : ack;
  }
}

/** Only what is on top can be submitted. */
async function submit(
  person: Person,
  view: View,
  entries: Record<string, string>,
  otherwise: Ack,
): Promise<Ack> {
  return person.views.at(-1) === view ? (await person.submitView(entries)).ack : otherwise;
}

const offers = ({ blocks }: Pick<Message, 'blocks'>, actionId: string) =>
  JSON.stringify(blocks).includes(`"action_id":"${actionId}"`);

/** The form says the same of the callback as the row did, in the reader's own language and zone. */
const shows = ({ blocks }: Pick<Message, 'blocks'>, standing: string) =>
  blocks.some((block) => moments(textOf(block)) === moments(standing));
const moments = (text: string) => {
  const found = [...text.matchAll(/<!date\^(\d+)/g)].map(([, at]) => at);
  return found.length > 0 ? found.join() : text;
};
