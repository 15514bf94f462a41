/** Names under which a secret or a caller's number might one day be logged by mistake: never their values. In lower case. */
const PRIVATE_KEYS: ReadonlySet<string> = new Set([
  'accesskey',
  'apptoken',
  'authorization',
  'blocks',
  'bottoken',
  'callee',
  'calleeno',
  'caller',
  'callerkey',
  'callerno',
  'calls',
  'clientsecret',
  'cookie',
  'password',
  'phone',
  'responseurl',
  'response_url',
  'secret',
  'secretkey',
  'signingsecret',
  'text',
  'token',
  'tokenkey',
  'trigger_id',
  'triggerid',
]);
const CENSORED = '[private]';
/** Shorter ones would be found in words that are none. */
const SHORTEST_SECRET = 8;
/** Facts are flat; what lies deeper than this is nobody's. */
const DEEPEST = 6;

/** Slack's tokens; the contact centre's signature; whoever lets himself in by a header or an address; addresses that are as good as secrets. */
const SECRETS =
  /\bx(?:ox[a-z]|app)[.-][\w.-]+|\bauth-v2\/\S+|\b(?:bearer|basic)\s+[\w+/=.~-]+|(?<=\b[a-z][a-z+.-]*:\/\/)[^\s/@]+@|https?:\/\/hooks\.\S+|(?<=[?&][\w-]*(?:token|secret|key|signature|code|state)=)[^\s&]+/gi;
/** Runs of digits as long as a number that one could call, however it is written. Not within a word or an id. */
const NUMBERS = /(?<![\w.-])\+?\(?\d(?:[\s().\-/\u00a0]{0,2}\d){6,}(?![\w-])/g;
/** What looks like one and is none: addresses, dates and times, Slack's ts, UUIDs. */
const NO_NUMBERS =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?:19|20)\d{2}-[01]\d-[0-3]\d(?: [0-2]\d)?|1\d{9}\.\d{6}|\d{8}(?:-\d{4}){3}-\d{12})$/;

/** Takes out of what is to be logged all that a log must not hold. `secrets`: the settings' own, wherever they turn up. */
export function createRedaction(secrets: readonly string[] = []) {
  // A longer one may hold a shorter one.
  const known = secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .toSorted((a, b) => b.length - a.length);

  function text(said: string): string {
    const open = known.reduce((rest, secret) => rest.replaceAll(secret, CENSORED), said);
    return open
      .replace(SECRETS, CENSORED)
      .replace(NUMBERS, (found) => (NO_NUMBERS.test(found) ? found : CENSORED));
  }

  function value(fact: unknown, depth: number): unknown {
    if (typeof fact === 'string') return text(fact);
    if (typeof fact !== 'object' || fact === null) return fact;
    if (fact instanceof Error) return error(fact, depth);
    if (depth === DEEPEST) return CENSORED;
    if (Array.isArray(fact)) return fact.map((one) => value(one, depth + 1));
    return facts(fact, depth + 1);
  }

  /** Errors by name, code, message and stack only: their other fields may carry payloads. */
  function error(from: Error, depth: number): ErrorFacts {
    const { name, message, stack, cause } = from;
    const code = 'code' in from && typeof from.code === 'string' ? from.code : undefined;
    return {
      name: text(name),
      message: text(message),
      ...(code === undefined ? {} : { code: text(code) }),
      ...(stack === undefined ? {} : { stack: text(stack) }),
      ...(cause === undefined ? {} : { cause: described(cause, depth + 1) }),
    };
  }

  function described(thrown: unknown, depth = 0): ErrorFacts {
    if (thrown instanceof Error && depth < DEEPEST) return error(thrown, depth);
    return { name: typeof thrown, message: 'not an Error' };
  }

  function facts(given: object, depth = 0): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(given).map(([name, fact]) => {
        if (PRIVATE_KEYS.has(name.toLowerCase())) return [name, CENSORED];
        if (name === 'err' || name === 'cause') return [name, described(fact)];
        return [name, value(fact, depth)];
      }),
    );
  }

  return { facts: (given: object) => facts(given), text };
}

interface ErrorFacts {
  name: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorFacts;
}
