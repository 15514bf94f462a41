import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Holders, OPEN_ACCESS, RIGHTS } from '../../src/vdns/access.ts';
import { decide, decideAdministers, mayReceive, whoAdministers, whoMay } from '../../src/vdns/decision.ts';
import { anyAccess, anybody, anyHidden, factsOf, type Somebody } from './any-access.ts';

const some = (ids: Partial<Extract<Holders, { kind: 'some' }>>): Holders => ({
  kind: 'some',
  groupIds: [],
  userIds: [],
  channelIds: [],
  ...ids,
});
const stranger: Somebody = { userId: 'U3', channelId: null, isAdmin: false, isIn: [] };
const anyRight = fc.constantFrom(...RIGHTS);

describe('who may do what', () => {
  it('is everybody and everything where nothing is set, but for giving rights', () => {
    for (const right of RIGHTS) expect(decide(OPEN_ACCESS, right, factsOf(stranger))).toBe('yes');
    expect(decideAdministers(OPEN_ACCESS, factsOf(stranger))).toBe('no');
    expect(decideAdministers(OPEN_ACCESS, factsOf({ ...stranger, isAdmin: true }))).toBe('yes');
  });

  it('is narrowed by who may see, whatever else is left open', () => {
    const access = { ...OPEN_ACCESS, see: some({ userIds: ['U1'] }) };
    for (const right of RIGHTS) {
      expect(decide(access, right, factsOf(stranger))).toBe('no');
      expect(decide(access, right, factsOf({ ...stranger, userId: 'U1' }))).toBe('yes');
    }
  });

  it('lets those see and claim who are named to manage', () => {
    const access = { see: some({ userIds: ['U1'] }), claim: some({}), manage: some({ groupIds: ['S1'] }) };
    const manager = factsOf({ ...stranger, isIn: ['S1'] });
    for (const right of RIGHTS) expect(decide(access, right, manager)).toBe('yes');
    expect(decide(access, 'claim', factsOf({ ...stranger, userId: 'U1' }))).toBe('no');
  });

  it('counts a channel for who acts in it, and for its members elsewhere', () => {
    const access = { ...OPEN_ACCESS, claim: some({ channelIds: ['C1'] }) };
    expect(decide(access, 'claim', factsOf({ ...stranger, channelId: 'C1' }))).toBe('yes');
    expect(decide(access, 'claim', factsOf({ ...stranger, isIn: ['C1'] }))).toBe('yes');
    expect(decide(access, 'claim', factsOf({ ...stranger, channelId: 'C2' }))).toBe('no');
  });

  it('gives whoever has a right those before it', () => {
    fc.assert(
      fc.property(anyAccess, anybody, (access, somebody) => {
        const has = RIGHTS.map((right) => decide(access, right, factsOf(somebody)) === 'yes');
        expect(has).toEqual(has.toSorted((a, b) => Number(b) - Number(a)));
        if (decideAdministers(access, factsOf(somebody)) === 'yes') expect(has).not.toContain(false);
      }),
    );
  });

  it('gives admins everything', () => {
    fc.assert(
      fc.property(anyAccess, anybody, anyRight, (access, somebody, right) => {
        const admin = factsOf({ ...somebody, isAdmin: true });
        expect(decide(access, right, admin)).toBe('yes');
        expect(decideAdministers(access, admin)).toBe('yes');
      }),
    );
  });

  it('is never a guess: what is learnt later changes neither a yes nor a no', () => {
    fc.assert(
      fc.property(anyAccess, anybody, anyRight, anyHidden, (access, somebody, right, hidden) => {
        const later = decide(access, right, factsOf(somebody));
        expect(later).not.toBe('unknown');
        expect([later, 'unknown']).toContain(decide(access, right, factsOf(somebody, hidden)));
        const administers = decideAdministers(access, factsOf(somebody));
        expect([administers, 'unknown']).toContain(decideAdministers(access, factsOf(somebody, hidden)));
      }),
    );
  });

  it('widens for nobody when somebody is left out', () => {
    const emptied = fc.tuple(anyAccess, anyRight).map(([access, right]) => ({
      before: access,
      after: { ...access, [right]: some({}) },
    }));
    fc.assert(
      fc.property(emptied, anybody, anyRight, ({ before, after }, somebody, right) => {
        const had = decide(before, right, factsOf(somebody));
        if (had === 'no') expect(decide(after, right, factsOf(somebody))).toBe('no');
      }),
    );
  });

  it('is the same as who is said to be asked', () => {
    fc.assert(
      fc.property(anyAccess, anybody, anyRight, (access, { isAdmin: _, ...somebody }, right) => {
        const facts = factsOf({ ...somebody, isAdmin: false });
        const named = (holders: Holders) =>
          holders.kind === 'everyone' ||
          holders.userIds.includes(facts.userId) ||
          (facts.channelId !== null && holders.channelIds.includes(facts.channelId)) ||
          [...holders.groupIds, ...holders.channelIds].some((id) => facts.isIn(id));
        expect(decide(access, right, facts)).toBe(named(whoMay(access, right)) ? 'yes' : 'no');
        expect(decideAdministers(access, facts)).toBe(named(whoAdministers(access)) ? 'yes' : 'no');
      }),
    );
  });
});

describe('a channel', () => {
  it('may show what whoever acts in it may see', () => {
    fc.assert(
      fc.property(anyAccess, fc.constantFrom('C1', 'C2', 'C3'), (access, channelId) => {
        const there = factsOf({ ...stranger, channelId });
        expect(mayReceive(access, channelId)).toBe(decide(access, 'see', there) === 'yes');
      }),
    );
  });
});
