import type { JsonObject } from './json.ts';

/** What goes wrong. `performed` of the HTTP fault: the call is carried out although the answer says otherwise. */
export type FaultKind =
  | { kind: 'ratelimited'; retryAfterS: number }
  | { kind: 'http'; status: number; performed?: boolean }
  /** Slack's own refusal, any error name. */
  | { kind: 'error'; error: string }
  /** The connection breaks before the call is carried out. */
  | { kind: 'drop' }
  /** The call is carried out, then the connection breaks before the answer. */
  | { kind: 'accept-then-drop' }
  /** The call is carried out now, the answer comes late (real time). */
  | { kind: 'slow'; ms: number };

export type Fault = FaultKind & {
  /** A Web API method, `response_url`, or `*` for all. */
  method: string;
  /** How many calls it spoils; default 1. */
  times?: number;
  /** Only calls whose arguments it likes. */
  when?: (args: JsonObject) => boolean;
};

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** Those that are still to come. */
  readonly waiting: readonly Fault[];
  /** The fault that spoils this call, if one does; it is used up by one. */
  take(method: string, args: JsonObject): FaultKind | undefined;
}

export function openFaults(): Faults {
  let waiting: (Fault & { times: number })[] = [];
  return {
    add: (fault) => void waiting.push({ ...fault, times: fault.times ?? 1 }),
    clear() {
      waiting = [];
    },
    get waiting() {
      return waiting;
    },
    take(method, args) {
      const fault = waiting.find(
        (one) => (one.method === '*' || one.method === method) && (one.when?.(args) ?? true),
      );
      if (!fault) return undefined;
      fault.times -= 1;
      waiting = waiting.filter((one) => one.times > 0);
      return fault;
    },
  };
}
