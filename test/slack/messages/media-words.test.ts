import { expect, it } from 'vitest';
import { createI18n } from '../../../src/slack/i18n.ts';
import { mediaWord } from '../../../src/slack/messages/media-words.ts';
import { english } from './examples.ts';

it('names media and the platforms of social chat', () => {
  expect(mediaWord({ mediaType: 5, subMediaType: null }, english)).toBe('voice');
  expect(mediaWord({ mediaType: 53, subMediaType: 2 }, english)).toBe('WhatsApp');
  expect(mediaWord({ mediaType: 53, subMediaType: null }, english)).toBe('social chat');
});

it('reads a code by the edition of the contact centre', () => {
  const later = createI18n({ mediaEdition: '2025' }).forLocale('en-US');
  expect(mediaWord({ mediaType: 53, subMediaType: 9 }, english)).toBe('SMS');
  expect(mediaWord({ mediaType: 53, subMediaType: 9 }, later)).toBe('Telegram');
});

it('shows codes that nobody knows, and nothing for none', () => {
  expect(mediaWord({ mediaType: 99, subMediaType: null }, english)).toBe('media 99');
  expect(mediaWord({ mediaType: 53, subMediaType: 77 }, english)).toBe('media 53/77');
  expect(mediaWord({ mediaType: null, subMediaType: 2 }, english)).toBeUndefined();
});
