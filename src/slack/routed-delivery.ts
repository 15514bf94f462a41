import type { MessagePort, ShutOut } from '../outbox/outbox.ts';

/** Of a workspace that the desk is not in, or not in any more: its messages wait. */
const NOT_SERVED: ShutOut = {
  outcome: 'shut-out',
  error: 'not_served',
  remedy: 'This desk is not installed in that workspace. Install it there again, and they go out.',
};

/** Every row goes to its own workspace, and to no other. */
export function createRoutedDelivery(portOf: (teamId: string) => MessagePort | undefined): MessagePort {
  return {
    post: async (row, mayGo) => portOf(row.teamId)?.post(row, mayGo) ?? NOT_SERVED,
    update: async (row) => portOf(row.teamId)?.update(row) ?? NOT_SERVED,
    find: async (rows, window) => portOf(rows[0]?.teamId ?? '')?.find(rows, window) ?? NOT_SERVED,
  };
}
