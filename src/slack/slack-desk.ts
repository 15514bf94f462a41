import type { Audit } from '../audit.ts';
import type { Cards } from '../callbacks/card.ts';
import type { ReachCheck } from '../callbacks/reach-check.ts';
import type { CallbackService } from '../callbacks/service.ts';
import type { VdnStore } from '../calls/vdn.ts';
import type { Clock } from '../clock.ts';
import type { DigestRunner } from '../digests/runner.ts';
import type { Subscriptions } from '../digests/service.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../outbox/delivery.ts';
import type { OutboxRow } from '../outbox/outbox.ts';
import type { Ask } from '../questions/ask.ts';
import type { QuestionContext } from '../questions/grammar.ts';
import type { Rights } from '../vdns/rights.ts';
import type { Channels } from './channels.ts';
import type { MessageContext } from './i18n.ts';
import type { Message } from './messages/message.ts';
import type { Modals } from './modals.ts';
import type { People } from './people.ts';
import type { UserGroups } from './user-groups.ts';
import type { VdnsOf } from './vdns-of.ts';

/** What commands and clicks work with: the desk's parts, as Slack's side needs them. */
export interface SlackDesk {
  teamId: string;
  /** The desk's own user id, to say how to invite it. */
  botUserId: string;
  ask: Ask;
  callbacks: Pick<CallbackService, 'act'>;
  /** Whether callers were reached since; null where the contact centre is not asked. */
  reachCheck: ReachCheck | null;
  cards: Cards;
  modals: Modals;
  outbox: Pick<Outbox, 'sendNow' | 'keep' | 'find' | 'revise' | 'wake' | 'byMessage' | 'confirm'>;
  subscriptions: Subscriptions;
  digests: Pick<DigestRunner, 'now'>;
  vdns: VdnStore;
  people: People;
  /** To say whom to ask. */
  groups: UserGroups;
  /** Who may do what. */
  rights: Rights;
  /** Whose data something is. */
  vdnsOf: VdnsOf;
  channels: Channels;
  /** The words that people may say for media. */
  media: QuestionContext['media'];
  /** Whether callers' numbers may be shown where another organisation reads along. */
  numbersInSharedChannels: boolean;
  /** For what somebody reads alone: in that person's language. */
  contextOf(userId: string): Promise<MessageContext>;
  /** For what a channel reads. */
  channelContext: MessageContext;
  /** How long calls are kept; null: for good. */
  retentionMs: number | null;
  /** A kept message as it stands now. */
  render(row: OutboxRow): Promise<Message>;
  /** Writes down who looked at it. */
  audit: Pick<Audit, 'write'>;
  clock: Clock;
  log: Log;
}
