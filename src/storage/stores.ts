import type { Knex } from 'knex';
import { createAuditStore } from './audit-store.ts';
import { createQueueStore } from './callback-queue.ts';
import { createCallbackStore } from './callbacks-store.ts';
import { createCallStore } from './calls-store.ts';
import { createChannelsStore } from './channels-store.ts';
import { createDeliveriesStore } from './deliveries-store.ts';
import { createErasureStore } from './erasure-store.ts';
import { createHistoryStore } from './history-store.ts';
import { createHomeStore } from './homes-store.ts';
import { createListStore } from './lists-store.ts';
import { createNoticeStore } from './notice-store.ts';
import { createOldFiguresStore } from './old-figures-store.ts';
import { createOutboxStore } from './outbox-store.ts';
import { createReachStore } from './reach-store.ts';
import { createSettingsChanges } from './settings-changes.ts';
import { createSubscriptionStore } from './subscriptions-store.ts';
import { createSyncStore } from './sync-store.ts';
import { createVdnSettingsStore } from './vdn-settings-store.ts';
import { createVdnStore } from './vdn-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

/** All that the desk keeps, on one database. */
export const createStores = (knex: Knex) => ({
  calls: createCallStore(knex),
  callbacks: createCallbackStore(knex),
  lists: createListStore(knex),
  notices: createNoticeStore(knex),
  outbox: createOutboxStore(knex),
  subscriptions: createSubscriptionStore(knex),
  vdns: createVdnStore(knex),
  vdnSettings: createVdnSettingsStore(knex),
  workspaces: createWorkspaceStore(knex),
  syncs: createSyncStore(knex),
  channels: createChannelsStore(knex),
  deliveries: createDeliveriesStore(knex),
  reach: createReachStore(knex),
  queue: createQueueStore(knex),
  homes: createHomeStore(knex),
  erasure: createErasureStore(knex),
  history: createHistoryStore(knex),
  oldFigures: createOldFiguresStore(knex),
  audit: createAuditStore(knex),
  settingsChanges: createSettingsChanges(knex),
});
