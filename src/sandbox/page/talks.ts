import type { ContactCentre } from '../cms/server.ts';

/** What may become of the caller who was missed last, in the contact centre: no part of the desk's. */
export const WAYS_TO_TALK = ['called', 'rang-again', 'too-short'] as const;
export type WayToTalk = (typeof WAYS_TO_TALK)[number];

const PHONE_NUMBER = /^\d{5,15}$/;

/**
 * Lets it happen to the caller of the VDN who was missed last, right after that. When it ends (epoch ms), which may be later
 * than now. Throws an Error where nobody with a telephone number was missed.
 */
export function letTalk(
  { calls, talks }: Pick<ContactCentre, 'calls' | 'talks'>,
  vdn: number,
  how: WayToTalk,
): number {
  const missed = calls
    .list(vdn)
    .find(({ callerNo, mediaType }) => mediaType === 5 && PHONE_NUMBER.test(callerNo));
  if (!missed) throw new Error('Nobody with a telephone number was missed there yet');
  const number = missed.callerNo;
  const beganAt = missed.callEndAt + 1000;
  const talk =
    how === 'rang-again'
      ? talks.answer({ vdn, callerNo: number, talkMs: 90_000, beganAt })
      : talks.callOut({ vdn, calleeNo: number, talkMs: how === 'called' ? 120_000 : 4_000, beganAt });
  return talk.endedAt;
}
