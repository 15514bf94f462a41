import { describe, expect, it } from 'vitest';
import { decodeAction } from '../../../src/slack/messages/actions.ts';
import { listBlocks } from '../../../src/slack/messages/call-list.ts';
import { buttons, callback, english, listPage, OUTBOX_ID, read, row, ZONE } from './examples.ts';

const view = { outboxId: OUTBOX_ID, timeZone: ZONE };
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => row({ callback: callback('open', { id: index + 1 }) }));
const show = (page: Parameters<typeof listPage>[1], count = 10) => {
  const blocks = listBlocks(listPage(rows(count), page), view, english);
  return { lines: read({ blocks }).split('\n'), buttons: buttons({ blocks }) };
};

describe('listBlocks', () => {
  it('says nothing of pages when everything fits', () => {
    const { lines, buttons } = show({}, 10);
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('[Claim next]');
    expect(Object.keys(buttons)).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `claim:${index + 1}`),
      'claim-next:159',
    ]);
  });

  it('offers the next one where more than one caller waits for somebody', () => {
    expect(show({}, 2).lines.at(-1)).toBe('[Claim next]');
    expect(show({}, 1).buttons).not.toHaveProperty('claim-next:159');
    const done = { rowCount: 57 };
    expect(show({ page: 1, pages: 6, list: done, stillOpen: 0 }).lines.at(-1)).toBe('[← Prev] [Next →]');
  });

  it('says whose time the rows show, unless the message does or there are none', () => {
    expect(show({}, 1).lines[0]).toBe('Times below are in your own time zone.');
    const own = listBlocks(listPage(rows(1)), { ...view, ofReader: true }, english);
    expect(read({ blocks: own })).not.toContain('time zone');
    expect(listBlocks(listPage([]), view, english)).toEqual([]);
  });

  it('says where it is and turns both ways from the middle', () => {
    const { lines, buttons } = show({ page: 1, pages: 6, list: { rowCount: 57 } });
    expect(lines.slice(-2)).toEqual(['11–20 of 57', '[← Prev] [Next →] [Claim next]']);
    expect(decodeAction(buttons['page:0'])).toEqual({
      page: 0,
      callbackId: null,
      outboxId: OUTBOX_ID,
    });
    expect(decodeAction(buttons['page:2'])?.page).toBe(2);
  });

  it('does not turn before the first or beyond the last page', () => {
    expect(show({ page: 0, pages: 6, list: { rowCount: 57 } }).lines.slice(-2)).toEqual([
      '1–10 of 57',
      '[Next →] [Claim next]',
    ]);
    expect(show({ page: 5, pages: 6, list: { rowCount: 57 } }, 7).lines.slice(-2)).toEqual([
      '51–57 of 57',
      '[← Prev] [Claim next]',
    ]);
  });
});
