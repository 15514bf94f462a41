import type { EventListener } from '../listeners.ts';

/** Somebody looks at the desk's Home; Slack tells the same of its Messages tab. */
export const homeOpened: EventListener['run'] = async ({ event: { user, tab } }, { teamId, homes }) => {
  if (typeof user === 'string' && tab === 'home') await homes.opened({ teamId, userId: user });
};
