import { readFileSync } from 'node:fs';

/** What a process holds in memory now, and the most that it has ever held, in MB. */
export interface Memory {
  residentMB: number;
  peakMB: number;
}

/** Reads it from the system, so that the process itself has nothing to do with it; undefined where that is not Linux. */
export function memoryOf(pid: number): Memory | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return { residentMB: kilobytes(status, 'VmRSS') / 1024, peakMB: kilobytes(status, 'VmHWM') / 1024 };
}

const kilobytes = (status: string, name: string) =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
