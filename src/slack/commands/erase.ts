import { callerKeys } from '../../calls/caller-keys.ts';
import type { NamedVdn, Span } from '../../grammar/errors.ts';
import type { CallerOfVdn, Kept } from '../../privacy/erasure.ts';
import { asTyped } from '../escape.ts';
import type { CommandCall } from '../interactions.ts';
import { formLate } from '../messages/click-replies.ts';
import { eraseAsCommand, eraseNeedsCaller, eraseNothing, eraseRefused } from '../messages/erasing.ts';
import type { SlackDesk } from '../slack-desk.ts';
import { eraseView } from '../views/erase.ts';

/** What is to be removed of a caller, by VDN. */
export interface Erasable {
  vdn: NamedVdn;
  caller: CallerOfVdn;
  kept: Kept;
}

/** `/missed erase <number> [vdn …]`: asks first, in a form that says how much it is. */
export async function askToErase(
  { callerSpan, vdn }: { callerSpan: Span; vdn: number | null },
  call: CommandCall,
  desk: SlackDesk,
): Promise<void> {
  const { reply, userId, triggerId } = call;
  const context = await desk.contextOf(userId);
  // What is said in a message is there for others to read, and no form can open.
  if (triggerId === null) return reply.privately(eraseAsCommand(context));
  const typed = callerTyped(call.text.slice(callerSpan.start, callerSpan.end));
  if (callerKeys(typed, null).length === 0) return reply.privately(eraseNeedsCaller(context));
  const found = await erasables(typed, vdn, { userId, channelId: call.channelId }, desk);
  if (found === 'refused') return reply.privately(eraseRefused(context));
  if (found.length === 0) return reply.privately(eraseNothing(context));
  const view = eraseView(found, { typed, vdn }, context);
  if (!(await desk.modals.openAlone(triggerId, view))) await reply.privately(formLate(context));
}

/** No number or id is longer. */
const CALLER_MAX = 300;

/** Slack makes a link of a number; people put ids in quotes. */
const callerTyped = (slackText: string) =>
  asTyped(slackText)
    .trim()
    .slice(0, CALLER_MAX)
    .replaceAll(/^["“”„«»]+|["“”„«»]+$/g, '');

/**
 * What the desk keeps of a caller in one VDN, or in all, of those that this person administers; refused: in none of them.
 */
export async function erasables(
  typed: string,
  vdn: number | null,
  who: { userId: string; channelId: string | null },
  { teamId, rights, erasure, vdns }: SlackDesk,
): Promise<Erasable[] | 'refused'> {
  const known = await vdns.list(teamId);
  const stored = await erasure.vdns(teamId);
  const wanted = vdn === null ? [...new Set([...stored, ...known.map(({ number }) => number)])] : [vdn];
  const actor = { teamId, ...who };
  const verdicts = await Promise.all(wanted.map((one) => rights.judge(actor, one, 'administer')));
  const mine = wanted.filter((_, n) => verdicts[n] === 'yes');
  if (mine.length === 0 && !(await rights.isAdmin(who.userId))) return 'refused';
  const found = await Promise.all(
    mine.map(async (number): Promise<Erasable> => {
      const named = known.find((one) => one.number === number);
      const caller = { teamId, vdn: number, keys: callerKeys(typed, named?.country ?? null) };
      return {
        vdn: { number, name: named?.name ?? null },
        caller,
        kept: await erasure.count(caller),
      };
    }),
  );
  return found.filter(({ kept }) => kept.calls + kept.callbacks > 0);
}
