import { createHash } from 'node:crypto';
import { ClearStateStore, InvalidStateError, type StateStore } from '@slack/oauth';
import type { Clock } from '../../clock.ts';
import type { Deliveries } from '../redelivery.ts';

/** How long somebody may take in Slack. */
export const STATE_SECONDS = 600;

/**
 * The `state` of an installation: signed, with its time in it, so that beginning one writes nothing down; and good for one
 * return, at whichever desk on the database. Bolt's provider holds it against the browser's cookie besides.
 */
export function createStates(
  secret: string,
  deliveries: Pick<Deliveries, 'remember'>,
  clock: Clock,
): StateStore {
  const signed = new ClearStateStore(secret, STATE_SECONDS);
  return {
    generateStateParam: (options, now) => signed.generateStateParam(options, now),
    async verifyStateParam(now, state) {
      const options = await signed.verifyStateParam(now, state);
      const mark = createHash('sha256').update(state).digest('base64');
      // Kept for longer than it is valid.
      if (!(await deliveries.remember(`oauth ${mark}`, clock.now())))
        throw new InvalidStateError('The state has been used');
      return options;
    },
  };
}
