import type { RespondFn } from '@slack/bolt';
import type { Audit } from '../audit.ts';
import type { Cards } from '../callbacks/card.ts';
import type { Queue } from '../callbacks/queue-service.ts';
import type { ReachCheck } from '../callbacks/reach-check.ts';
import type { CallbackService } from '../callbacks/service.ts';
import type { OldFiguresStore } from '../calls/old-figures.ts';
import type { VdnStore } from '../calls/vdn.ts';
import type { Clock } from '../clock.ts';
import type { DigestPreview } from '../digests/preview.ts';
import type { DigestRunner } from '../digests/runner.ts';
import type { Schedule } from '../digests/schedule.ts';
import type { Subscriptions } from '../digests/service.ts';
import type { Finding } from '../doctor/finding.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../outbox/delivery.ts';
import type { OutboxRow } from '../outbox/outbox.ts';
import type { ErasureStore } from '../privacy/erasure.ts';
import type { HistoryStore } from '../privacy/export.ts';
import type { Ask } from '../questions/ask.ts';
import type { QuestionContext } from '../questions/grammar.ts';
import type { TryVdn } from '../questions/try-vdn.ts';
import type { Rights } from '../vdns/rights.ts';
import type { Settings } from '../vdns/service.ts';
import type { Trouble } from '../work/trouble.ts';
import type { Channels } from './channels.ts';
import type { Environment } from './environment.ts';
import type { Homes } from './home/homes.ts';
import type { MessageContext } from './i18n.ts';
import type { ContextFor } from './masking.ts';
import type { Message } from './messages/message.ts';
import type { Modals } from './modals.ts';
import type { People } from './people.ts';
import type { Place, Reply } from './reply.ts';
import type { Uploads } from './uploads.ts';
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
  queue: Pick<Queue, 'vdns' | 'claimNext' | 'messageOf'>;
  homes: Pick<Homes, 'opened' | 'show' | 'wake'>;
  outbox: Pick<
    Outbox,
    'sendNow' | 'keep' | 'owe' | 'told' | 'find' | 'revise' | 'wake' | 'byMessage' | 'confirm'
  >;
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
  /** What the doctor finds of the desk that runs. */
  health: () => Promise<Finding[]>;
  /** What is wrong with the database, where that is why something broke; null: it is not. */
  troubleBehind(error: unknown): Trouble | null;
  /** Removes callers who ask for it. */
  erasure: ErasureStore;
  /** How many calls there were on days of which nothing else is kept. */
  oldFigures: OldFiguresStore;
  history: HistoryStore;
  uploads: Uploads;
  /** The words that people may say for media. */
  media: QuestionContext['media'];
  /** Whether callers' numbers may be shown where another organisation reads along. */
  numbersInSharedChannels: boolean;
  /** For what somebody reads alone: in that person's language. */
  contextOf(userId: string): Promise<MessageContext>;
  /** The same where it shows callers of VDNs. */
  contextFor: ContextFor;
  /** What people set, with all that follows from it. */
  settings: Settings;
  tryVdn: TryVdn;
  /** What a digest of this schedule would be like, from now on. */
  previewOf(vdn: number, schedule: Schedule, timeZone: string): Promise<DigestPreview>;
  environment: Environment;
  /** For what a channel reads. */
  channelContext: MessageContext;
  /** How long calls are kept; null: for good. */
  retentionMs: number | null;
  /** Tells somebody; `respond` where Slack gave a response_url for it: to a command or a click. */
  replyTo(place: Place, respond?: RespondFn): Reply;
  /** A kept message as it stands now. */
  render(row: OutboxRow): Promise<Message>;
  /** Writes down who looked at it. */
  audit: Audit;
  clock: Clock;
  log: Log;
}
