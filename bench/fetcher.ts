import { startProcess } from './process.ts';
import type { ContactCentre } from './stand-ins/contact-centre.ts';

/** The bare script, floors/fetcher.ts, in a process of its own. */
export interface Fetcher {
  readonly pid: number;
  /** Milliseconds that it took to bring these VDNs in, and to write down `messages` of each. */
  bringIn(vdns: readonly number[], messages?: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startFetcher(file: string, centre: ContactCentre): Promise<Fetcher> {
  const script = startProcess('bench/floors/fetcher.ts', [file, centre.url], {});
  // It answers once its table is open.
  await script.ask({ vdns: [] });
  return {
    pid: script.pid,
    async bringIn(vdns, messages = 0) {
      const answer = await script.ask({ vdns, messages });
      if (typeof answer !== 'object' || answer === null || !('ms' in answer)) throw new Error('No answer');
      return Number(answer.ms);
    },
    stop: () => script.stop(),
  };
}
