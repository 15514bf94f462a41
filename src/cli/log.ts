import { type DestinationStream, pino } from 'pino';
import type { Config } from '../config/config.ts';
import type { Log } from '../log.ts';
import { requestId } from '../work/request.ts';
import { createRedaction } from './redaction.ts';

/**
 * JSON lines, on standard output unless another destination is given. Each line that comes of what somebody asked for in
 * Slack has that request's id. `secrets`: the settings' own, which no line holds.
 */
export function createLog(
  level: Config['logLevel'],
  destination?: DestinationStream,
  secrets: readonly string[] = [],
): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // The redaction has described them; pino's own would add what they carry.
    serializers: { err: (described: unknown) => described },
  };
  const lines = destination ? pino(options, destination) : pino(options);
  const redaction = createRedaction(secrets);
  const say = (at: keyof Log) => (facts: object, message: string) => {
    if (!lines.isLevelEnabled(at)) return;
    const request = requestId();
    lines[at](
      { ...(request !== undefined && { request }), ...redaction.facts(facts) },
      redaction.text(message),
    );
  };
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}
