import { classOf } from './error-names.ts';

/** How a call to Slack ended: `shut-out`: nothing passes, such as after the token was revoked; `failed`: Slack's fault, or on the way. */
export const CALL_RESULTS = ['ok', 'limited', 'refused', 'shut-out', 'failed', 'unreachable'] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** Told of each call to Slack, whoever made it: `chat.postMessage`, or `response_url`. */
export type OnCall = (method: string, result: CallResult, ms: number) => void;

type Answer = Pick<Response, 'status' | 'ok' | 'text'>;

/** Makes the call, and tells of it once it is known how it ended. The answer is the caller's, as it came. */
export async function watchCall<A extends Answer & { clone(): Answer }>(
  method: string,
  call: () => Promise<A>,
  onCall: OnCall,
): Promise<A> {
  const startedAt = performance.now();
  const told = (result: CallResult) => onCall(method, result, performance.now() - startedAt);
  try {
    const answer = await call();
    void resultOf(answer.clone(), method).then(told);
    return answer;
  } catch (error) {
    told('unreachable');
    throw error;
  }
}

async function resultOf(answer: Answer, method: string): Promise<CallResult> {
  if (answer.status === 429) return 'limited';
  if (answer.status >= 500) return 'failed';
  try {
    const text = await answer.text();
    // A response_url says "ok", or nothing, by its status alone.
    if (method === 'response_url') return answer.ok ? 'ok' : 'refused';
    const name = nameIn(JSON.parse(text)) ?? (answer.ok ? undefined : `http_${answer.status}`);
    return name === undefined ? 'ok' : sortOf(name, method);
  } catch (error) {
    return error instanceof SyntaxError ? 'failed' : 'unreachable';
  }
}

/** Slack's name for why not, in `{"ok":false,"error":"channel_not_found"}`. */
function nameIn(said: unknown): string | undefined {
  if (typeof said !== 'object' || said === null || !('ok' in said) || said.ok === true) return undefined;
  return 'error' in said && typeof said.error === 'string' ? said.error : 'unknown_error';
}

function sortOf(name: string, method: string): CallResult {
  const sort = classOf(name, method);
  switch (sort) {
    case 'limited':
    case 'shut-out':
      return sort;
    case 'fault':
    case 'way':
      return 'failed';
    default:
      return 'refused';
  }
}
