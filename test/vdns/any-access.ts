import fc from 'fast-check';
import type { Access, Holders } from '../../src/vdns/access.ts';
import type { Facts } from '../../src/vdns/decision.ts';

const groups = ['S1', 'S2'];
const channels = ['C1', 'C2'];
const users = ['U1', 'U2'];

const anyHolders: fc.Arbitrary<Holders> = fc.oneof(
  fc.constant({ kind: 'everyone' as const }),
  fc.record({
    kind: fc.constant('some' as const),
    groupIds: fc.subarray(groups),
    userIds: fc.subarray(users),
    channelIds: fc.subarray(channels),
  }),
);

export const anyAccess: fc.Arbitrary<Access> = fc.record({
  see: anyHolders,
  claim: anyHolders,
  manage: anyHolders,
});

/** Somebody, of whom all is known. */
export interface Somebody {
  userId: string;
  channelId: string | null;
  isAdmin: boolean;
  isIn: readonly string[];
}

export const anybody: fc.Arbitrary<Somebody> = fc.record({
  userId: fc.constantFrom(...users, 'U3'),
  channelId: fc.constantFrom(...channels, 'C3', null),
  isAdmin: fc.boolean(),
  isIn: fc.subarray([...groups, ...channels]),
});

/** What is known of them: all but what is `hidden`, where `admin` stands for whether they are one. */
export const factsOf = ({ isIn, ...somebody }: Somebody, hidden: readonly string[] = []): Facts => ({
  ...somebody,
  isAdmin: hidden.includes('admin') ? undefined : somebody.isAdmin,
  isIn: (id) => (hidden.includes(id) ? undefined : isIn.includes(id)),
});

export const anyHidden = fc.subarray([...groups, ...channels, 'admin']);
