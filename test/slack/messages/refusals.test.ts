import { expect, it } from 'vitest';
import { listGone, sharedChannelRefused } from '../../../src/slack/messages/refusals.ts';
import { chinese, english, read } from './examples.ts';

it('says why no numbers are shown, and where to ask instead', () => {
  expect(read(sharedChannelRefused(english))).toMatch(/shared with another organisation.*direct message/);
  expect(read(sharedChannelRefused(chinese))).toContain('私信');
});

it('says that a list is no longer kept', () => {
  expect(read(listGone(english))).toBe('The desk no longer keeps this list. Ask again for a fresh one.');
});
