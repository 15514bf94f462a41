import { type DestinationStream, pino } from 'pino';
import type { Config } from '../config/config.ts';
import type { Log } from '../log.ts';

/** Names under which a secret or a caller's number might one day be logged by mistake: never their values. */
const PRIVATE_KEYS = [
  'token',
  'botToken',
  'appToken',
  'signingSecret',
  'accessKey',
  'secretKey',
  'authorization',
  'callerNo',
  'caller',
  'callerKey',
  'calls',
  'text',
  'blocks',
];

/** JSON lines, on standard output unless another destination is given. Errors are logged by name, code, message and stack only: their other fields may carry payloads. */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PRIVATE_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '[private]' },
    serializers: { err: describeError, cause: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

interface ErrorFacts {
  name: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorFacts;
}

/** What may be said of an error in a log. */
export function describeError(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { name: typeof error, message: 'not an Error' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
