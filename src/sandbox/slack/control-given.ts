import type { FaultKind } from './faults.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import type { Entries } from './person/form.ts';
import type { Person } from './person/person.ts';
import type { Slack } from './slack.ts';
import type { View } from './views.ts';

// What a control request gives, read field by field; each throws an Error that says what is wrong.

export function optional(given: JsonObject, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
}

export function textOf(given: JsonObject, name: string): string {
  const value = optional(given, name);
  if (value === undefined || value === '') throw new Error(`${name} is missing`);
  return value;
}

export const indexOf = (given: JsonObject) => Number(given.index ?? 0);

export const whichOf = (given: JsonObject) => (given.which === 'oldest' ? 'oldest' : 'all');

export const personOf = (slack: Slack, given: JsonObject): Person => slack.as(textOf(given, 'as'));

export function targetOf(person: Person, given: JsonObject): Message | View {
  const view = given.in === 'home' ? person.home : given.in === 'modal' ? person.views.at(-1) : undefined;
  if (view) return view;
  const [channel, ts] = [textOf(given, 'channel'), textOf(given, 'ts')];
  const message = person.messages(channel).find((one) => one.ts === ts);
  if (!message) throw new Error(`${person.name} sees no message ${ts} there`);
  return message;
}

export function entryOf(value: unknown): Entries[string] {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(String);
  throw new Error('A value must be a text, a number, a list of texts or null');
}

export function faultOf(given: JsonObject): FaultKind {
  const number = (name: string) => {
    const value = Number(given[name]);
    if (!Number.isFinite(value)) throw new Error(`${name} must be a number`);
    return value;
  };
  const kind = textOf(given, 'kind');
  switch (kind) {
    case 'ratelimited':
      return { kind, retryAfterS: number('retryAfterS') };
    case 'http':
      return { kind, status: number('status'), performed: given.performed === true };
    case 'error':
      return { kind, error: textOf(given, 'error') };
    case 'slow':
      return { kind, ms: number('ms') };
    case 'drop':
    case 'accept-then-drop':
      return { kind };
    default:
      throw new Error(`No fault ${kind}`);
  }
}
