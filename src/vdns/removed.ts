/** kind `vdn-removed`: to a channel whose digest of the VDN ends with it, or to whoever had claimed some of its callbacks. */
export const VDN_REMOVED = 'vdn-removed';

/** As data (JSON). */
export interface VdnRemovedData {
  vdn: { number: number; name: string | null };
  /** Who removed it (Slack user id). */
  actorId: string;
  about: { subscriptionNumber: number } | { callbacks: number };
}
