/**
 * The contact centre's media types and, for social chat, its sub-media types: codes → stable keys, which are translated
 * elsewhere, and the words that people may type → codes. Source: cc-cms-api.md sections 4 and 5.
 */

/** Which of the vendor's two tables of sub-media types counts: 2023 to early 2025, or late 2025 on. */
export type MediaEdition = '2024' | '2025';

/** subMediaType null: any. */
export interface MediaCode {
  mediaType: number;
  subMediaType: number | null;
}

/** The media type of a telephone call. */
export const VOICE = 5;
/** The media type whose platform the sub-media type names. */
export const SOCIAL_CHAT = 53;

const mediaTypes = {
  1: 'text-chat',
  2: 'click-to-dial',
  3: 'escorted-browsing',
  4: 'callback-request',
  [VOICE]: 'voice',
  6: 'email',
  7: 'fax',
  8: 'ip-video',
  9: 'whiteboard',
  10: 'application-sharing',
  11: 'file-transfer',
  12: 'video-2b-d',
  13: 'video-6b-d',
  14: 'ops',
  15: 'predictive-outbound',
  16: 'preview-outbound',
  17: 'message',
  18: 'video-click-to-dial',
  19: 'video',
  20: 'offline',
  21: 'desktop-sharing',
  22: 'skill-queue-number',
  50: 'email-chat',
  51: 'web-chat',
  52: 'sms-chat',
  [SOCIAL_CHAT]: 'social',
  54: 'fax-chat',
  55: 'h5-video',
} as const;

const platformsOfBoth = { 1: 'web', 2: 'whatsapp', 3: 'line', 4: 'wechat', 5: 'messenger', 6: 'x' } as const;
const platforms = {
  '2024': { ...platformsOfBoth, 7: '5g-message', 8: 'email', 9: 'sms' },
  '2025': { ...platformsOfBoth, 7: 'email', 8: 'sms', 9: 'telegram', 10: 'instagram' },
} as const;

type ValueOf<T> = T extends unknown ? T[keyof T] : never;

export type MediaKey = ValueOf<typeof mediaTypes> | ValueOf<ValueOf<typeof platforms>>;

/** The name of a medium: a key to translate, or the code as it came where it is in no table: `99`, or `53/12` for a platform. */
export type MediaName = { key: MediaKey } | { code: string };

/** Names a row's medium; null when the row does not say. */
export function mediaName(
  mediaType: number | null,
  subMediaType: number | null,
  edition: MediaEdition,
): MediaName | null {
  if (mediaType === null) return null;
  if (mediaType === SOCIAL_CHAT && subMediaType !== null) {
    const key = entry(platforms[edition], subMediaType);
    return key ? { key } : { code: `${mediaType}/${subMediaType}` };
  }
  const key = entry(mediaTypes, mediaType);
  return key ? { key } : { code: String(mediaType) };
}

/** Media whose callers are telephone numbers; a medium that is absent or in no table may be one. */
export const isPhoneMedium = (mediaType: number | null): boolean =>
  mediaType === null || phoneMedia.has(mediaType) || entry(mediaTypes, mediaType) === undefined;

const phoneMedia: ReadonlySet<number> = new Set([2, 4, 5, 8, 12, 13, 14, 15, 16, 18, 19, 22, 55]);

/** The words for `media …`, in lower case, each with the codes it stands for. */
export function mediaWords(edition: MediaEdition): ReadonlyMap<string, readonly MediaCode[]> {
  const words = new Map<string, MediaCode[]>();
  const add = (word: string, codes: readonly MediaCode[]) =>
    words.set(word, [...(words.get(word) ?? []), ...codes]);

  for (const [code, key] of Object.entries(mediaTypes))
    add(key, [{ mediaType: Number(code), subMediaType: null }]);
  for (const [code, key] of Object.entries(platforms[edition])) {
    add(key, [{ mediaType: SOCIAL_CHAT, subMediaType: Number(code) }]);
  }
  for (const [word, keys] of Object.entries(otherWords)) {
    const codes = keys.flatMap((key) => words.get(key) ?? []);
    if (codes.length > 0) add(word, codes);
  }
  return words;
}

/** What people say instead of, or besides, a key, in this order: a word that is a key too stands for both from then on. */
const otherWords: Readonly<Record<string, readonly MediaKey[]>> = {
  call: ['voice'],
  phone: ['voice'],
  chat: ['text-chat', 'web-chat', 'web'],
  callback: ['callback-request'],
  email: ['email-chat'],
  mail: ['email'],
  fax: ['fax-chat'],
  sms: ['sms-chat'],
  video: ['ip-video', 'video-2b-d', 'video-6b-d', 'video-click-to-dial', 'h5-video'],
  weixin: ['wechat'],
  facebook: ['messenger'],
  twitter: ['x'],
  '5g': ['5g-message'],
};

const entry = <V>(table: Readonly<Record<number, V>>, code: number): V | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;
