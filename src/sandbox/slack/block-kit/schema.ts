import { isObject, type JsonObject } from '../json.ts';

/** Adds what is wrong with `value`, each line ending in a JSON pointer as Slack writes it. */
export type Check = (value: unknown, at: string, problems: string[]) => void;

interface Field {
  required: boolean;
  check: Check;
}

export type Fields = Record<string, Field>;

export const must = (check: Check): Field => ({ required: true, check });
export const may = (check: Check): Field => ({ required: false, check });

export const problem = (text: string, at: string) => `${text} [json-pointer:${at}]`;

/** A string of `min` to `max` characters. */
export function text(max: number, min = 1): Check {
  return (value, at, problems) => {
    if (typeof value !== 'string') problems.push(problem('must provide a string', at));
    else if (value.length > max) problems.push(problem(`must be less than ${max + 1} characters`, at));
    else if (value.length < min) problems.push(problem(`must be more than ${min - 1} characters`, at));
  };
}

export const bool: Check = (value, at, problems) => {
  if (typeof value !== 'boolean') problems.push(problem('must provide a boolean', at));
};

export function integer(min: number, max: number): Check {
  return (value, at, problems) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
      problems.push(problem('must provide an integer', at));
    else if (value < min || value > max) problems.push(problem(`must be between ${min} and ${max}`, at));
  };
}

export const number: Check = (value, at, problems) => {
  if (typeof value !== 'number' || !Number.isFinite(value))
    problems.push(problem('must provide a number', at));
};

export function oneOf(...allowed: (string | number)[]): Check {
  return (value, at, problems) => {
    if (!allowed.some((one) => one === value))
      problems.push(problem(`value is not allowed; must be one of ${allowed.join(', ')}`, at));
  };
}

/** A text of which `isRight` is true, else `wrong` is what is said. */
export function textThat(isRight: (value: string) => boolean, wrong: string): Check {
  return (value, at, problems) => {
    if (typeof value !== 'string' || !isRight(value)) problems.push(problem(wrong, at));
  };
}

export const webUrl: Check = (value, at, problems) => {
  const isRight = typeof value === 'string' && value.length <= 3000 && /^https?:\/\/\S+$/.test(value);
  if (!isRight) problems.push(problem('must be a valid URL of at most 3000 characters', at));
};

export function list(check: Check, max: number, min = 1): Check {
  return (value, at, problems) => {
    if (!Array.isArray(value)) {
      problems.push(problem('must provide an array', at));
      return;
    }
    if (value.length > max) problems.push(problem(`no more than ${max} items allowed`, at));
    if (value.length < min) problems.push(problem(`no less than ${min} items allowed`, at));
    for (const [index, item] of value.entries()) check(item, `${at}/${index}`, problems);
  };
}

/** An object with these fields and no others. `and` sees it when its fields are right. */
export function object(
  fields: Fields,
  and?: (value: JsonObject, at: string, problems: string[]) => void,
): Check {
  return (value, at, problems) => {
    if (!isObject(value)) {
      problems.push(problem('must provide an object', at));
      return;
    }
    const before = problems.length;
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(fields, name)) problems.push(problem(`invalid additional property: ${name}`, at));
    }
    for (const [name, field] of Object.entries(fields)) {
      const given = value[name];
      if (given !== undefined) field.check(given, `${at}/${name}`, problems);
      else if (field.required) problems.push(problem(`missing required field: ${name}`, at));
    }
    if (and && problems.length === before) and(value, at, problems);
  };
}

/** An object whose `type` says which of these checks it must pass; other types are refused. */
export function byType(checks: Record<string, Check>): Check {
  return (value, at, problems) => {
    const type = isObject(value) ? value.type : undefined;
    if (type === undefined) {
      problems.push(problem('missing required field: type', at));
      return;
    }
    const check = typeof type === 'string' && Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (check) check(value, at, problems);
    else problems.push(problem(`unsupported type: ${String(type)}`, `${at}/type`));
  };
}

/** Of these types only. */
export function only(checks: Record<string, Check>, types: readonly string[]): Record<string, Check> {
  return Object.fromEntries(Object.entries(checks).filter(([type]) => types.includes(type)));
}

/** The problems that a check finds; an empty list when all is right. */
export function problemsOf(check: Check, value: unknown, at: string): string[] {
  const problems: string[] = [];
  check(value, at, problems);
  return problems;
}
