import type { MessagePort, ShutOut } from '../outbox/outbox.ts';
import { badToken } from './identity.ts';

/** Of a workspace that the desk is not in, or not in any more: its messages wait. */
const NOT_SERVED: ShutOut = {
  outcome: 'shut-out',
  error: 'not_served',
  remedy: 'This desk is not installed in that workspace. Install it there again, and they go out.',
};

/** Every row goes to its own workspace, and to no other. */
export function createRoutedDelivery(
  portOf: (teamId: string) => MessagePort | undefined,
  /** Slack does not know the workspace's token any more. */
  onBadToken: (teamId: string) => void,
): MessagePort {
  function seen<Result extends { outcome: string; error?: string }>(teamId: string, result: Result): Result {
    if (result.outcome === 'shut-out' && badToken.has(result.error ?? '')) onBadToken(teamId);
    return result;
  }
  return {
    async post(row, mayGo) {
      const port = portOf(row.teamId);
      return port ? seen(row.teamId, await port.post(row, mayGo)) : NOT_SERVED;
    },
    async update(row) {
      const port = portOf(row.teamId);
      return port ? seen(row.teamId, await port.update(row)) : NOT_SERVED;
    },
    async find(rows, window) {
      const teamId = rows[0]?.teamId ?? '';
      const port = portOf(teamId);
      return port ? seen(teamId, await port.find(rows, window)) : NOT_SERVED;
    },
  };
}
