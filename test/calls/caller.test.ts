import { describe, expect, it } from 'vitest';
import { displayCaller, identifyCaller } from '../../src/calls/caller.ts';

const VOICE = { mediaType: 5, subMediaType: null };
const voice = (callerNo: string) => ({ callerNo, ...VOICE });
const key = (callerNo: string, country: string | null = null) => identifyCaller(voice(callerNo), country).key;

describe('who called', () => {
  it.each([
    '+86 138-0013-8000',
    '008613800138000',
    '8613800138000',
    '13800138000',
    '013800138000',
    ' 138 0013 8000 ',
    '(+86) 138.0013.8000',
  ])('is one caller in China however the number is written: %s', (callerNo) => {
    expect(key(callerNo, 'CN')).toBe('tel:+8613800138000');
  });

  it('is one caller in Brazil with and without the trunk prefix and the carrier', () => {
    const written = ['+5511988880000', '11988880000', '011988880000', '01511988880000', '5511988880000'];
    expect(new Set(written.map((callerNo) => key(callerNo, 'BR')))).toEqual(new Set(['tel:+5511988880000']));
  });

  it('is one caller also for numbers of the country that are in no numbering plan', () => {
    expect(key('88880990', 'CN')).toBe('num:88880990');
    expect(key('+8688880990', 'CN')).toBe('num:88880990');
  });

  it('knows a full number without knowing a country', () => {
    expect(key('+44 20 7946 0123')).toBe('tel:+442079460123');
    expect(key('00442079460123')).toBe('tel:+442079460123');
    expect(key('00442079460123', 'US')).toBe('tel:+442079460123');
  });

  it('compares digits where the country is not known', () => {
    expect(key('138 0013-8000')).toBe('num:13800138000');
    expect(key('13800138000', 'ZZ')).toBe('num:13800138000');
  });

  it('compares the digits of internal and service numbers', () => {
    expect(key('8001', 'CN')).toBe('num:8001');
  });

  it.each([
    '',
    '  ',
    'anonymous',
    'Anonymous',
    'UNKNOWN',
    'withheld',
    'private',
    'unavailable',
    'null',
    '-',
    '+',
    '000',
  ])('is not known where the number is %j', (callerNo) => {
    expect(key(callerNo, 'CN')).toBeNull();
    expect(displayCaller(voice(callerNo), 'CN')).toEqual({ kind: 'withheld', text: '', e164: null });
    expect(identifyCaller({ callerNo, mediaType: 53, subMediaType: 2 }, null).key).toBeNull();
  });

  it('is a user of a platform in social chat, even where the id looks like a number', () => {
    const documented = { callerNo: '88880990', mediaType: 53, subMediaType: 1 };
    expect(identifyCaller(documented, 'CN').key).toBe('social:1:88880990');
    const dialable = { callerNo: '+8613800138000', mediaType: 53, subMediaType: 2 };
    expect(identifyCaller(dialable, 'CN').key).toBe('social:2:+8613800138000');
    expect(displayCaller(dialable, 'CN')).toEqual({ kind: 'social', text: '+8613800138000', e164: null });
    expect(identifyCaller({ ...dialable, subMediaType: null }, 'CN').key).toBe('social:?:+8613800138000');
  });

  it('tells the same id on two platforms apart', () => {
    const on = (subMediaType: number) =>
      identifyCaller({ callerNo: '4711', mediaType: 53, subMediaType }, null).key;
    expect(on(2)).not.toBe(on(3));
  });

  it('is an id of its medium for mail, fax and other chats', () => {
    const mail = { callerNo: 'ana@example.com', mediaType: 6, subMediaType: null };
    expect(identifyCaller(mail, 'CN').key).toBe('id:6:ana@example.com');
    expect(displayCaller(mail, 'CN')).toEqual({ kind: 'other', text: 'ana@example.com', e164: null });
    expect(identifyCaller({ callerNo: '13800138000', mediaType: 51, subMediaType: null }, 'CN').key).toBe(
      'id:51:13800138000',
    );
  });

  it('is a number without a media type, or with one that nobody knows, where it looks like one', () => {
    expect(identifyCaller({ callerNo: '13800138000', mediaType: null, subMediaType: null }, 'CN').key).toBe(
      'tel:+8613800138000',
    );
    expect(identifyCaller({ callerNo: '13800138000', mediaType: 99, subMediaType: null }, 'CN').key).toBe(
      'tel:+8613800138000',
    );
    const user = { callerNo: '1659960139858526939', mediaType: null, subMediaType: null };
    expect(identifyCaller(user, 'CN').key).toBe('id:?:1659960139858526939');
    expect(displayCaller(user, 'CN').kind).toBe('other');
  });

  it('keeps callers apart whose numbers differ, thousands of them', () => {
    const numbers = Array.from({ length: 12_000 }, (_, n) => `138${String(10_000_000 + n)}`);
    expect(new Set(numbers.map((callerNo) => key(callerNo, 'CN'))).size).toBe(numbers.length);
  });
});

describe('how a caller is shown', () => {
  it('is the international form of a valid number, which can be dialled', () => {
    expect(displayCaller(voice('01088880000'), 'CN')).toEqual({
      kind: 'phone',
      text: '+86 10 8888 0000',
      e164: '+861088880000',
    });
  });

  it('is the number as it came where it is not known to be valid', () => {
    expect(displayCaller(voice(' 8888 0990 '), 'CN')).toEqual({
      kind: 'phone',
      text: '8888 0990',
      e164: null,
    });
  });
});
