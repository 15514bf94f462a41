import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerMessage } from '../../../src/slack/messages/answer.ts';
import { problemsOf } from '../limits-checker.ts';
import { anyAnswer, anyContext, anyListPage, userId } from './arbitraries.ts';
import { answer, at, callback, chinese, english, listPage, OUTBOX_ID, read, ready, row } from './examples.ts';

const inChannel = { outboxId: OUTBOX_ID, private: false, inviteBotId: null };
const inPrivate = { outboxId: null, private: true, inviteBotId: null };

describe('answerMessage', () => {
  it('says which VDN, which range and whose zone, the figures, the callers and who asked', () => {
    const message = answerMessage(ready(), listPage([row()]), inChannel, english);
    expect(read(message).split('\n')).toEqual([
      '*Missed calls: Support (VDN 159)*',
      "Today, Mon 23 Nov, 00:00–14:03 Asia/Shanghai (the VDN's time)",
      '1 call from 1 caller · longest wait 12 s · 1 still open [Ask more]',
      'Times below are in your own time zone.',
      '*+86 10 8888 0990*',
      '2026-11-23 09:12 · waited 12 s · called 31045665 [Claim]',
      'Asked by <@U0LIWEI>: `/missed vdn 159 today`',
    ]);
  });

  it('puts the news before the range in the notification, and no number of a caller at all', () => {
    const { text } = answerMessage(ready(), listPage([row()]), inChannel, english);
    expect(text.split('\n').slice(0, 2)).toEqual([
      'Missed calls: Support (VDN 159)',
      '1 call from 1 caller · longest wait 12 s · 1 still open',
    ]);
    expect(text).not.toContain('8888');
  });

  it('names callers in brief, or none, when Slack has refused it as too large', () => {
    const rows = Array.from({ length: 7 }, (_, index) =>
      row({ callback: callback('open', { id: index + 1 }) }),
    );
    const page = listPage(rows, { list: { rowCount: 7 } });
    const brief = read(answerMessage(ready(), page, { ...inChannel, shrunk: 1 }, english)).split('\n');
    expect(brief.filter((line) => line.endsWith('[Claim]'))).toHaveLength(5);
    expect(brief).toContain('and 2 more: `/missed vdn 159 today`');
    const words = answerMessage(ready(), page, { ...inChannel, shrunk: 2 }, english);
    expect(words.blocks).toEqual([]);
    expect(words.text).toContain('7 calls from 7 callers');
    expect(words.text).toContain('To ask again: `/missed vdn 159 today`');
    expect(words.text).not.toContain('8888');
  });

  it('says it in Chinese', () => {
    const lines = read(answerMessage(ready(), listPage([row()]), inChannel, chinese));
    expect(lines).toContain('未接来电：Support (VDN 159)');
    expect(lines).toContain('[认领]');
  });

  it('speaks of "your time" only to the asker alone', () => {
    const data = ready();
    const asked = { ...data, range: { ...data.range, zoneOf: 'asker' as const } };
    expect(read(answerMessage(asked, listPage([]), inPrivate, english))).toContain('(your time)');
    expect(read(answerMessage(asked, listPage([]), inChannel, english))).toContain("(the asker's time)");
  });

  it('repeats the filters in words', () => {
    const page = listPage([row()], {
      list: { filter: { caller: '8888*', waitOverMs: 30_000, state: 'open' } },
    });
    expect(read(answerMessage(ready(), page, inChannel, english))).toContain(
      'Only: caller `8888*`, waited over 30 s, open',
    );
  });

  it('is glad when there are none', () => {
    expect(read(answerMessage(ready(), listPage([]), inChannel, english))).toContain('No missed calls. 🎉');
  });

  it.each([
    ['the contact centre did not answer', { stale: { code: 'unreachable' as const, asOfAt: at('13:00') } }],
    ['rows could not be read', { malformed: 2 }],
    ['pages kept moving', { complete: false }],
  ])('is not glad of none when %s', (_, status) => {
    const lines = read(answerMessage(ready(status), listPage([]), inChannel, english));
    expect(lines).not.toContain('🎉');
    expect(lines).toContain('⚠️');
  });

  it('is not glad of none when a filter left the rest out', () => {
    const page = listPage([], { list: { filter: { state: 'done' } } });
    expect(read(answerMessage(ready(), page, inChannel, english))).toContain('No missed calls match.');
  });

  it('says as of when the record is, and what to do, when the contact centre did not answer', () => {
    const data = ready({ stale: { code: 'credentials', asOfAt: at('13:00') } });
    expect(read(answerMessage(data, listPage([row()]), inChannel, english))).toContain(
      "⚠️ The contact centre did not accept the desk's key. This is what the desk knew as of 2026-11-23 13:00.\nWhoever runs the desk should check CMS_ACCESS_KEY",
    );
  });

  it('says that a record of unknown age may lack calls', () => {
    const data = ready({ stale: { code: 'unreachable', asOfAt: null } });
    expect(read(answerMessage(data, listPage([row()]), inChannel, english))).toContain(
      'calls may be missing',
    );
  });

  it('counts rows that could not be read', () => {
    expect(read(answerMessage(ready({ malformed: 1 }), listPage([row()]), inChannel, english))).toContain(
      '1 row from',
    );
    expect(read(answerMessage(ready({ malformed: 3 }), listPage([row()]), inChannel, english))).toContain(
      '3 rows from',
    );
  });

  it('says that it is asking', () => {
    const message = answerMessage(answer({ state: 'asking' }), null, inChannel, english);
    expect(read(message)).toContain('Asking the contact centre…');
    expect(message.text).toContain('Asking the contact centre…');
  });

  it('says so when the desk itself failed, so that "Asking…" does not stand for ever', () => {
    const message = answerMessage(answer({ state: 'broken' }), null, inChannel, english);
    expect(read(message)).toContain('something went wrong on my side. Please ask again.');
    expect(JSON.stringify(message.blocks)).toContain('"Ask again"');
  });

  it('says why it failed and what to do', () => {
    const failed = answer({ state: 'failed', code: 'overloaded', facts: { retryAfterMs: 90_000 } });
    expect(read(answerMessage(failed, null, inChannel, english))).toContain(
      '⚠️ The contact centre is too busy right now. Please ask again in 1 min 30 s.',
    );
  });

  it('says so when the list is no longer kept', () => {
    expect(read(answerMessage(ready(), null, inChannel, english))).toContain('no longer keeps this list');
  });

  it('tells privately how to invite the desk where it is no member', () => {
    const message = answerMessage(
      ready(),
      listPage([row()]),
      { ...inPrivate, inviteBotId: 'U0DESK' },
      english,
    );
    expect(read(message)).toContain('type `/invite` <@U0DESK>');
    expect(read(answerMessage(ready(), listPage([row()]), inPrivate, english))).not.toContain('/invite');
  });

  it('shows what was typed as it was typed', () => {
    const data = { ...ready(), asked: 'caller &lt;`8888*`&gt; wait&gt;30s' };
    expect(read(answerMessage(data, listPage([]), inPrivate, english))).toContain(
      "`/missed caller &lt;'8888*'&gt; wait&gt;30s`",
    );
  });

  it('does not let a name of a VDN become markup', () => {
    const data = { ...ready(), vdn: { number: 7, name: '<!channel> *VIP* & co' } };
    const message = answerMessage(data, listPage([]), inChannel, english);
    expect(read(message)).toContain('`Missed calls: &lt;!channel&gt; *VIP* &amp; co (VDN 7)`');
    expect(problemsOf(message)).toEqual([]);
  });

  it('stays within every limit whatever the data', () => {
    fc.assert(
      fc.property(
        anyAnswer,
        fc.option(anyListPage, { nil: null }),
        fc.boolean(),
        fc.option(userId, { nil: null }),
        anyContext,
        (data, page, isPrivate, inviteBotId, context) => {
          const view = { outboxId: isPrivate ? null : OUTBOX_ID, private: isPrivate, inviteBotId };
          expect(problemsOf(answerMessage(data, page, view, context))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
