import { describe, expect, it } from 'vitest';
import type { PostResult } from '../../src/outbox/outbox.ts';
import { createDelivery } from '../../src/slack/delivery.ts';
import { classOf, errorNames, remedyFor } from '../../src/slack/error-names.ts';
import { anOutboxRow } from './an-outbox-row.ts';
import { answers, onlyScriptedSlack, scriptedClient } from './slack-api.ts';

const all = Object.entries(errorNames).flatMap(([kind, names]) => names.map((name) => [name, kind] as const));

describe('the list of Slack’s errors', () => {
  it('has each name once', () => {
    const names = all.map(([name]) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('knows the names that the documentation of posting and editing has at its head', () => {
    const documented = {
      channel_not_found: 'closed',
      not_in_channel: 'closed',
      is_archived: 'closed',
      restricted_action: 'closed',
      restricted_action_read_only_channel: 'closed',
      ekm_access_denied: 'closed',
      edit_window_closed: 'closed',
      user_disabled: 'closed',
      message_not_found: 'gone',
      msg_too_long: 'too-large',
      invalid_blocks: 'too-large',
      too_many_attachments: 'too-large',
      invalid_auth: 'shut-out',
      account_inactive: 'shut-out',
      org_login_required: 'shut-out',
      ratelimited: 'limited',
      internal_error: 'fault',
    };
    const known = Object.keys(documented).map((name) => [name, classOf(name)]);
    expect(Object.fromEntries(known)).toEqual(documented);
  });

  it('does not know what is not in it', () => {
    expect(classOf('a_name_of_tomorrow')).toBeUndefined();
  });

  it('takes a status of 4xx for something on the way, but for the one that says "too large"', () => {
    expect(['http_400', 'http_403', 'http_407'].map((name) => classOf(name))).toEqual(['way', 'way', 'way']);
    expect(classOf('http_413')).toBe('too-large');
    expect(classOf('http_500')).toBeUndefined();
  });

  it('lets a scope that posting does not need shut nothing else out', () => {
    expect(classOf('missing_scope', 'chat.postMessage')).toBe('shut-out');
    expect(classOf('missing_scope', 'conversations.open')).toBe('closed');
  });

  it.each(errorNames['shut-out'])('has a remedy for %s, in one sentence', (name) => {
    expect(remedyFor(name)).toMatch(/^[A-Z].*\.$/);
  });
});

describe('a post and an edit', () => {
  onlyScriptedSlack();
  const delivery = createDelivery({
    client: scriptedClient(),
    render: async () => ({ text: 'hello', blocks: [] }),
    readingOf: async () => ({ verdict: 'yes', hidden: new Set() }),
    channels: { shared: async () => false },
    nameOf: async () => null,
    numbersInSharedChannels: false,
  });
  const outcomes: Record<keyof typeof errorNames, PostResult['outcome']> = {
    closed: 'refused',
    gone: 'gone',
    'too-large': 'too-large',
    'shut-out': 'shut-out',
    limited: 'later',
    fault: 'unknown',
  };

  it.each(all.filter(([name]) => !name.startsWith('http_')))('that end with %s: %s', async (error, kind) => {
    answers('chat.postMessage', { ok: false, error });
    expect((await delivery.post(anOutboxRow(), async () => true)).outcome).toBe(
      outcomes[kind as keyof typeof errorNames],
    );
    answers('chat.update', { ok: false, error });
    const sent = anOutboxRow({ state: 'sent', postedChannelId: 'C1', ts: '1.000001' });
    expect((await delivery.update(sent)).outcome).toBe(outcomes[kind as keyof typeof errorNames]);
  });
});
