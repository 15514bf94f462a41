import { isObject, objectsOf } from '../json.ts';
import type { Message } from '../messages.ts';
import type { PersonSeed } from '../seed.ts';
import type { View } from '../views.ts';
import { SLACKBOT, type Workspace } from '../workspace.ts';
import { blockLines } from './blocks.ts';
import { shownText } from './elements.ts';
import { type Reader, readable } from './mrkdwn.ts';

/** Reads as this person does. `now` is epoch milliseconds. */
export function readerOf(workspace: Workspace, person: PersonSeed, now: number): Reader {
  const { app, people, channels, groups } = workspace;
  const userName = (id: string) => {
    if (id === app.botUserId) return app.name;
    return id === SLACKBOT ? 'Slackbot' : (people.get(id)?.name ?? '');
  };
  return {
    locale: person.locale,
    tz: person.tz,
    now,
    userName,
    channelName: (id) => channels.get(id)?.name ?? '',
    groupName: (id) => groups.find((group) => group.id === id)?.handle ?? '',
  };
}

/** What a message says, as lines for a terminal: its blocks, or its text where it has none. */
function renderBody(message: Pick<Message, 'text' | 'blocks' | 'attachments'>, reader: Reader): string {
  const attached = message.attachments.flatMap((one) =>
    objectsOf(one.blocks).flatMap((block) => blockLines(block, reader)),
  );
  const own =
    message.blocks.length > 0
      ? message.blocks.flatMap((block) => blockLines(block, reader))
      : readable(message.text, reader).split('\n');
  return [...own, ...attached].join('\n');
}

/** A message as this reader sees it: who, when and to whom in the first line, then what it says. */
export function renderText(message: Message, reader: Reader): string {
  const { locale, tz } = reader;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: tz });
  const head = [
    reader.userName(message.user) || message.user,
    time.format(Number(message.ts) * 1000),
    ...(message.ephemeralTo ? ['only visible to you'] : []),
    ...(message.editedTs ? ['edited'] : []),
  ];
  return `${head.join(' · ')}\n${renderBody(message, reader)}`;
}

/** A modal or Home tab as this reader sees it. */
export function renderView(view: View, reader: Reader): string {
  const title = shownText(view.definition.title, reader);
  const buttons = [view.definition.close, view.definition.submit]
    .filter(isObject)
    .map((text) => `[${shownText(text, reader)}]`);
  const lines = view.blocks.flatMap((block) => blockLines(block, reader));
  return [
    ...(title ? [`┌ ${title}`] : []),
    ...lines,
    ...(buttons.length > 0 ? [buttons.join(' ')] : []),
  ].join('\n');
}
