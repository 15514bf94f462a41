/** Bot scopes, each with what needs it: a Web API method, or what Slack delivers. The README prints the reasons. */
export const scopes = {
  commands: { reason: 'to be asked with /missed', methods: [] },
  'chat:write': {
    reason: 'to post and edit answers and digests',
    methods: ['chat.postMessage', 'chat.update', 'chat.postEphemeral'],
  },
  'channels:read': {
    reason:
      'to see whether it is a member of a public channel, whether another organisation reads along, and who has the rights that a channel has',
    methods: ['conversations.info', 'conversations.members'],
  },
  'groups:read': {
    reason: 'the same for private channels',
    methods: ['conversations.info', 'conversations.members'],
  },
  'channels:join': {
    reason: 'to join a public channel that subscribes to digests',
    methods: ['conversations.join'],
  },
  'app_mentions:read': { reason: 'to be asked with a mention, @Missed Call Desk', methods: [] },
  'channels:history': {
    reason:
      'to find its own message again when the answer to a post was lost, so that it does not post twice',
    methods: ['conversations.history', 'conversations.replies'],
  },
  'groups:history': { reason: 'the same in private channels', methods: ['conversations.history'] },
  'im:history': {
    reason: 'the same in direct messages, and to be asked there',
    methods: ['conversations.history'],
  },
  'im:write': {
    reason:
      'to write to people: their callers have called again, are due, were given or taken, or nobody claims them',
    methods: ['conversations.open'],
  },
  'files:write': {
    reason: 'to send the export of who did what, with /missed audit',
    methods: ['files.uploadV2'],
  },
  'users:read': {
    reason: 'to answer in your language and time zone, and to know the admins of the workspace',
    methods: ['users.info'],
  },
  'usergroups:read': {
    reason: 'to know who has the rights that a user group has',
    methods: ['usergroups.list'],
  },
} as const satisfies Record<string, { reason: string; methods: readonly string[] }>;
