import { z } from 'zod';
import { faultOptionsSchema, faultSchema } from '../cms/fault.ts';
import { isObject } from '../slack/json.ts';
import type { Block } from '../slack/messages.ts';
import type { Person } from '../slack/person/person.ts';
import { targetsIn } from '../slack/person/targets.ts';
import { withMentions } from './mentions.ts';
import { ringsFor, WAYS_TO_RING } from './rings.ts';
import type { Done } from './scene.ts';
import type { Stage } from './stage.ts';
import { letTalk, WAYS_TO_TALK } from './talks.ts';
import { nextHour, nextMorning } from './times.ts';

const as = z.string();
const vdn = z.int().min(1).max(5000);
const entry = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
/** A block as the person saw it: one may click on what has changed since. */
const seen = z.looseObject({ type: z.string(), block_id: z.string() });
const place = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('message'), channel: z.string(), ts: z.string() }),
  z.strictObject({ in: z.literal('modal') }),
  z.strictObject({ in: z.literal('home') }),
]);
export type Place = z.infer<typeof place>;

/** What each action of the page is given. */
const given = {
  command: z.strictObject({ as, channel: z.string(), text: z.string().startsWith('/') }),
  say: z.strictObject({ as, channel: z.string(), text: z.string().min(1), threadTs: z.string().nullable() }),
  click: z.strictObject({ as, place, seen, actionId: z.string() }),
  overflow: z.strictObject({ as, place, seen, actionId: z.string(), value: z.string() }),
  choose: z.strictObject({ as, place, seen, actionId: z.string(), value: entry }),
  submit: z.strictObject({ as, values: z.record(z.string(), entry) }),
  close: z.strictObject({ as }),
  home: z.strictObject({ as }),
  shortcut: z.strictObject({ as, callbackId: z.string() }),
  switch: z.strictObject({}),
  ring: z.strictObject({ vdn, how: z.enum(WAYS_TO_RING) }),
  talk: z.strictObject({ vdn, how: z.enum(WAYS_TO_TALK) }),
  fault: z.strictObject({ fault: faultSchema, options: faultOptionsSchema.optional() }),
  'clear-faults': z.strictObject({ id: z.int().optional() }),
  clock: z.strictObject({ to: z.enum(['hour', 'day']) }),
  desk: z.strictObject({ to: z.enum(['open', 'closed']) }),
  guide: z.strictObject({ to: z.literal('dismissed') }),
};

type Actions = { [A in keyof typeof given]: z.infer<(typeof given)[A]> };
type Run<A extends keyof Actions> = (stage: Stage, asked: Actions[A]) => Done | Promise<Done>;

const run: { [A in keyof Actions]: Run<A> } = {
  async command({ slack, guide, tell }, { as, channel, text }) {
    const [command = '', ...rest] = text.trim().split(' ');
    // Slack's own, and the one that the desk asks people to type. There is nobody else here to invite.
    if (command.toLowerCase() === '/invite') {
      slack.workspace.channel(channel).members.add(slack.botUserId);
      tell();
      return {};
    }
    guide.did({ kind: 'command', text });
    const { ack } = await slack.as(as).command(channel, command.toLowerCase(), rest.join(' '));
    return { ack };
  },
  async say({ slack }, { as, channel, text, threadTs }) {
    const typed = withMentions(text, slack.workspace);
    const { ack } = await slack.as(as).say(channel, typed, threadTs ?? undefined);
    return { ack };
  },
  async click({ slack, guide }, { as, place, seen, actionId }) {
    const person = slack.as(as);
    const ack = await person.click(whatIsAt(person, place, seen), actionId);
    if (ack.status === 'acked') guide.did({ kind: 'click', actionId });
    return { ack };
  },
  async overflow({ slack }, { as, place, seen, actionId, value }) {
    const person = slack.as(as);
    const on = whatIsAt(person, place, seen);
    // The driver counts the menus that have the option.
    const menus = targetsIn(on.blocks).filter(
      ({ element }) => element.type === 'overflow' && hasOption(element.options, value),
    );
    const index = menus.findIndex(({ element }) => element.action_id === actionId);
    return { ack: await person.selectOverflow(on, value, index) };
  },
  async choose({ slack }, { as, place, seen, actionId, value }) {
    const person = slack.as(as);
    return { ack: await person.choose(whatIsAt(person, place, seen), actionId, value) };
  },
  submit: ({ slack }, { as, values }) => slack.as(as).submitView(values),
  close: async ({ slack }, { as }) => ({ ack: await slack.as(as).closeView() }),
  home: async ({ slack }, { as }) => ({ ack: await slack.as(as).openHome() }),
  shortcut: async ({ slack }, { as, callbackId }) => ({ ack: await slack.as(as).shortcut(callbackId) }),
  switch({ guide, tell }) {
    guide.did({ kind: 'switch' });
    tell();
    return {};
  },
  ring({ office, guide, tell }, { vdn, how }) {
    const { calls } = office.cms;
    for (const call of ringsFor(how)) calls.ring({ vdn, ...call });
    guide.did({ kind: 'ring' });
    tell();
    return {};
  },
  talk({ office, tell }, { vdn, how }) {
    const endedAt = letTalk(office.cms, vdn, how);
    // Nobody wants to wait until they have talked.
    if (endedAt > office.clock.now()) office.clock.advanceTo(endedAt);
    tell();
    return {};
  },
  fault({ office, tell }, { fault, options }) {
    office.cms.faults.add(fault, options);
    tell();
    return {};
  },
  'clear-faults'({ office, tell }, { id }) {
    office.cms.faults.clear(id);
    tell();
    return {};
  },
  clock({ office, guide, vdns, tell }, { to }) {
    const { clock } = office;
    const zone = vdns[0]?.timeZone ?? 'UTC';
    clock.advanceTo(to === 'hour' ? nextHour(clock.now(), zone) : nextMorning(clock.now(), zone));
    guide.did({ kind: 'clock' });
    tell();
    return {};
  },
  async desk({ desk }, { to }) {
    await (to === 'open' ? desk.open() : desk.close());
    return {};
  },
  guide({ guide, tell }) {
    guide.dismiss();
    tell();
    return {};
  },
};

export type ActionName = keyof Actions;
export type ActionGiven<A extends ActionName> = Actions[A];

export const isAction = (name: string): name is ActionName => Object.hasOwn(run, name);

/** Does what the page asks for. Throws a ZodError for what is not as described above, an Error for what a client would not let a person do. */
export async function act<A extends ActionName>(stage: Stage, name: A, body: unknown): Promise<Done> {
  const asked = given[name].parse(body) as Actions[A];
  return run[name](stage, asked);
}

/** The view, or the message with the block that the person saw. */
function whatIsAt(person: Person, where: Place, seen: Block) {
  if (where.in === 'message') {
    const message = person.messages(where.channel).find(({ ts }) => ts === where.ts);
    if (!message) throw new Error('That message is no longer there');
    return { ...message, blocks: [seen] };
  }
  const view = where.in === 'home' ? person.home : person.views.at(-1);
  if (!view) throw new Error(`There is no ${where.in} to act on`);
  return view;
}

const hasOption = (options: unknown, value: string) =>
  Array.isArray(options) && options.some((option) => isObject(option) && option.value === value);
