import { describe, expect, it } from 'vitest';
import { parseTokenKeys, type TokenKey } from '../../src/config/token-keys.ts';
import { createSeal, SealError } from '../../src/storage/token-seal.ts';
import { NEW_KEY, OLD_KEY } from './token-keys.ts';

const keys = (text: string): TokenKey[] => {
  const { keys: read, problem } = parseTokenKeys(text);
  if (problem) throw new Error(problem);
  return read;
};
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof SealError) return error.code;
    throw error;
  }
  return 'opened';
};

describe('a sealed token', () => {
  const seal = createSeal(keys(NEW_KEY));

  it('is what it was when it is opened, and nothing of it is seen before', () => {
    const sealed = seal.close('xoxb-1-secret', 'T1');
    expect(sealed).not.toContain('secret');
    expect(seal.open(sealed, 'T1')).toBe('xoxb-1-secret');
  });

  it('is sealed differently each time', () => {
    expect(seal.close('same', 'T1')).not.toBe(seal.close('same', 'T1'));
  });

  it('opens nowhere else: a row that is copied to another workspace gives nothing', () => {
    expect(codeOf(() => seal.open(seal.close('xoxb-1', 'T1'), 'T2'))).toBe('broken');
  });

  it('does not open once any character of it was changed, or cut off', () => {
    const sealed = seal.close('xoxb-1-secret', 'T1');
    for (let at = 0; at < sealed.length; at += 1) {
      // The last character of base64 may carry bits that say nothing: two steps further it is another one for sure.
      const other = sealed[at] === 'A' ? 'g' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(
        codeOf(() => seal.open(changed, 'T1')),
        `at ${at}`,
      ).not.toBe('opened');
      expect(
        codeOf(() => seal.open(sealed.slice(0, at), 'T1')),
        `up to ${at}`,
      ).not.toBe('opened');
    }
  });

  it('opens with a former key, and is known to be of a former one', () => {
    const before = createSeal(keys(OLD_KEY)).close('xoxb-1', 'T1');
    const both = createSeal(keys(`${NEW_KEY},${OLD_KEY}`));
    expect(both.open(before, 'T1')).toBe('xoxb-1');
    expect(both.isCurrent(before)).toBe(false);
    expect(both.isCurrent(both.close('xoxb-1', 'T1'))).toBe(true);
  });

  it('names the setting where its key is not given', () => {
    const before = createSeal(keys(OLD_KEY)).close('xoxb-1', 'T1');
    expect(codeOf(() => seal.open(before, 'T1'))).toBe('unknown-key');
    expect(() => seal.open(before, 'T1')).toThrow('TOKEN_KEY');
  });
});
