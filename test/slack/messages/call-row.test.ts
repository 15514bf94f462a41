import { describe, expect, it } from 'vitest';
import type { ReachProof } from '../../../src/calls/reached.ts';
import { decodeAction } from '../../../src/slack/messages/actions.ts';
import { callRow, type RowPlace } from '../../../src/slack/messages/call-row.ts';
import {
  at,
  buttons,
  callback,
  calledOut,
  chinese,
  english,
  OUTBOX_ID,
  phone,
  rangAgain,
  read,
  row,
  ZONE,
} from './examples.ts';

const place: RowPlace = { page: 3, outboxId: OUTBOX_ID, timeZone: ZONE };
const show = (one: Parameters<typeof row>[0], context = english) => {
  const blocks = callRow(row(one), place, context);
  return { blocks, lines: read({ blocks }).split('\n'), buttons: buttons({ blocks }) };
};

describe('callRow', () => {
  it('says who called, when, how long they waited, on which number and channel', () => {
    expect(show({}).lines).toEqual([
      '*+86 10 8888 0990*',
      '2026-11-23 09:12 · waited 12 s · called 31045665 [Claim]',
    ]);
  });

  it('says how often, the longest wait and the latest time of somebody who called several times', () => {
    const { lines } = show({ figures: { calls: 3, longestWaitMs: 72_000 }, laterCalls: 1 });
    expect(lines).toEqual([
      '*+86 10 8888 0990* · 3 calls · +1 since',
      'latest 2026-11-23 09:12 · longest wait 1 min 12 s · called 31045665 [Claim]',
    ]);
  });

  it('names the channels of somebody with a number only where they did not just telephone', () => {
    const voice = { mediaType: 5, subMediaType: null };
    const video = { mediaType: 19, subMediaType: null };
    expect(show({ figures: { media: [video] } }).lines[1]).toContain(' · video');
    expect(show({ figures: { media: [voice, video] } }).lines[1]).toContain(' · voice, video');
    expect(show({ caller: { kind: 'other', text: 'x', e164: null } }).lines[0]).toContain('answer on voice');
  });

  it("shows the time in each reader's zone, and the date, which may be another there", () => {
    expect(JSON.stringify(show({}).blocks)).toContain(
      `<!date^${at('09:12') / 1000}^{date_short_pretty} {time} · {ago}|2026-11-23 09:12>`,
    );
  });

  it('offers Claim for an open callback, and says nothing of its state', () => {
    const { buttons, lines } = show({});
    expect(lines).toHaveLength(2);
    expect(Object.keys(buttons)).toEqual(['claim:7']);
    expect(decodeAction(buttons['claim:7'])).toEqual({
      page: 3,
      callbackId: 7,
      outboxId: OUTBOX_ID,
    });
  });

  it('shows who has it since when, and offers to log the result', () => {
    const { lines, buttons } = show({ callback: callback('claimed') });
    expect(lines[2]).toBe('📞 Claimed by <@U0ANA> since 2026-11-23 14:03 [Log result]');
    expect(Object.keys(buttons)).toEqual(['log:7']);
  });

  it('says by when somebody is to call back, and first of all where it is late', () => {
    const due = { at: at('10:12'), overdue: false };
    expect(show({ due }).lines[2]).toBe('due by 2026-11-23 10:12 [Claim]');
    const claimed = { callback: callback('claimed'), due: { ...due, overdue: true } };
    expect(show(claimed).lines[2]).toBe(
      '🔴 *Overdue* since 2026-11-23 10:12 · 📞 Claimed by <@U0ANA> since 2026-11-23 14:03 [Log result]',
    );
    expect(show(claimed, chinese).lines[2]).toContain('🔴 *已超时* ，应在 2026-11-23 10:12 前回电 · 📞');
  });

  it('says how long ago it was while somebody is to call back', () => {
    const ago = (one: Parameters<typeof row>[0]) => JSON.stringify(show(one).blocks).includes('{ago}');
    expect([ago({}), ago({ callback: callback('claimed') }), ago({ callback: callback('done') })]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('has the last note, in short, whatever became of it', () => {
    const note = `asks for ${'x'.repeat(90)}`;
    for (const state of ['open', 'claimed', 'done'] as const)
      expect(show({ callback: callback(state, { note }) }).lines[2]).toMatch(/“asks for x{50}…”/);
  });

  it('says what was tried, and when it is tried again', () => {
    const tried = { attempts: 2, lastAttempt: 'no-answer' as const, dueAt: at('15:00') };
    expect(show({ callback: callback('claimed', tried) }).lines[2]).toBe(
      '📞 Claimed by <@U0ANA> since 2026-11-23 14:03 · tried 2 times · again 2026-11-23 15:00 [Log result]',
    );
    expect(show({ callback: callback('open', { attempts: 1 }) }).lines[2]).toBe('tried once [Claim]');
  });

  it('shows who did it and when, and offers Undo', () => {
    const { lines, buttons } = show({ callback: callback('done') });
    expect(lines.slice(2)).toEqual(['✓ Done by <@U0ANA>, 2026-11-23 14:20', '[Undo] [History]']);
    expect(Object.keys(buttons)).toEqual(['undo:7', 'history:7']);
  });

  it('shows what came of it, with the note, and nothing to undo where nobody called back', () => {
    const reached = callback('done', { outcome: 'reached', note: 'pays on <Friday>' });
    expect(show({ callback: reached }).lines[2]).toBe(
      '✓ Reached by <@U0ANA>, 2026-11-23 14:20 · “pays on &lt;Friday&gt;”',
    );
    const expired = callback('done', { outcome: 'expired', ownerId: null });
    expect(show({ callback: expired }).lines[2]).toBe('Never called back, closed 2026-11-23 14:20 [History]');
    const removed = callback('done', { outcome: 'vdn-removed', ownerId: null });
    expect(show({ callback: removed }).lines[2]).toBe(
      'Closed 2026-11-23 14:20: its VDN was removed from the desk [History]',
    );
  });

  it('says by which call the desk knows that somebody was reached, which anybody may take back', () => {
    const linesOf = (proof: ReachProof, context = english) =>
      show({ callback: callback('done', { ownerId: null, proof }) }, context).lines[2];
    expect(linesOf(calledOut)).toBe('✓ Reached: somebody called them, 2026-11-23 14:15, talked 1 min 35 s');
    expect(linesOf(rangAgain)).toBe('✓ Reached: they rang again and were answered, 2026-11-23 14:15');
    expect(linesOf(calledOut, chinese)).toContain('✓ 已联系上：2026-11-23 14:15 已有人回拨，通话 ');
  });

  it('offers nothing for a call that is too old', () => {
    const { lines, buttons } = show({ callback: null, unclaimable: 'too-old' });
    expect(lines[2]).toBe('too old to call back');
    expect(buttons).toEqual({});
  });

  it('offers nothing for calls without a number', () => {
    const { lines, buttons } = show({
      caller: { kind: 'withheld', text: '', e164: null },
      callback: null,
      unclaimable: 'no-number',
      figures: { calls: 2 },
    });
    expect(lines[0]).toBe('*No number shown* · 2 calls');
    expect(buttons).toEqual({});
  });

  it('names the platform beside a social id, once', () => {
    const { lines } = show({
      caller: { kind: 'social', text: '1659960139858526939', e164: null },
      figures: { media: [{ mediaType: 53, subMediaType: 2 }] },
    });
    expect(lines).toEqual([
      '*1659960139858526939* · answer on WhatsApp',
      '2026-11-23 09:12 · waited 12 s · called 31045665 [Claim]',
    ]);
  });

  it('shows codes that nobody knows as they are, and no channel where the contact centre names none', () => {
    expect(show({ figures: { media: [{ mediaType: 99, subMediaType: null }] } }).lines[1]).toContain(
      'media 99',
    );
    expect(show({ figures: { media: [{ mediaType: null, subMediaType: null }] } }).lines[1]).toBe(
      '2026-11-23 09:12 · waited 12 s · called 31045665 [Claim]',
    );
  });

  it('counts called numbers that do not fit', () => {
    const calleeNos = ['31045665', '31045666', '', '31045667', '31045668'];
    expect(show({ figures: { calleeNos } }).lines[1]).toContain('called 31045665, 31045666, +2 more');
  });

  it('says to a screen reader which caller a button is for', () => {
    const [section] = show({ caller: phone('+44 <20> 7946 0000') }).blocks;
    expect(section).toMatchObject({ accessory: { accessibility_label: 'Claim +44 &lt;20&gt; 7946…' } });
  });

  it('says all of it in Chinese too', () => {
    const { lines } = show({ figures: { calls: 2 }, callback: callback('claimed') }, chinese);
    expect(lines).toEqual([
      '*+86 10 8888 0990* · 2 次来电',
      '最近 2026-11-23 09:12 · 最长等待 12 秒 · 被叫 31045665',
      '📞 <@U0ANA> 自 2026-11-23 14:03 起认领 [记录结果]',
    ]);
  });
});
