import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { argsOf } from './args.ts';
import { contentOf, mustSaySomething } from './content.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import { refuse } from './refusal.ts';
import type { Workspace } from './workspace.ts';

const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;

/** Where a response goes: what the person had done to get it. */
export interface Origin {
  user: string;
  channel: string;
  /** The message that was clicked; a command has none, so that its URL can only add. */
  message?: Message;
  threadTs?: string | undefined;
}

/** The `response_url`s: five uses within 30 minutes each. */
export interface ResponseUrls {
  issue(origin: Origin): string;
  /** Does what a body posted to the URL asks for; refuses with Slack's names. */
  use(key: string, body: JsonObject): void;
}

/** Shows a response: what an ack of a command may say, too. Refuses with Slack's names. */
export function respond(workspace: Workspace, origin: Origin, body: JsonObject): Message | undefined {
  const args = argsOf(body);
  const { message, user, channel } = origin;
  if (message && args.flag('delete_original')) {
    workspace.messages.remove(message);
    return undefined;
  }
  const content = contentOf(args);
  mustSaySomething(content);
  const type = args.textOr('response_type', 'ephemeral');
  if (type !== 'ephemeral' && type !== 'in_channel') refuse('invalid_response_type');

  // A click's response takes the place of the message unless it says otherwise, and stays as visible as that was.
  const replaces = message && (args.flag('replace_original') || !args.has('replace_original'));
  if (replaces) {
    workspace.messages.change(message, {
      text: content.text ?? '',
      blocks: content.blocks ?? [],
      attachments: content.attachments ?? [],
    });
    return message;
  }
  return workspace.messages.post({
    channel,
    user: workspace.app.botUserId,
    byApp: true,
    text: content.text ?? '',
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    threadTs: args.has('thread_ts') ? args.text('thread_ts') : undefined,
    ephemeralTo: type === 'ephemeral' ? user : undefined,
  });
}

export function openResponseUrls(workspace: Workspace, clock: Clock, base: () => string): ResponseUrls {
  const issued = new Map<string, Origin & { at: number; uses: number }>();
  return {
    issue(origin) {
      const key = randomBytes(12).toString('hex');
      issued.set(key, { ...origin, at: clock.now(), uses: 0 });
      return `${base()}/response/${workspace.team.id}/${key}`;
    },
    use(key, body) {
      const url = issued.get(key);
      if (!url) return refuse('invalid_url');
      if (clock.now() - url.at > LIFE_MS) return refuse('expired_url');
      if (url.uses >= MOST_USES) return refuse('used_url');
      url.uses += 1;
      respond(workspace, url, body);
    },
  };
}
