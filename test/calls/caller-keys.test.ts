import { describe, expect, it } from 'vitest';
import { identifyCaller } from '../../src/calls/caller.ts';
import { callerKeys } from '../../src/calls/caller-keys.ts';
import { SOCIAL_CHAT } from '../../src/calls/media.ts';

const key = (callerNo: string, country: string | null, mediaType = 5, subMediaType: number | null = null) =>
  identifyCaller({ callerNo, mediaType, subMediaType }, country).key;

describe('the keys of a caller that a person names', () => {
  it.each(['+86 10 8888 0990', '010 8888 0990', '0086 10 88880990', '(010) 88880990'])(
    'are those of every writing of the number: %s',
    (typed) => {
      const keys = callerKeys(typed, 'CN');
      expect(keys).toContain(key('01088880990', 'CN'));
      expect(keys).toContain(key('+861088880990', 'CN'));
      // Stored before anybody said where the VDN is.
      expect(keys).toContain(key('01088880990', null));
    },
  );

  it('are those of an id on any platform, letter by letter', () => {
    const keys = callerKeys(' wxid_AbC ', 'CN');
    expect(keys).toContain(key('wxid_AbC', 'CN', SOCIAL_CHAT, 2));
    expect(keys).toContain(key('wxid_AbC', null, SOCIAL_CHAT, null));
    expect(keys).not.toContain(key('wxid_abc', 'CN', SOCIAL_CHAT, 2));
  });

  it('are none of somebody else, and none where nobody is named', () => {
    expect(callerKeys('+86 10 8888 0990', 'CN')).not.toContain(key('01088880991', 'CN'));
    expect(callerKeys('anonymous', 'CN')).toEqual([]);
    expect(callerKeys('  ', 'CN')).toEqual([]);
  });
});
