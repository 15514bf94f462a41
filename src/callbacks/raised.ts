import type { MadeChange, NoticeFor } from './notices.ts';
import type { CallbackRules } from './vdn-rules.ts';

/**
 * Who is asked when nobody claims a callback: everybody in the channels of its VDN's digests, a user group there, or one
 * person by a direct message. Where a VDN has no digest any more, only a person can be asked.
 */
export function raisedTo(
  made: readonly MadeChange[],
  placeOf: (about: { teamId: string; vdn: number }) => { rules: CallbackRules; channels: readonly string[] },
): NoticeFor[] {
  return made
    .filter(({ action }) => action === 'raise')
    .flatMap(({ after: callback }): NoticeFor[] => {
      const { rules, channels } = placeOf(callback);
      const to = rules.raise[callback.raised - 1]?.to;
      if (!to) return [];
      const entry = { notice: 'raised' as const, callbackId: callback.id, actorId: null, callback };
      if (to.kind === 'person') return [{ to: to.userId, entry, calls: null }];
      const calls = to.kind === 'group' ? { group: to.groupId } : ('here' as const);
      return channels.map((channel) => ({ to: channel, entry, calls }));
    });
}
