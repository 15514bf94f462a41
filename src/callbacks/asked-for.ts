import type { MadeChange, NoticeEntry, NoticeFor } from './notices.ts';
import type { CallbackRules } from './vdn-rules.ts';

/** Where a VDN's callbacks are. */
export interface Place {
  rules: CallbackRules;
  /** Where its digests go. */
  channels: readonly string[];
}

/**
 * Whom the desk asks for help with a callback. One that nobody claims: everybody in the channels of its VDN's digests, a
 * user group there, or one person by a direct message. One that came back from its owner: the channels are told, and nobody
 * is called. Of what only a question has told, channels do not hear.
 */
export function askedFor(
  made: readonly MadeChange[],
  placeOf: (about: { teamId: string; vdn: number }) => Place,
): NoticeFor[] {
  return made.flatMap(({ action, after }): NoticeFor[] => {
    const entry = (notice: 'raised' | 'back'): NoticeEntry => ({
      notice,
      callbackId: after.id,
      actorId: null,
    });
    const { rules, channels } = placeOf(after);
    if (action === 'return' && after.openedBy === 'digest')
      return channels.map((to) => ({ to, ...entry('back'), calls: null }));
    if (action !== 'raise') return [];
    const to = rules.raise[after.raised - 1]?.to;
    if (!to) return [];
    if (to.kind === 'person') return [{ to: to.userId, ...entry('raised'), calls: null }];
    const calls = to.kind === 'group' ? { group: to.groupId } : ('here' as const);
    return channels.map((channel) => ({ to: channel, ...entry('raised'), calls }));
  });
}
