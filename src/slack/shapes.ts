import { z } from 'zod';

/** Ids of people, channels and workspaces. */
const id = z.string().regex(/^[A-Z0-9]{2,30}$/);
const person = z.looseObject({ id });
/** Opens one view. */
const token = z.string().min(1);

const command = z.looseObject({
  command: z.string(),
  user_id: id,
  channel_id: id,
  trigger_id: token,
  text: z.string().optional(),
});

const text = z.looseObject({ text: z.string() });
const view = z.looseObject({
  id: z.string(),
  type: z.string(),
  callback_id: z.string(),
  hash: z.string(),
  private_metadata: z.string(),
  title: text.nullish(),
  root_view_id: z.string().nullish(),
  previous_view_id: z.string().nullish(),
  state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
});
const viewed = z.looseObject({ user: person, view });

const action = z.looseObject({
  type: z.string(),
  action_id: z.string(),
  action_ts: z.string(),
  value: z.string().optional(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
});
const actions = z.looseObject({
  user: person,
  trigger_id: token,
  channel: z.looseObject({ id }).nullish(),
  container: z.looseObject({ channel_id: id.optional(), message_ts: z.string().optional() }).optional(),
  message: z.looseObject({ ts: z.string() }).nullish(),
  view: view.nullish(),
  actions: z.array(action).min(1),
});

const shortcut = z.looseObject({ user: person, callback_id: z.string(), trigger_id: token });
/** Bolt looks for a channel and for who installed it; the rest is read where it is used (said.ts). */
const event = z.looseObject({
  event_id: z.string().optional(),
  authorizations: z.array(z.looseObject({})).nullish(),
  event: z.looseObject({
    type: z.string(),
    user: z.union([id, person]).optional(),
    channel: z.union([id, z.looseObject({ id })]).optional(),
    item: z.looseObject({}).optional(),
  }),
});

const BY_TYPE: Readonly<Record<string, z.ZodType>> = {
  block_actions: actions,
  block_suggestion: z.looseObject({ user: person }),
  view_submission: viewed,
  view_closed: viewed,
  shortcut,
  message_action: shortcut,
  event_callback: event,
};

const NAMED = 5;

/**
 * Whether Bolt and the desk can read what Slack has sent: all that they read of it is of the kind that Slack's reference says.
 * Else the first places where it is not, without what is there; `type`: it is of no kind that the desk knows.
 */
export function strangeIn(body: Readonly<Record<string, unknown>>): string[] {
  const type = String(body.type);
  const shape = body.command === undefined ? Object.hasOwn(BY_TYPE, type) && BY_TYPE[type] : command;
  if (!shape) return ['type'];
  const issues = shape.safeParse(body).error?.issues ?? [];
  return issues.slice(0, NAMED).map(({ path }) => path.join('.'));
}
