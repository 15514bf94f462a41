import type { Environment } from './config.ts';
import { type Setting, settings } from './settings.ts';

/**
 * Every secret that the environment holds or names a file of, also where the settings cannot be read; of addresses, secret or
 * not, the password. For whoever has to leave them out of what is printed.
 */
export function secretsIn(env: Environment, readFile: (path: string) => string): string[] {
  const all: Setting[] = Object.values(settings);
  const parts = all.flatMap((setting) =>
    valuesOf(setting, env, readFile).flatMap((value) => secretParts(value, setting.secret)),
  );
  return [...new Set(parts)];
}

function valuesOf({ name }: Setting, env: Environment, readFile: (path: string) => string): string[] {
  const given = [env[name], env[name.toLowerCase()]];
  const file = env[`${name}_FILE`];
  if (file) {
    try {
      given.push(readFile(file));
    } catch {
      // Whoever reads the settings says so.
    }
  }
  return given.flatMap((value) => value?.trim() || []);
}

function secretParts(value: string, isSecret: boolean): string[] {
  const url = value.includes('://') ? URL.parse(value) : null;
  // What looks like an address and is none may hold one all the same.
  if (url === null) return isSecret && !value.startsWith('sqlite:') ? [value] : passwordIn(value);
  return url.password === '' ? [] : [url.password, decoded(url.password)];
}

/** Of what is no address, but should be one: what stands between the name and the last @. */
const passwordIn = (value: string): string[] => {
  const password = /\/\/[^:/]*:(?<password>.+)@/.exec(value)?.groups?.password;
  return password === undefined ? [] : [password];
};

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
