import type { IncomingMessage, ServerResponse } from 'node:http';
import { entryOf, faultOf, indexOf, optional, personOf, targetOf, textOf, whichOf } from './control-given.ts';
import { readBody, sendJson } from './http.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import type { Entries } from './person/form.ts';
import type { Slack } from './slack.ts';
import type { View } from './views.ts';

/**
 * Control over HTTP, for a Slack that runs alone. All bodies and answers are JSON; `as` is a person's id or handle, channels
 * are ids, `#name` or `@handle` (`@app` for the app's direct message). What cannot be done is a 400 `{ error }`.
 *
 * | request | body or query | answer |
 * |---|---|---|
 * | GET  /_sandbox/state | | team, people, channels, connections |
 * | GET  /_sandbox/messages | ?as&channel | `{ messages }`, each with `rendered`: what that person reads |
 * | GET  /_sandbox/views | ?as | `{ modals, home }`, each with `rendered` |
 * | GET  /_sandbox/calls | | `{ calls }` that the app made |
 * | POST /_sandbox/command | as, channel, command, text | `{ ack, shown }` |
 * | POST /_sandbox/say | as, channel, text, thread_ts? | `{ message, ack }` |
 * | POST /_sandbox/click | as, button, index?; channel and ts, or `in: "modal" | "home"` | `{ ack }` |
 * | POST /_sandbox/overflow | as, option, index?; the same | `{ ack }` |
 * | POST /_sandbox/choose | as, action, value; the same | `{ ack }` |
 * | POST /_sandbox/submit | as, values | `{ ack, errors, trouble? }` |
 * | POST /_sandbox/close | as | `{ ack }` of the app, if it asked to be told |
 * | POST /_sandbox/home | as | `{ ack }` |
 * | POST /_sandbox/shortcut | as, callback_id | `{ ack }` |
 * | POST /_sandbox/fault | method, kind, times?, and what the kind takes (faults.ts) | `{}` |
 * | POST /_sandbox/clear-faults | | `{}` |
 * | POST /_sandbox/redeliver | | `{ ack }` |
 * | POST /_sandbox/refresh | reason?, which? ("all" or "oldest" connection) | `{}` (Socket Mode) |
 * | POST /_sandbox/drop | which? | `{}` (Socket Mode) |
 * | POST /_sandbox/verify-url | | `{}` (HTTP) |
 */
export async function serveControl(
  slack: Slack,
  what: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const query = Object.fromEntries(new URL(request.url ?? '/', 'http://slack').searchParams);
    const text = request.method === 'GET' ? '' : await readBody(request);
    const body = text === '' ? {} : parseJson(text);
    if (!isObject(body)) throw new Error('The body must be a JSON object');
    const key = `${request.method} ${what}`;
    const run = Object.hasOwn(controls, key) ? controls[key] : undefined;
    if (!run) return sendJson(response, 404, { error: `No ${key} here` });
    sendJson(response, 200, await run(slack, { ...query, ...body }));
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

type Control = (slack: Slack, given: JsonObject) => JsonObject | Promise<JsonObject>;

const controls: Record<string, Control> = {
  'GET state': ({ workspace, teamId, botUserId, connections }) => ({
    team: { ...workspace.team, id: teamId },
    bot_user_id: botUserId,
    people: [...workspace.people.values()],
    channels: [...workspace.channels.values()].map((one) => ({ ...one, members: [...one.members] })),
    connections,
  }),
  'GET messages': (slack, given) => ({
    messages: personOf(slack, given)
      .messages(textOf(given, 'channel'))
      .map((message) => ({ ...message, rendered: slack.render(message, textOf(given, 'as')) })),
  }),
  'GET views': (slack, given) => {
    const person = personOf(slack, given);
    const shown = ({ entered, ...view }: View) => ({
      ...view,
      rendered: slack.render({ entered, ...view }, person.id),
    });
    return { modals: person.views.map(shown), home: person.home ? shown(person.home) : null };
  },
  'GET calls': ({ calls }) => ({ calls }),
  'POST command': async (slack, given) => {
    const text = optional(given, 'text') ?? '';
    return personOf(slack, given).command(textOf(given, 'channel'), textOf(given, 'command'), text);
  },
  'POST say': async (slack, given) =>
    personOf(slack, given).say(textOf(given, 'channel'), textOf(given, 'text'), optional(given, 'thread_ts')),
  'POST click': async (slack, given) => {
    const person = personOf(slack, given);
    const ack = await person.click(targetOf(person, given), textOf(given, 'button'), indexOf(given));
    return { ack };
  },
  'POST overflow': async (slack, given) => {
    const person = personOf(slack, given);
    const ack = await person.selectOverflow(targetOf(person, given), textOf(given, 'option'), indexOf(given));
    return { ack };
  },
  'POST choose': async (slack, given) => {
    const person = personOf(slack, given);
    const on = targetOf(person, given);
    return { ack: await person.choose(on, textOf(given, 'action'), entryOf(given.value)) };
  },
  'POST submit': async (slack, given) => {
    const values = isObject(given.values) ? given.values : {};
    const entries: Entries = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, entryOf(value)]),
    );
    return { ...(await personOf(slack, given).submitView(entries)) };
  },
  'POST close': async (slack, given) => ({ ack: await personOf(slack, given).closeView() }),
  'POST shortcut': async (slack, given) => ({
    ack: await personOf(slack, given).shortcut(textOf(given, 'callback_id')),
  }),
  'POST home': async (slack, given) => ({ ack: await personOf(slack, given).openHome() }),
  'POST fault': (slack, given) => {
    const times = Number(given.times ?? 1);
    slack.faults.add({ ...faultOf(given), method: textOf(given, 'method'), times });
    return {};
  },
  'POST clear-faults': (slack) => {
    slack.faults.clear();
    return {};
  },
  'POST redeliver': async (slack) => ({ ack: await slack.redeliver() }),
  'POST refresh': (slack, given) => {
    slack.refresh(given.reason === 'warning' ? 'warning' : 'refresh_requested', whichOf(given));
    return {};
  },
  'POST drop': (slack, given) => {
    slack.dropConnections(whichOf(given));
    return {};
  },
  'POST verify-url': async (slack) => {
    await slack.verifyUrl();
    return {};
  },
};
