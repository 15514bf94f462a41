/** What a workspace is made of before anything happens in it. */
export interface WorkspaceSeed {
  team: { id: string; domain: string; name: string };
  app: AppSeed;
  people: PersonSeed[];
  groups: GroupSeed[];
  channels: ChannelSeed[];
}

export interface AppSeed {
  id: string;
  /** The app's user, as it appears in mentions and as the author of its messages. */
  botUserId: string;
  botId: string;
  name: string;
  /** What the bot token may do; default: what the desk's manifest asks for. */
  scopes: string[];
  /** The events that the app has subscribed to; `message.im` is messages in direct messages. */
  events: string[];
}

export interface PersonSeed {
  id: string;
  /** Short name, `user_name` in payloads; the driver finds people by it too. */
  handle: string;
  name: string;
  /** IETF locale as in Slack's preferences, `zh-CN`. */
  locale: string;
  /** IANA zone. */
  tz: string;
  /** Id of another organisation's workspace that they belong to; default: this one. */
  team?: string;
  /** What Slack calls them in the workspace; a member by default. An owner is an admin, too. */
  role?: 'admin' | 'owner';
}

export interface GroupSeed {
  id: string;
  handle: string;
  name: string;
  members: string[];
  /** Nobody can use it any more, though Slack remembers it. */
  disabled?: boolean;
}

export interface ChannelSeed {
  id: string;
  /** Without `#`; for a direct message any text. */
  name: string;
  kind: 'public' | 'private' | 'im';
  /** User ids; the app's user among them where the app is a member. */
  members: string[];
  archived?: boolean;
  /** Shared with another organisation by Slack Connect. */
  shared?: boolean;
}

/** The scopes of slack-facts: the desk's own. Note that `im:read` is not among them. */
const DESK_SCOPES = [
  'commands',
  'chat:write',
  'chat:write.public',
  'channels:join',
  'im:write',
  'files:write',
  'users:read',
  'usergroups:read',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'app_mentions:read',
  'im:history',
];

const BOT = 'U0DESKBOT';
const LI = 'U0LIWEI01';
const ANA = 'U0ANASOUZ';
const TOM = 'U0TOMBAKE';

/** The workspace that one gets without asking for another: three people in three zones, and every kind of channel. Ana is its owner; Ana and Tom are the managers. */
export const officeSeed: WorkspaceSeed = {
  team: { id: 'T0OFFICE1', domain: 'office', name: 'Office' },
  app: {
    id: 'A0DESKAPP',
    botUserId: BOT,
    botId: 'B0DESKBOT',
    name: 'missed-call-desk',
    scopes: DESK_SCOPES,
    events: ['app_home_opened', 'app_mention', 'message.im', 'channel_shared', 'channel_unshared'],
  },
  people: [
    { id: LI, handle: 'li', name: 'Li Wei', locale: 'zh-CN', tz: 'Asia/Shanghai' },
    { id: ANA, handle: 'ana', name: 'Ana Souza', locale: 'pt-BR', tz: 'America/Sao_Paulo', role: 'owner' },
    { id: TOM, handle: 'tom', name: 'Tom Baker', locale: 'en-GB', tz: 'Europe/London' },
  ],
  groups: [{ id: 'S0MANAGER', handle: 'managers', name: 'Managers', members: [ANA, TOM] }],
  channels: [
    { id: 'C0SUPPORT', name: 'support', kind: 'public', members: [LI, ANA, TOM, BOT] },
    { id: 'C0SALES01', name: 'sales', kind: 'public', members: [LI, ANA, TOM] },
    { id: 'C0MANAGER', name: 'managers', kind: 'private', members: [ANA, TOM, BOT] },
    { id: 'C0PRIVATE', name: 'private', kind: 'private', members: [LI, TOM] },
    { id: 'C0PARTNER', name: 'partners', kind: 'public', members: [LI, ANA, TOM, BOT], shared: true },
    { id: 'C0OLDDAYS', name: 'old-days', kind: 'public', members: [LI, ANA, TOM, BOT], archived: true },
    { id: 'D0LIWEI01', name: 'directmessage', kind: 'im', members: [LI, BOT] },
    { id: 'D0ANASOUZ', name: 'directmessage', kind: 'im', members: [ANA, BOT] },
    { id: 'D0TOMBAKE', name: 'directmessage', kind: 'im', members: [TOM, BOT] },
    { id: 'D0ANATOM1', name: 'directmessage', kind: 'im', members: [ANA, TOM] },
  ],
};

const BRANCH_BOT = 'U0BRANBOT';
const MAX = 'U0MAXWEBER';
const ZOE = 'U0ZOEBLANC';

/** A second workspace, of other people, for the same app. */
export const branchSeed: WorkspaceSeed = {
  team: { id: 'T0BRANCH1', domain: 'branch', name: 'Branch' },
  app: { ...officeSeed.app, botUserId: BRANCH_BOT, botId: 'B0BRANBOT' },
  people: [
    { id: MAX, handle: 'max', name: 'Max Weber', locale: 'en-GB', tz: 'Europe/Berlin', role: 'owner' },
    { id: ZOE, handle: 'zoe', name: 'Zoe Blanc', locale: 'en-GB', tz: 'Europe/Paris' },
  ],
  groups: [],
  channels: [
    { id: 'C0HOTLINE', name: 'hotline', kind: 'public', members: [MAX, ZOE, BRANCH_BOT] },
    { id: 'C0BRANPRI', name: 'private', kind: 'private', members: [MAX] },
  ],
};
