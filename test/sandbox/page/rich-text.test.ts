import { describe, expect, it } from 'vitest';
import { richTextOf, richTextOfPlain } from '../../../src/sandbox/page/client/rich-text.ts';
import { objectsOf } from '../../../src/sandbox/slack/json.ts';

const inline = (mrkdwn: string) => richTextOf(mrkdwn).flatMap(({ elements }) => objectsOf(elements));
const text = (words: string, style = {}) => ({ type: 'text', text: words, style });

describe('mrkdwn as rich text', () => {
  it('keeps times of day, line breaks and signs as they are', () => {
    for (const said of [
      'Mon, 00:00–10:40 and 9:00:30',
      'One:\nTwo_\nThree',
      '1. no list',
      '# no title',
      '2 * 3 * 4',
    ])
      expect(inline(said)).toEqual([text(said)]);
  });

  it('reads bold, italic and struck words, also within each other, at the edges of words only', () => {
    expect(inline('*a _b_* c ~d~.')).toEqual([
      text('a ', { bold: true }),
      text('b', { bold: true, italic: true }),
      text(' c '),
      text('d', { strike: true }),
      text('.'),
    ]);
    expect(inline('call_id and a*b*c')).toEqual([text('call_id and a*b*c')]);
  });

  it('leaves everything inside code as it is', () => {
    expect(inline('`/missed 159 wait&gt;30s *now* :tada:`')).toEqual([
      text('/missed 159 wait>30s *now* :tada:', { code: true }),
    ]);
  });

  it('reads what stands in angle brackets', () => {
    expect(inline('<@U1> <#C1> <!here> <!subteam^S1> <https://example.com|here>')).toEqual([
      { type: 'user', user_id: 'U1', style: {} },
      text(' '),
      { type: 'channel', channel_id: 'C1', style: {} },
      text(' '),
      { type: 'broadcast', range: 'here', style: {} },
      text(' '),
      { type: 'usergroup', usergroup_id: 'S1', style: {} },
      text(' '),
      { type: 'link', url: 'https://example.com', text: 'here', style: {} },
    ]);
    expect(inline('<!date^1795430400^{date} {time}|2026-11-23>')).toEqual([
      { type: 'date', timestamp: 1_795_430_400, format: '{date} {time}', fallback: '2026-11-23', style: {} },
    ]);
  });

  it('shows escaped signs, once', () => {
    expect(inline('a &lt;b&gt; &amp;lt;')).toEqual([text('a <b> &lt;')]);
  });

  it('knows emoji by their short names and as characters', () => {
    expect(inline('📞 Claimed :tada:')).toEqual([
      { type: 'emoji', name: 'telephone_receiver' },
      text(' Claimed '),
      { type: 'emoji', name: 'tada' },
    ]);
  });

  it('sets quotes and blocks of code apart', () => {
    expect(richTextOf('said\n&gt; quoted\n```a *b*```')).toMatchObject([
      { type: 'rich_text_section' },
      { type: 'rich_text_quote', elements: [text('quoted')] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a *b*' }] },
    ]);
  });

  it('gives plain text no marks', () => {
    expect(richTextOfPlain('*not bold*').flatMap(({ elements }) => elements)).toEqual([text('*not bold*')]);
  });
});
