import { describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../src/outbox/outbox.ts';
import { createDelivery, type DeliveryOptions } from '../../src/slack/delivery.ts';
import { answers, breaks, carries, onlyScriptedSlack, scriptedClient } from './slack-api.ts';

const row: OutboxRow = {
  id: '6b1d2c1e-0000-4000-8000-000000000001',
  teamId: 'T1',
  channelId: 'C1',
  kind: 'digest',
  data: {},
  state: 'sending',
  createdAt: 0,
  attempts: 1,
  nextTryAt: 0,
  sendingAt: 1_795_000_000_000,
  postedChannelId: null,
  ts: null,
  error: null,
  subscriptionId: null,
  listId: 'L1',
  page: 0,
  wanted: 0,
  shown: 0,
};
const sent: OutboxRow = { ...row, state: 'sent', postedChannelId: 'C1', ts: '1.000001' };
const deliver = (options: Partial<DeliveryOptions> = {}) =>
  createDelivery({
    client: scriptedClient(),
    render: async () => ({ text: 'hello', blocks: [] }),
    channels: { shared: async () => false },
    numbersInSharedChannels: false,
    ...options,
  });

onlyScriptedSlack();

describe('posting', () => {
  it('carries the text, the blocks and the UUID', async () => {
    const fields = carries('chat.postMessage', { ok: true, channel: 'C1', ts: '1.2' });
    expect(await deliver().post(row)).toEqual({ outcome: 'sent', channelId: 'C1', ts: '1.2' });
    expect(await fields).toMatchObject({ channel: 'C1', text: 'hello', blocks: '[]', unfurl_links: 'false' });
    expect(JSON.parse((await fields).metadata ?? '')).toEqual({
      event_type: 'missed_call_desk',
      event_payload: { id: row.id },
    });
  });

  it('opens a conversation with a person first', async () => {
    answers('conversations.open', { ok: true, channel: { id: 'D9' } });
    const fields = carries('chat.postMessage', { ok: true, channel: 'D9', ts: '1.2' });
    expect(await deliver().post({ ...row, channelId: 'U1' })).toMatchObject({ channelId: 'D9' });
    expect((await fields).channel).toBe('D9');
  });

  it.each([
    ['channel_not_found', { outcome: 'refused', error: 'channel_not_found' }],
    ['is_archived', { outcome: 'refused', error: 'is_archived' }],
    // Slack's own faults: it may have posted.
    ['internal_error', { outcome: 'unknown', error: 'internal_error' }],
    ['fatal_error', { outcome: 'unknown', error: 'fatal_error' }],
  ])('sorts the error %s', async (error, result) => {
    answers('chat.postMessage', { ok: false, error });
    expect(await deliver().post(row)).toEqual(result);
  });

  it('waits as long as a 429 says', async () => {
    answers('chat.postMessage', { ok: false, error: 'ratelimited' }, 429, { 'retry-after': '7' });
    expect(await deliver().post(row)).toEqual({ outcome: 'later', afterMs: 7000 });
  });

  it('is in doubt after a 5xx or a broken connection, and posts no second time by itself', async () => {
    answers('chat.postMessage', 'bad gateway', 502);
    expect(await deliver().post(row)).toMatchObject({ outcome: 'unknown' });
    breaks('chat.postMessage', 'ECONNRESET');
    expect(await deliver().post(row)).toEqual({ outcome: 'unknown', error: 'ECONNRESET' });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND'])('knows that with %s nothing left', async (code) => {
    breaks('chat.postMessage', code);
    expect(await deliver().post(row)).toMatchObject({ outcome: 'later' });
  });
});

describe('a channel that another organisation reads', () => {
  it('gets no list of callers, neither new nor edited', async () => {
    const port = deliver({ channels: { shared: async () => true } });
    expect(await port.post(row)).toEqual({ outcome: 'refused', error: 'shared_channel' });
    expect(await port.update(sent)).toEqual({ outcome: 'refused', error: 'shared_channel' });
  });

  it('gets notices that hold no number, and everything where the setting allows it', async () => {
    const shared = { channels: { shared: async () => true } };
    answers('chat.postMessage', { ok: true, channel: 'C1', ts: '1.2' });
    expect(await deliver(shared).post({ ...row, listId: null })).toMatchObject({ outcome: 'sent' });
    answers('chat.postMessage', { ok: true, channel: 'C1', ts: '1.2' });
    const allowed = deliver({ ...shared, numbersInSharedChannels: true });
    expect(await allowed.post(row)).toMatchObject({ outcome: 'sent' });
  });

  it('is not written to while Slack does not say whether it is one', async () => {
    const unsure = deliver({ channels: { shared: async () => 'later' } });
    expect(await unsure.post(row)).toMatchObject({ outcome: 'later' });
    const refused = deliver({ channels: { shared: async () => ({ refused: 'missing_scope' }) } });
    expect(await refused.post(row)).toEqual({ outcome: 'refused', error: 'missing_scope' });
  });
});

describe('editing', () => {
  it('edits the message where it landed', async () => {
    const fields = carries('chat.update', { ok: true });
    expect(await deliver().update(sent)).toEqual({ outcome: 'sent', channelId: 'C1', ts: '1.000001' });
    expect(await fields).toMatchObject({ channel: 'C1', ts: '1.000001', text: 'hello' });
  });

  it('says that a deleted message is gone', async () => {
    answers('chat.update', { ok: false, error: 'message_not_found' });
    expect(await deliver().update(sent)).toEqual({ outcome: 'refused', error: 'message_not_found' });
  });
});

describe('looking for a message in doubt', () => {
  const mine = { ts: '5.1', metadata: { event_type: 'missed_call_desk', event_payload: { id: row.id } } };

  it('finds it by its UUID', async () => {
    const other = { ts: '5.2', metadata: { ...mine.metadata, event_payload: { id: 'another' } } };
    answers('conversations.history', { ok: true, messages: [{ ts: '5.3' }, other, mine] });
    expect(await deliver().find(row, 0)).toEqual({ channelId: 'C1', ts: '5.1' });
  });

  it('looks at the minutes around the sending, page by page, however much was said since', async () => {
    const first = carries('conversations.history', {
      ok: true,
      messages: [{ ts: '5.3' }],
      response_metadata: { next_cursor: 'more' },
    });
    const second = carries('conversations.history', { ok: true, messages: [mine] });
    expect(await deliver().find(row, 1_794_999_880_000)).toEqual({ channelId: 'C1', ts: '5.1' });
    expect(await first).toMatchObject({ oldest: '1794999880.000000', latest: '1795000120.000000' });
    expect(await second).toMatchObject({ cursor: 'more' });
  });

  it('says absent, unreadable or later', async () => {
    answers('conversations.history', { ok: true, messages: [] });
    expect(await deliver().find(row, 0)).toBe('absent');
    answers('conversations.history', { ok: false, error: 'missing_scope' });
    expect(await deliver().find(row, 0)).toBe('unreadable');
    breaks('conversations.history', 'ECONNRESET');
    expect(await deliver().find(row, 0)).toBe('later');
  });
});
