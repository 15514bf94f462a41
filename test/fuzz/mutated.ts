import { isObject, type JsonObject } from '../../src/sandbox/slack/json.ts';
import type { Choices } from './choices.ts';

type Key = string | number;
type Parent = Record<Key, unknown>;

/** A response_url is Slack's own and signed: what the desk would post to it must not leave this machine. */
const LEFT_ALONE = /^response_urls?$/;

/** The payload with one to four things in it that Slack would not send. */
export function mutated(payload: JsonObject, choices: Choices): JsonObject {
  const copy = structuredClone(payload);
  for (let left = 1 + choices.below(4); left > 0; left -= 1) {
    const place = choices.anyOf([...placesIn(copy)]);
    if (place) spoil(place, choices);
  }
  return copy;
}

interface Place {
  parent: Parent;
  key: Key;
}

function* placesIn(value: unknown): Generator<Place> {
  if (typeof value !== 'object' || value === null) return;
  const parent = value as Parent;
  for (const key of Object.keys(parent)) {
    if (LEFT_ALONE.test(key)) continue;
    yield { parent, key };
    yield* placesIn(parent[key]);
  }
}

function spoil({ parent, key }: Place, choices: Choices): void {
  const was = parent[key];
  switch (choices.below(6)) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      return;
    case 1:
      parent[key] = choices.anyOf(OTHER_TYPES);
      return;
    case 2:
      parent[key] = [was, was];
      return;
    case 3:
      parent[key] = { ...(isObject(was) ? was : { was }), ...JSON.parse(POLLUTING) };
      return;
    default:
      // Most harm is done by what looks nearly right.
      parent[key] = typeof was === 'string' ? nearly(was, choices) : choices.text();
  }
}

const OTHER_TYPES = [null, true, false, 0, -1, 1e21, 2 ** 53, '', [], {}, [[]], [null], '0', 'NaN'];
const POLLUTING = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';

/** The same text, cut, doubled, with another number or with something of a stranger's in it. */
function nearly(was: string, choices: Choices): string {
  const at = choices.below(was.length + 1);
  switch (choices.below(5)) {
    case 0:
      return was.slice(0, at);
    case 1:
      return was.slice(0, at) + choices.text() + was.slice(at);
    case 2:
      return was.replace(/\d+/, choices.oneOf(['0', '-1', '999999999', '9'.repeat(30), '1e9', '٣']));
    case 3:
      return was.repeat(1 + choices.below(200));
    default:
      return choices.text();
  }
}

/** A text that is no payload any more: cut off, or with something in the middle. */
export function torn(body: string, choices: Choices): string {
  const at = choices.below(body.length + 1);
  return choices.percent(50) ? body.slice(0, at) : body.slice(0, at) + choices.text() + body.slice(at);
}
