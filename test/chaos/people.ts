import type { Ack } from '../../src/sandbox/slack/delivery/delivery.ts';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import { type DigestRead, type RowRead, readDigest, readRows } from './reading.ts';
import type { World } from './world.ts';

/** Real milliseconds after which somebody who sees nothing happen tries again. */
const PATIENCE_MS = 1_500;
const TRIES = 20;

/** Does it, and again when nothing is seen of it, as people do. Rejects when that does not help. */
export async function insist(
  { slack, happenings }: World,
  who: string,
  what: string,
  act: () => Promise<Ack | undefined>,
  isDone: () => boolean,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (isDone()) return;
    happenings.add(who, tries === 0 ? what : `${what}, once more`);
    const ack = await act();
    happenings.add(who, `${what}: ${ack?.status ?? 'nothing to be acked'}`);
    const seen = await slack.settled(isDone, PATIENCE_MS).catch(() => false);
    if (seen) return happenings.add(who, `${what}: seen`);
  }
  throw new Error(`${who} tried in vain: ${what}`);
}

/** The channel wants the digest, and sees that it will get it. */
export async function subscribe(world: World, who: string, channel: string, text: string): Promise<void> {
  const person = world.slack.as(who);
  const before = person.messages(channel).length;
  await insist(
    world,
    who,
    `/missed ${text} in ${channel}`,
    async () => (await person.command(channel, '/missed', text)).ack,
    () =>
      person
        .messages(channel)
        .slice(before)
        .some((message) => /now gets|already has digest/.test(world.slack.render(message, who))),
  );
}

/** A row of a message as it reads now. */
export function rowOf(world: World, who: string, on: Message, callbackId: number): RowRead | undefined {
  const message = world.slack
    .as(who)
    .messages(on.channel)
    .find(({ ts }) => ts === on.ts);
  return message && readRows(message, world.slack.as(who).id).find((row) => row.callbackId === callbackId);
}

/** The desk's messages in a channel, oldest first. */
export const byDesk = ({ slack }: World, channel: string): Message[] =>
  slack.workspace.messages.inChannel(slack.workspace.channel(channel).id).filter(({ byApp }) => byApp);

/** All digests of a VDN in a channel with all their pages, which somebody turns from the first to the last. */
export async function readThrough(
  world: World,
  who: string,
  channel: string,
  vdn: number,
): Promise<DigestRead[]> {
  const whole: DigestRead[] = [];
  for (const message of byDesk(world, channel)) {
    if (readDigest(message)?.vdn !== vdn) continue;
    const pages = await eachPage(world, who, message, (page) => readDigest(page)?.rows ?? []);
    const read = readDigest(message);
    if (read) whole.push({ ...read, rows: pages.flat() });
  }
  return whole;
}

/** What is read on each page of a message, which somebody turns from the first to the last. */
export async function eachPage<T>(
  world: World,
  who: string,
  message: Message,
  read: (page: Message) => T,
): Promise<T[]> {
  await turn(world, who, message, 'Prev');
  const pages = [read(message)];
  for (let first = firstRow(message); ; ) {
    const turned = await turnOnce(world, who, message, 'Next');
    if (!turned || firstRow(message) === first) return pages;
    first = firstRow(message);
    pages.push(read(message));
  }
}

async function turn(world: World, who: string, message: Message, label: 'Prev' | 'Next'): Promise<void> {
  while (await turnOnce(world, who, message, label)) {}
}

/** The person's copies are of the moment; the workspace's own message changes in place. */
export async function turnOnce(
  world: World,
  who: string,
  message: Message,
  label: 'Prev' | 'Next',
): Promise<boolean> {
  const person = world.slack.as(who);
  const button = turnButton(message, label);
  if (button === undefined) return false;
  const first = firstRow(message);
  await insist(
    world,
    who,
    `turns to ${label}`,
    () => person.click(structuredClone(message), button),
    () => firstRow(message) !== first,
  );
  return true;
}

const firstRow = (message: Message) => readRows(message)[0]?.caller;

function turnButton(message: Message, label: string): string | undefined {
  for (const block of message.blocks) {
    const { elements } = block as { elements?: { action_id?: string; text?: { text?: string } }[] };
    const found = elements?.find(({ text }) => text?.text?.includes(label));
    if (found?.action_id) return found.action_id;
  }
  return undefined;
}
