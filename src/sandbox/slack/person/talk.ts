import type { Ack } from '../delivery/delivery.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Message } from '../messages.ts';
import { commandPayload } from '../payloads.ts';
import { Refusal } from '../refusal.ts';
import { type Origin, respond } from '../response-urls.ts';
import type { PersonSeed } from '../seed.ts';
import { SLACKBOT } from '../workspace.ts';
import { channelOf, channelSeenBy, type PersonParts } from './parts.ts';
import { asTyped } from './typed.ts';

/** What a person can read and say. */
export interface Talk {
  /** Types a slash command. The app's answer in the ack, and Slack's notice of a failure, are in `shown`. */
  command(channel: string, command: string, text?: string): Promise<{ ack: Ack; shown: Message | undefined }>;
  /** What the person sees there now, oldest first: copies, so that a later click may be on what was seen before. */
  messages(channel: string): Message[];
  /** Says something; the app hears it where it is mentioned or in its direct message. */
  say(channel: string, text: string, threadTs?: string): Promise<{ message: Message; ack: Ack | undefined }>;
}

export function talkOf(seed: PersonSeed, parts: PersonParts): Talk {
  const { workspace, triggers, responseUrls, delivery, events } = parts;
  const { messages, app } = workspace;

  /** What is shown of the body of an acknowledged command; nothing when it is empty. */
  const shownOf = (origin: Origin, typed: string, body: unknown): Message | undefined => {
    const said: unknown = typeof body === 'string' ? { text: body } : body;
    if (!isObject(said)) return undefined;
    if (said.response_type === 'in_channel')
      messages.post({ channel: origin.channel, user: seed.id, byApp: false, text: typed });
    return saysSomething(said) ? respond(workspace, origin, said) : undefined;
  };

  return {
    async command(ref, command, text = '') {
      const channel = channelOf(workspace, seed.id, ref);
      if (!app.scopes.includes('commands')) throw new Error(`${command} is not a valid command`);
      const origin = { user: seed.id, channel: channel.id };
      const typed = asTyped(text.trim());
      const failed = (error: string) =>
        messages.post({
          channel: channel.id,
          user: SLACKBOT,
          byApp: false,
          text: `${command} failed with the error "${error}"`,
          ephemeralTo: seed.id,
        });
      const ack = await delivery.deliver(
        'slash_commands',
        commandPayload(workspace, seed, channel, {
          command,
          text: typed,
          triggerId: triggers.issue(seed.id),
          responseUrl: responseUrls.issue(origin),
        }),
      );
      if (ack.status !== 'acked') return { ack, shown: failed(ack.status) };
      try {
        return { ack, shown: shownOf(origin, `${command} ${typed}`.trim(), ack.body) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { ack, shown: failed('invalid_command_response') };
      }
    },

    messages: (ref) =>
      messages
        .inChannel(channelSeenBy(workspace, seed.id, ref).id)
        .filter((message) => !message.ephemeralTo || message.ephemeralTo === seed.id)
        .map((message) => structuredClone(message)),

    async say(ref, text, threadTs) {
      const channel = channelOf(workspace, seed.id, ref);
      const typed = asTyped(text);
      const message = messages.post({
        channel: channel.id,
        user: seed.id,
        byApp: false,
        text: typed,
        threadTs,
      });
      const isMentioned = typed.includes(`<@${app.botUserId}`);
      if (!workspace.isMember(channel) || (channel.kind !== 'im' && !isMentioned))
        return { message, ack: undefined };
      const team = seed.team ?? workspace.team.id;
      const kind = channel.kind === 'im' ? { type: 'message', channel_type: 'im' } : { type: 'app_mention' };
      const ack = await events.send({
        ...kind,
        user: seed.id,
        text: typed,
        ts: message.ts,
        event_ts: message.ts,
        channel: channel.id,
        team,
        // Slack says this where people of several organisations are.
        ...(channel.shared ? { user_team: team, source_team: team } : {}),
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      });
      return { message, ack };
    },
  };
}

function saysSomething({ response_type: _, ...content }: JsonObject): boolean {
  return Object.values(content).some((value) => value !== '');
}
