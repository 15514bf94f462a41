import { isObject, type JsonObject, parseJson } from './json.ts';
import { refuse, refuseWith } from './refusal.ts';

/** The arguments of one Web API call: a form's are all text, a JSON body's have their types; Slack takes both. */
export interface Args {
  readonly all: JsonObject;
  has(name: string): boolean;
  /** Refuses with `invalid_arguments` when it is missing or empty. */
  text(name: string): string;
  textOr(name: string, otherwise: string): string;
  flag(name: string): boolean;
  /** Refuses with `invalid_arguments` when it is not a whole number. */
  integerOr(name: string, otherwise: number): number;
  /** The structure, parsed if it came as text; undefined when absent, `notJson` when it cannot be read. */
  structure(name: string): unknown;
}

const STRUCTURES = ['blocks', 'attachments', 'metadata', 'view'];

/** The arguments with their structures parsed, where a form sent them as text; for those who look at them later. */
export function readableArgs(all: JsonObject): JsonObject {
  const read = (name: string, value: unknown) =>
    STRUCTURES.includes(name) && typeof value === 'string' ? (parseJson(value) ?? value) : value;
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, read(name, value)]));
}

/** Stands for an argument that is neither a structure nor JSON. */
export const notJson = Symbol('not JSON');

export function argsOf(all: JsonObject): Args {
  const has = (name: string) => all[name] !== undefined && all[name] !== null && all[name] !== '';
  const textOr = (name: string, otherwise: string) => {
    const value = all[name];
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : otherwise;
  };
  return {
    all,
    has,
    textOr,
    text(name) {
      if (!has(name)) refuseWith('invalid_arguments', [`missing required field: ${name}`]);
      return textOr(name, '');
    },
    flag: (name) => all[name] === true || all[name] === 'true' || all[name] === '1' || all[name] === 1,
    integerOr(name, otherwise) {
      if (!has(name)) return otherwise;
      const value = Number(all[name]);
      if (!Number.isInteger(value))
        refuseWith('invalid_arguments', [`must provide an integer [json-pointer:/${name}]`]);
      return value;
    },
    structure(name) {
      const value = all[name];
      if (!has(name)) return undefined;
      if (typeof value !== 'string') return value;
      const parsed = parseJson(value);
      return isObject(parsed) || Array.isArray(parsed) ? parsed : notJson;
    },
  };
}

/** The page size that was asked for; refuses with `invalid_limit` one that is out of bounds. */
export function limitOf(args: Args, otherwise: number, most: number): number {
  const limit = args.integerOr('limit', otherwise);
  return limit < 1 || limit > most ? refuse('invalid_limit') : limit;
}
