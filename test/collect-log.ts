import { createLog } from '../src/cli/log.ts';

/** The desk's real log, every level of it, line by line as it would be printed. */
export function collectLog() {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  return { log, lines };
}
