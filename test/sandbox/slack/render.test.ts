import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownDate } from '../../../src/sandbox/slack/render/dates.ts';
import { readable, readablePlain } from '../../../src/sandbox/slack/render/mrkdwn.ts';
import { readerOf } from '../../../src/sandbox/slack/render/render-text.ts';
import { runClient } from './harness.ts';

let running: Awaited<ReturnType<typeof runClient>>;
beforeAll(async () => {
  running = await runClient();
});
afterAll(() => running.slack.close());

const NOW = Date.UTC(2022, 10, 17, 12, 0, 0);
const reader = (who: string) => readerOf(running.slack.workspace, running.slack.workspace.person(who), NOW);

describe('dates', () => {
  const at = Date.UTC(2022, 10, 16, 23, 44, 13) / 1000;
  const shown = (template: string, who = 'tom') => shownDate(at, template, 'FALLBACK', reader(who));

  it('are in the reader’s zone and language', () => {
    expect(shown('{date_num} {time}', 'tom')).toBe('2022-11-16 23:44');
    expect(shown('{date_num} {time}', 'li')).toBe('2022-11-17 07:44');
    expect(shown('{date_num} {time_secs}', 'ana')).toBe('2022-11-16 20:44:13');
    expect(shown('{date_short_pretty}', 'tom')).toBe('yesterday');
    expect(shown('{date_short_pretty}', 'li')).toBe('今天');
    expect(shown('{ago}', 'ana')).toBe('há 12 horas');
    expect(shown('{date_long_full}', 'tom')).toBe('16 November 2022');
  });

  it('fall back where the template is not one of Slack’s', () => {
    expect(shown('{when}')).toBe('FALLBACK');
    expect(shown('no token')).toBe('FALLBACK');
    expect(shownDate(Number.NaN, '{time}', 'FALLBACK', reader('tom'))).toBe('FALLBACK');
  });
});

describe('mrkdwn', () => {
  it.each([
    ['*Ana* has _it_', 'Ana has it'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['Here:\n```\n*vdn* 195\n      ^^^\n```\n*bold*', 'Here:\n*vdn* 195\n      ^^^\nbold'],
    ['<@U0ANASOUZ> and <@U0DESKBOT>', '@Ana Souza and @missed-call-desk'],
    ['<#C0SUPPORT> for <!subteam^S0MANAGER>', '#support for @managers'],
    ['<!here> <!channel>', '@here @channel'],
    ['<https://a.example?x=1&amp;y=2|the page>', 'the page (https://a.example?x=1&y=2)'],
    ['<tel:+15550100|+1 555 0100>', '+1 555 0100'],
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['&amp;lt;', '&lt;'],
    [':white_check_mark: done :unknown_one:', '✅ done :unknown_one:'],
    ['since <!date^1668643200^{date_num} {time}|earlier>', 'since 2022-11-17 00:00'],
  ])('%s', (text, read) => {
    expect(readable(text, reader('tom'))).toBe(read);
  });

  it('leaves marks in plain text alone', () => {
    expect(readablePlain('*a* &amp; :x:')).toBe('*a* & ❌');
  });
});

describe('messages', () => {
  it('are read as lines, buttons in brackets', async () => {
    const { slack, client } = running;
    const option = (text: string) => ({ text: { type: 'plain_text' as const, text }, value: text });
    await client.chat.postMessage({
      channel: 'C0SUPPORT',
      text: 'fallback',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: '未接来电' } },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '*8888 0990*\n2 calls' },
          accessory: { type: 'overflow', action_id: 'more', options: [option('Done'), option('Release')] },
        },
        {
          type: 'section',
          fields: [
            { type: 'mrkdwn', text: 'one' },
            { type: 'plain_text', text: 'two' },
          ],
        },
        {
          type: 'actions',
          elements: [
            { type: 'button', action_id: 'c', text: { type: 'plain_text', text: 'Claim' } },
            {
              type: 'static_select',
              action_id: 's',
              options: [option('a')],
              placeholder: { type: 'plain_text', text: 'Sort' },
            },
          ],
        },
        { type: 'divider' },
        { type: 'context', elements: [{ type: 'mrkdwn', text: '2 open' }] },
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: '来电' },
              { type: 'raw_text', text: 'n' },
            ],
            [
              { type: 'raw_text', text: 'abc' },
              { type: 'raw_text', text: '2' },
            ],
          ],
        },
      ],
    });
    const [message] = slack.as('li').messages('#support');
    if (!message) throw new Error('no message');
    expect(slack.render(message, 'li').split('\n')).toEqual([
      'missed-call-desk · 20:00',
      '未接来电',
      '════════',
      '8888 0990  [⋯ Done | Release]',
      '2 calls',
      'one  |  two',
      '[Claim] [Sort ▾]',
      '────────────────────────────────────────',
      '  2 open',
      '来电  n',
      'abc   2',
    ]);
  });

  it('say who sees them and whether they were edited', async () => {
    const { slack, client } = running;
    await client.chat.postEphemeral({ channel: 'C0MANAGER', user: 'U0TOMBAKE', text: 'psst' });
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0MANAGER', text: 'one' });
    await client.chat.update({ channel: 'C0MANAGER', ts, text: 'two' });
    const read = slack
      .as('tom')
      .messages('#managers')
      .map((message) => slack.render(message, 'tom'));
    expect(read).toEqual([
      'missed-call-desk · 12:00 · only visible to you\npsst',
      'missed-call-desk · 12:00 · edited\ntwo',
    ]);
  });

  it('show a form with what can be filled in', async () => {
    const { slack } = running;
    slack.workspace.views.open('U0TOMBAKE', {
      definition: {
        title: { type: 'plain_text', text: 'A note' },
        submit: { type: 'plain_text', text: 'Save' },
      },
      blocks: [
        {
          type: 'input',
          block_id: 'b',
          label: { type: 'plain_text', text: 'Note' },
          optional: true,
          element: { type: 'plain_text_input', action_id: 'a' },
        },
      ],
    });
    const [view] = slack.as('tom').views;
    expect(view && slack.render(view, 'tom')).toBe('┌ A note\nNote (optional): [________]\n[Save]');
  });
});
