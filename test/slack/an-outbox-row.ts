import type { OutboxRow } from '../../src/outbox/outbox.ts';

/** A digest with a list, claimed for posting. */
export const anOutboxRow = (about: Partial<OutboxRow> = {}): OutboxRow => ({
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
  threadTs: null,
  listId: 'L1',
  page: 0,
  wanted: 0,
  shown: 0,
  absentLooks: 0,
  historyReadTo: null,
  shrunk: 0,
  unrendered: 0,
  ...about,
});
