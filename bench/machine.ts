import { availableParallelism, cpus, totalmem } from 'node:os';

/** What the figures were measured on; nothing that names the machine. */
export interface Machine {
  node: string;
  platform: string;
  cpu: string;
  cores: number;
  memoryMB: number;
}

export const describeMachine = (): Machine => ({
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryMB: Math.round(totalmem() / 2 ** 20),
});
