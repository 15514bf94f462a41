import type { ApiCall } from '../../src/sandbox/slack/calls.ts';
import { isObject } from '../../src/sandbox/slack/json.ts';

/** What is wrong with what the desk did, in words; nothing personal in them but what was made up. */
export type Fault = string;

/** Foreign markup that was not escaped, of those in choices.ts. The desk itself writes none of these. */
const RAW = /<(?:!channel|!everyone|@U0EVIL|!subteam\^S0EVIL|#C0EVIL|https?:\/\/evil\.|!date\^0)/;

/**
 * What Slack says no to because of what people did or of what was made up: of a channel, a person or a view that does not
 * exist, of a form that came too late. All else the desk should have known better.
 */
const NOBODYS_FAULT = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'user_not_found',
  'user_not_in_channel',
  'users_not_found',
  'expired_trigger_id',
  'exchanged_trigger_id',
  'invalid_trigger_id',
  'view_not_found',
  'not_found',
  'hash_conflict',
  'message_not_found',
  'thread_not_found',
  'invalid_url',
  'used_url',
  'expired_url',
  'no_such_subteam',
  'method_not_supported_for_channel_type',
  'cannot_dm_bot',
]);

/** Looks at a call of the desk's to Slack. */
export function faultsOfCall({ method, args, error }: ApiCall): Fault[] {
  const refused = error !== undefined && !NOBODYS_FAULT.has(error) ? [`${method} was refused: ${error}`] : [];
  return [...refused, ...faultsOfContent(method, args)];
}

/** Looks at what people would read. */
export function faultsOfContent(where: string, content: unknown): Fault[] {
  return mrkdwnIn(content)
    .filter((text) => RAW.test(text))
    .map((text) => `${where} has somebody's markup in it: ${text.slice(0, 300)}`);
}

/** Every text that Slack reads for markup. */
function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (!isObject(value)) return [];
  const isText = value.type === 'mrkdwn' || value.type === undefined;
  const own = isText && typeof value.text === 'string' ? [value.text] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)];
}

/** Where neither the channel nor the person exists, there is nobody to tell. */
const NOBODY_THERE = 'Somebody could not be told in any way';

/** Lines of the desk's log that say that something went wrong which should not have. */
export function faultsOfLog(lines: readonly string[]): Fault[] {
  return lines
    .map(
      (line) =>
        JSON.parse(line) as { level: number; msg: string; err?: { message?: string; stack?: string } },
    )
    .filter(({ level, msg }) => level >= 50 && msg !== NOBODY_THERE)
    .map(({ msg, err }) => `The log has "${msg}": ${err?.stack ?? err?.message ?? 'without an error'}`);
}
