import { expect, it } from 'vitest';
import { filterWords } from '../../../src/slack/messages/filter-words.ts';
import { chinese, english } from './examples.ts';

it('says nothing of a filter that leaves nothing out', () =>
  expect(filterWords({}, english)).toBeUndefined());

it('repeats every part in words', () => {
  const filter = {
    caller: '8888*',
    callee: '31045665',
    media: [
      { mediaType: 53, subMediaType: 2 },
      { mediaType: 5, subMediaType: null },
    ],
    waitOverMs: 90_000,
    state: 'claimed' as const,
  };
  expect(filterWords(filter, english)).toBe(
    'Only: caller `8888*`, called number `31045665`, WhatsApp, voice, waited over 1 min 30 s, claimed',
  );
  expect(filterWords(filter, chinese)).toBe(
    '仅限：主叫 `8888*` 、被叫 `31045665` 、WhatsApp、语音、等待超过 1 分 30 秒、已认领',
  );
});

it('says a channel once, however many codes it has, and counts those that do not fit', () => {
  const media = [5, 5, 1, 2, 3, 4, 7].map((mediaType) => ({ mediaType, subMediaType: null }));
  expect(filterWords({ media }, english)).toBe(
    'Only: voice, text chat, click-to-dial, escorted browsing, +2 more',
  );
});

it('escapes what was typed', () =>
  expect(filterWords({ caller: '<!here>' }, english)).toBe('Only: caller `&lt;!here&gt;`'));
