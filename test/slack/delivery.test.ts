import { describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../src/outbox/outbox.ts';
import { createDelivery, type DeliveryOptions } from '../../src/slack/delivery.ts';
import { UnknownKind } from '../../src/slack/unknown-kind.ts';
import { anOutboxRow } from './an-outbox-row.ts';
import { answers, breaks, carries, onlyScriptedSlack, scriptedClient } from './slack-api.ts';

const row = anOutboxRow();
const WINDOW = { sinceAt: 1_794_999_880_000, untilAt: 1_795_000_120_000, readTo: null };
const mayGo = async () => true;
const sent: OutboxRow = { ...row, state: 'sent', postedChannelId: 'C1', ts: '1.000001' };
const deliver = (options: Partial<DeliveryOptions> = {}) =>
  createDelivery({
    client: scriptedClient(),
    render: async () => ({ text: 'hello', blocks: [] }),
    readingOf: async () => ({ verdict: 'yes', hidden: new Set() }),
    channels: { shared: async () => false },
    nameOf: async () => null,
    numbersInSharedChannels: false,
    ...options,
  });

onlyScriptedSlack();

describe('posting', () => {
  it('carries the text, the blocks and the UUID', async () => {
    const fields = carries('chat.postMessage', { ok: true, channel: 'C1', ts: '1.2' });
    expect(await deliver().post(row, mayGo)).toEqual({ outcome: 'sent', channelId: 'C1', ts: '1.2' });
    expect(await fields).toMatchObject({ channel: 'C1', text: 'hello', blocks: '[]', unfurl_links: 'false' });
    expect(JSON.parse((await fields).metadata ?? '')).toEqual({
      event_type: 'missed_call_desk',
      event_payload: { id: row.id },
    });
  });

  it('opens a conversation with a person first', async () => {
    answers('conversations.open', { ok: true, channel: { id: 'D9' } });
    const fields = carries('chat.postMessage', { ok: true, channel: 'D9', ts: '1.2' });
    expect(await deliver().post({ ...row, channelId: 'U1' }, mayGo)).toMatchObject({ channelId: 'D9' });
    expect((await fields).channel).toBe('D9');
  });

  it.each([
    ['channel_not_found', { outcome: 'refused', error: 'channel_not_found' }],
    ['is_archived', { outcome: 'refused', error: 'is_archived' }],
    ['a_name_of_tomorrow', { outcome: 'refused', error: 'a_name_of_tomorrow' }],
    ['msg_blocks_too_long', { outcome: 'too-large', error: 'msg_blocks_too_long' }],
    [
      'missing_scope',
      { outcome: 'shut-out', error: 'missing_scope', remedy: expect.stringContaining('scopes') },
    ],
    // Slack's own faults: it may have posted.
    ['internal_error', { outcome: 'unknown', error: 'internal_error' }],
    ['fatal_error', { outcome: 'unknown', error: 'fatal_error' }],
  ])('sorts the error %s', async (error, result) => {
    answers('chat.postMessage', { ok: false, error });
    expect(await deliver().post(row, mayGo)).toEqual(result);
  });

  it('does not send what another process has claimed meanwhile', async () => {
    expect(await deliver().post(row, async () => false)).toMatchObject({ outcome: 'unknown' });
  });

  it('has posted nothing when only the conversation could not be opened', async () => {
    breaks('conversations.open', 'ECONNRESET');
    expect(await deliver().post({ ...row, channelId: 'U1' }, mayGo)).toMatchObject({
      outcome: 'later',
      why: 'unanswered',
    });
    answers('conversations.open', { ok: false, error: 'user_disabled' });
    expect(await deliver().post({ ...row, channelId: 'U1' }, mayGo)).toEqual({
      outcome: 'refused',
      error: 'user_disabled',
    });
    // A scope for direct messages shuts nothing else out.
    answers('conversations.open', { ok: false, error: 'missing_scope' });
    expect(await deliver().post({ ...row, channelId: 'U1' }, mayGo)).toMatchObject({ outcome: 'refused' });
  });

  it('takes the word of a proxy for no answer of Slack’s', async () => {
    answers('chat.postMessage', 'Forbidden', 403);
    expect(await deliver().post(row, mayGo)).toEqual({
      outcome: 'later',
      afterMs: 60_000,
      why: 'way',
      error: 'http_403',
    });
  });

  it('leaves to a newer desk what that has written, in a message and in an edit', async () => {
    const unknown = deliver({ render: () => Promise.reject(new UnknownKind('of tomorrow')) });
    const later = { outcome: 'later', why: 'message' };
    expect(await unknown.post(row, mayGo)).toMatchObject(later);
    expect(await unknown.update(sent)).toMatchObject(later);
  });

  it('waits as long as a 429 says', async () => {
    answers('chat.postMessage', { ok: false, error: 'ratelimited' }, 429, { 'retry-after': '7' });
    expect(await deliver().post(row, mayGo)).toEqual({ outcome: 'later', afterMs: 7000 });
  });

  it('is in doubt after a 5xx or a broken connection, and posts no second time by itself', async () => {
    answers('chat.postMessage', 'bad gateway', 502);
    expect(await deliver().post(row, mayGo)).toMatchObject({ outcome: 'unknown' });
    breaks('chat.postMessage', 'ECONNRESET');
    expect(await deliver().post(row, mayGo)).toEqual({ outcome: 'unknown', error: 'ECONNRESET' });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND'])('knows that with %s nothing left', async (code) => {
    breaks('chat.postMessage', code);
    expect(await deliver().post(row, mayGo)).toMatchObject({ outcome: 'later' });
  });
});

describe('a channel that another organisation reads', () => {
  it('gets no list of callers, neither new nor edited', async () => {
    const port = deliver({ channels: { shared: async () => true } });
    expect(await port.post(row, mayGo)).toEqual({ outcome: 'refused', error: 'shared_channel' });
    expect(await port.update(sent)).toEqual({ outcome: 'refused', error: 'shared_channel' });
  });

  it('gets notices that hold no number, and everything where the setting allows it', async () => {
    const shared = { channels: { shared: async () => true } };
    answers('chat.postMessage', { ok: true, channel: 'C1', ts: '1.2' });
    expect(await deliver(shared).post({ ...row, listId: null }, mayGo)).toMatchObject({ outcome: 'sent' });
    answers('chat.postMessage', { ok: true, channel: 'C1', ts: '1.2' });
    const allowed = deliver({ ...shared, numbersInSharedChannels: true });
    expect(await allowed.post(row, mayGo)).toMatchObject({ outcome: 'sent' });
  });

  it('is not written to while Slack does not say whether it is one', async () => {
    const unsure = deliver({ channels: { shared: async () => 'later' } });
    // For its own reason: what holds no number may go there meanwhile.
    expect(await unsure.post(row, mayGo)).toMatchObject({ outcome: 'later', why: 'unanswered' });
    const refused = deliver({ channels: { shared: async () => ({ refused: 'missing_scope' }) } });
    expect(await refused.post(row, mayGo)).toEqual({ outcome: 'refused', error: 'missing_scope' });
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
    expect(await deliver().update(sent)).toEqual({ outcome: 'gone', error: 'message_not_found' });
  });
});

describe('looking for messages in doubt', () => {
  const other: OutboxRow = { ...row, id: '6b1d2c1e-0000-4000-8000-000000000002' };
  const message = ({ id }: OutboxRow, ts: string) => ({
    ts,
    metadata: { event_type: 'missed_call_desk', event_payload: { id } },
  });

  it('finds them by their UUIDs, in one reading', async () => {
    const foreign = { ts: '5.2', metadata: { event_type: 'another_app', event_payload: { id: row.id } } };
    const messages = [{ ts: '5.3' }, foreign, message(other, '5.15'), message(row, '5.1')];
    answers('conversations.history', { ok: true, messages });
    const look = await deliver().find([row, other], WINDOW);
    expect(look).toEqual({
      outcome: 'read',
      found: new Map([
        [other.id, { channelId: 'C1', ts: '5.15' }],
        [row.id, { channelId: 'C1', ts: '5.1' }],
      ]),
    });
  });

  it('looks at the minutes around the sending, page by page, however few rows Slack gives, until all are found', async () => {
    const page = (text: string, next: string) =>
      carries('conversations.history', {
        ok: true,
        messages: text === '' ? [message(row, '5.1')] : [{ ts: '5.3', text }],
        response_metadata: { next_cursor: next },
      });
    const pages = [page('a', 'to b'), page('b', 'to c'), page('', 'there are more')];
    expect(await deliver().find([row], WINDOW)).toMatchObject({
      outcome: 'read',
      found: new Map([[row.id, { channelId: 'C1', ts: '5.1' }]]),
    });
    const [first, second, third] = await Promise.all(pages);
    expect(first).toMatchObject({ oldest: '1794999880.000000', latest: '1795000120.000000' });
    expect(second).toMatchObject({ cursor: 'to b' });
    expect(third).toMatchObject({ cursor: 'to c' });
  });

  it('goes on where Slack has cut it short, and keeps what it has found', async () => {
    answers('conversations.history', {
      ok: true,
      messages: [{ ts: '1795000100.000100' }, message(other, '1795000050.000001')],
      response_metadata: { next_cursor: 'more' },
    });
    answers('conversations.history', { ok: false, error: 'ratelimited' }, 429, { 'retry-after': '60' });
    const cut = await deliver().find([row, other], WINDOW);
    expect(cut).toEqual({
      outcome: 'later',
      afterMs: 60_000,
      readTo: '1795000050.000001',
      found: new Map([[other.id, { channelId: 'C1', ts: '1795000050.000001' }]]),
    });
    const fields = carries('conversations.history', { ok: true, messages: [] });
    await deliver().find([row], { ...WINDOW, readTo: '1795000050.000001' });
    expect(await fields).toMatchObject({ oldest: '1794999880.000000', latest: '1795000050.000001' });
  });

  it('says absent, unreadable, later or shut out', async () => {
    const look = () => deliver().find([row], WINDOW);
    answers('conversations.history', { ok: true, messages: [] });
    expect(await look()).toEqual({ outcome: 'read', found: new Map() });
    answers('conversations.history', { ok: false, error: 'missing_scope' });
    expect(await look()).toEqual({ outcome: 'unreadable', error: 'missing_scope' });
    breaks('conversations.history', 'ECONNRESET');
    expect(await look()).toMatchObject({ outcome: 'later', readTo: null });
    answers('conversations.history', 'Forbidden', 403);
    expect(await look()).toMatchObject({ outcome: 'later' });
    answers('conversations.history', { ok: false, error: 'token_revoked' });
    expect(await look()).toMatchObject({ outcome: 'shut-out', error: 'token_revoked' });
  });
});

describe('a reader who has not the right', () => {
  const readingOf = (verdict: 'no' | 'unknown') => ({
    readingOf: async () => ({ verdict, hidden: new Set([7]) }),
  });

  it('gets no message, and what is there is edited: it says nothing then', async () => {
    const port = deliver(readingOf('no'));
    expect(await port.post(row, mayGo)).toEqual({ outcome: 'refused', error: 'no_right' });
    answers('chat.update', { ok: true });
    expect(await port.update(sent)).toMatchObject({ outcome: 'sent' });
  });

  it('is not written to while Slack does not say who is what', async () => {
    const port = deliver(readingOf('unknown'));
    expect(await port.post(row, mayGo)).toMatchObject({ outcome: 'later', why: 'unanswered' });
    expect(await port.update(sent)).toMatchObject({ outcome: 'later', why: 'unanswered' });
  });
});
