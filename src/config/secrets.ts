import type { Environment } from './config.ts';
import { type Setting, settings } from './settings.ts';

/**
 * Every secret that the environment holds or names a file of, also where the settings cannot be read; of addresses only the
 * password. For whoever has to leave them out of what is printed.
 */
export function secretsIn(env: Environment, readFile: (path: string) => string): string[] {
  const all: Setting[] = Object.values(settings);
  return all.flatMap((setting) => valuesOf(setting, env, readFile)).flatMap(secretParts);
}

function valuesOf({ name, secret }: Setting, env: Environment, readFile: (path: string) => string): string[] {
  const isProxy = name.endsWith('_PROXY');
  if (!secret && !isProxy) return [];
  const given = [env[name], isProxy ? env[name.toLowerCase()] : undefined];
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

function secretParts(value: string): string[] {
  if (value.startsWith('sqlite:')) return [];
  if (!value.includes('://')) return [value];
  // What looks like an address and is none may be a secret as a whole.
  const url = URL.parse(value);
  if (url === null) return [value];
  const { password } = url;
  return password === '' ? [] : [password, decoded(password)];
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
