import type { ActionGiven, ActionName } from '../actions.ts';
import type { Done } from '../scene.ts';

/** Asks the page's server to do something. Rejects with an Error whose message can be shown. */
export async function post<A extends ActionName>(action: A, given: ActionGiven<A>): Promise<Done> {
  const response = await fetch(`/api/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(given),
  }).catch(() => {
    throw new Error('The sandbox does not answer. Is it still running?');
  });
  const answer: Done & { error?: string } = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}`);
  return answer;
}

/** The same for what shows by itself whether it was done: where the sandbox is gone, the page says so already. */
export function postUnheard<A extends ActionName>(action: A, given: ActionGiven<A>): void {
  post(action, given).catch(() => {});
}

export async function get<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}`);
  return response.json();
}
