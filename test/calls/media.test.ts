import { describe, expect, it } from 'vitest';
import { isPhoneMedium, mediaName, mediaWords } from '../../src/calls/media.ts';

describe('the name of a medium', () => {
  it('is the documented type', () => {
    expect(mediaName(5, null, '2024')).toEqual({ key: 'voice' });
    expect(mediaName(22, null, '2024')).toEqual({ key: 'skill-queue-number' });
    expect(mediaName(55, null, '2025')).toEqual({ key: 'h5-video' });
  });

  it('is the platform in social chat, and social chat where none is said', () => {
    expect(mediaName(53, 2, '2024')).toEqual({ key: 'whatsapp' });
    expect(mediaName(53, null, '2024')).toEqual({ key: 'social' });
  });

  it('ignores a sub-media type elsewhere', () => {
    expect(mediaName(5, 2, '2024')).toEqual({ key: 'voice' });
  });

  it.each([
    [7, '5g-message', 'email'],
    [8, 'email', 'sms'],
    [9, 'sms', 'telegram'],
  ])('follows the edition where the two tables disagree: %i', (code, in2024, in2025) => {
    expect(mediaName(53, code, '2024')).toEqual({ key: in2024 });
    expect(mediaName(53, code, '2025')).toEqual({ key: in2025 });
  });

  it('is the code as it came where no table has it', () => {
    expect(mediaName(99, null, '2024')).toEqual({ code: '99' });
    expect(mediaName(53, 10, '2024')).toEqual({ code: '53/10' });
    expect(mediaName(53, 10, '2025')).toEqual({ key: 'instagram' });
    expect(mediaName(23, null, '2024')).toEqual({ code: '23' });
  });

  it('is nothing where the row says nothing', () => {
    expect(mediaName(null, null, '2024')).toBeNull();
  });
});

describe('the words for a medium', () => {
  const words = mediaWords('2024');

  it('are its codes', () => {
    expect(words.get('voice')).toEqual([{ mediaType: 5, subMediaType: null }]);
    expect(words.get('whatsapp')).toEqual([{ mediaType: 53, subMediaType: 2 }]);
    expect(words.get('twitter')).toEqual(words.get('x'));
  });

  it('reach every medium that people mean by them', () => {
    expect(words.get('email')).toEqual([
      { mediaType: 6, subMediaType: null },
      { mediaType: 53, subMediaType: 8 },
      { mediaType: 50, subMediaType: null },
    ]);
    expect(words.get('mail')).toEqual(words.get('email'));
    expect(words.get('video')?.map((code) => code.mediaType)).toEqual([19, 8, 12, 13, 18, 55]);
  });

  it('follow the edition', () => {
    expect(words.get('telegram')).toBeUndefined();
    expect(words.get('5g')).toEqual([{ mediaType: 53, subMediaType: 7 }]);
    expect(mediaWords('2025').get('telegram')).toEqual([{ mediaType: 53, subMediaType: 9 }]);
    expect(mediaWords('2025').get('5g')).toBeUndefined();
  });

  it('are lower-case, without spaces', () => {
    const all = new Set([...words.keys(), ...mediaWords('2025').keys()]);
    expect([...all].filter((word) => !/^[a-z0-9-]+$/.test(word))).toEqual([]);
  });
});

it('takes voice and video for telephone numbers, and what it does not know; not chat, mail and fax', () => {
  expect([null, 5, 19, 99].map(isPhoneMedium)).toEqual([true, true, true, true]);
  expect([1, 6, 7, 50, 51, 52, 53, 54].filter(isPhoneMedium)).toEqual([]);
});
