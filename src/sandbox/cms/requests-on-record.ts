import type { FaultKind } from './fault.ts';
import type { SignatureReport } from './verify.ts';

/** How a request fared. */
export type Verdict =
  /** HTTP 200 with returnCode "0". */
  | 'answered'
  /** HTTP 401 by the check of the signature. */
  | 'bad-signature'
  /** HTTP 400, 404, 405, 413 or 415. */
  | 'bad-request'
  /** HTTP 200 with another returnCode, because of a field of the query. */
  | 'bad-query'
  /** A fault took the answer's place. */
  | 'fault';

/** A request as the stand-in remembers it, for tests and for developers who wonder why. */
export interface RequestOnRecord {
  /** When it came, by the stand-in's clock, epoch milliseconds. */
  at: number;
  method: string;
  path: string;
  /** The body as parsed from JSON; as text when it is none; null when it was not read. */
  body: unknown;
  verdict: Verdict;
  /** One sentence. */
  why: string;
  /** null when the connection was dropped. */
  status: number | null;
  /** null when it was not looked at. */
  signature: SignatureReport | null;
  /** What it met. */
  faults: FaultKind[];
}

export interface RequestsOnRecord {
  add(request: RequestOnRecord): void;
  /** Oldest first. */
  list(): RequestOnRecord[];
  clear(): number;
}

/** Keeps the last `size` requests; `onAdd` is called after each. */
export const createRequestsOnRecord = (size = 200, onAdd = () => {}): RequestsOnRecord => {
  let requests: RequestOnRecord[] = [];
  return {
    add(request) {
      requests = [...requests, request].slice(-size);
      onAdd();
    },
    list: () => [...requests],
    clear() {
      const count = requests.length;
      requests = [];
      return count;
    },
  };
};
