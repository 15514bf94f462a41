import type { ActiveFault } from '../cms/faults.ts';
import type { RequestOnRecord } from '../cms/requests-on-record.ts';
import type { ApiCall } from '../slack/calls.ts';
import type { Ack } from '../slack/delivery/delivery.ts';
import type { JsonObject } from '../slack/json.ts';
import type { Block } from '../slack/messages.ts';
import type { PersonSeed } from '../slack/seed.ts';

// What the page's server says to the page, as JSON. Times are epoch milliseconds of the sandbox's clock.

/** Everything that the page shows to one person who looks at one channel. */
export interface Scene {
  now: number;
  team: string;
  app: AppShown;
  me: string;
  people: PersonSeed[];
  names: NamesShown;
  channels: ChannelShown[];
  /** The channel that is open. */
  channel: string;
  /** Its messages and replies as this person sees them, oldest first. */
  messages: MessageShown[];
  home: ViewShown | null;
  /** The visible modal. */
  modal: ViewShown | null;
  desk: DeskState;
  centre: CentreShown;
  /** How many calls the desk made to Slack; they are fetched when somebody looks at them. */
  told: { calls: number; refused: number };
  guide: GuideShown;
}

export interface AppShown {
  userId: string;
  name: string;
  commands: CommandShown[];
  shortcuts: ShortcutShown[];
}

/** A shortcut that can be started from anywhere, as the manifest describes it. */
export interface ShortcutShown {
  name: string;
  callbackId: string;
  description: string;
}

/** A slash command as the manifest describes it. */
export interface CommandShown {
  name: string;
  description: string;
  usageHint: string;
}

export interface Named {
  id: string;
  name: string;
}

/** What ids in messages stand for. */
export interface NamesShown {
  users: Named[];
  channels: Named[];
  groups: Named[];
}

export interface ChannelShown {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  /** Of a direct message: the other one's user id. */
  with: string | null;
  /** Whether this person may write there. */
  member: boolean;
  archived: boolean;
  shared: boolean;
  unread: number;
}

export interface MessageShown {
  ts: string;
  user: string;
  byApp: boolean;
  text: string;
  blocks: Block[];
  /** Only this person sees it. */
  ephemeral: boolean;
  edited: boolean;
  threadTs: string | null;
  broadcast: boolean;
  /** Names of the files that came with it. */
  files: string[];
}

export interface ViewShown {
  id: string;
  hash: string;
  definition: JsonObject;
  blocks: Block[];
  /** What was entered so far, by block id and action id. */
  entered: JsonObject;
}

export type DeskState = 'open' | 'closed' | 'moving';

export interface CentreShown {
  vdns: { number: number; name: string; timeZone: string }[];
  faults: ActiveFault[];
  /** How many requests came in all. */
  requests: number;
}

export interface GuideShown {
  steps: { id: StepId; done: boolean }[];
  dismissed: boolean;
}

export type StepId = 'ask' | 'claim' | 'switch' | 'subscribe' | 'ring' | 'hour';

/** A call that the desk made to Slack; `id` counts from 0. */
export type ToldShown = ApiCall & { id: number };
/** A request that the desk made to the contact centre; `id` counts from 0. */
export type RequestShown = RequestOnRecord & { id: number };

/** What an action of the page comes to. */
export interface Done {
  /** How the desk took it; absent where nothing was delivered to it. */
  ack?: Ack | undefined;
  /** Of a submission: what is wrong with which input, by block id. */
  errors?: Record<string, string>;
  /** Of a submission: why Slack could not do what the desk answered. */
  trouble?: string | undefined;
}
