/**
 * Slack's names of errors, sorted once by what the desk does about them. From the errors of chat.postMessage, chat.update,
 * conversations.open, conversations.history and conversations.info, https://docs.slack.dev/reference/methods. A name
 * that is not here is a refusal of this one message.
 */
export type ErrorClass =
  /** This channel or person is closed to the desk, or this edit: for good, until somebody opens it again. */
  | 'closed'
  /** The message to be edited is no longer there. */
  | 'gone'
  /** The message is too large or not well formed: something simpler may pass. */
  | 'too-large'
  /** Nothing passes, whatever it says and wherever it goes. */
  | 'shut-out'
  /** Too many calls. */
  | 'limited'
  /** A fault of Slack's own, after which the call may have had its effect. */
  | 'fault'
  /** Not Slack's word but that of something on the way, such as a proxy: certainly not done. */
  | 'way';

export const errorNames = {
  closed: [
    'access_denied',
    'cannot_dm_bot',
    'cant_update_message',
    'channel_not_found',
    'channel_type_not_supported',
    'edit_window_closed',
    'ekm_access_denied',
    'external_channel_migrating',
    'invalid_user_combination',
    'is_archived',
    'is_inactive',
    'messages_tab_disabled',
    'method_not_supported_for_channel_type',
    'no_permission',
    'not_in_channel',
    'restricted_action',
    'restricted_action_non_threadable_channel',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
    'restricted_action_thread_only_channel',
    'team_not_found',
    'user_disabled',
    'user_not_found',
    'user_not_visible',
  ],
  gone: ['message_not_found'],
  'too-large': [
    'attachment_payload_limit_exceeded',
    'http_413',
    'invalid_arguments',
    'invalid_attachments',
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'metadata_too_large',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'too_many_attachments',
  ],
  'shut-out': [
    'accesslimited',
    'account_inactive',
    'deprecated_endpoint',
    'enterprise_is_restricted',
    'invalid_auth',
    'message_limit_exceeded',
    'method_deprecated',
    'missing_scope',
    'not_allowed_token_type',
    'not_authed',
    'org_login_required',
    'team_access_not_granted',
    'team_added_to_org',
    'token_expired',
    'token_revoked',
    'two_factor_setup_required',
  ],
  limited: ['rate_limited', 'ratelimited'],
  // request_timeout: Slack did not get the whole request, or says so.
  fault: ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable', 'update_failed'],
} as const satisfies Partial<Record<ErrorClass, readonly string[]>>;

const classes: ReadonlyMap<string, ErrorClass> = new Map(
  (Object.entries(errorNames) as [keyof typeof errorNames, readonly string[]][]).flatMap(([kind, names]) =>
    names.map((name) => [name, kind] as const),
  ),
);

/** The desk's names for an HTTP status that a proxy answered: `http_403`. */
const CLIENT_ERROR = /^http_4\d\d$/;

/**
 * What to do about an error that a method (`chat.postMessage`) answered. undefined: not known. A scope that only opening,
 * describing or looking back needs shuts nothing else out.
 */
export function classOf(name: string, method?: string): ErrorClass | undefined {
  if (name === 'missing_scope' && method !== undefined && !method.startsWith('chat.')) return 'closed';
  return classes.get(name) ?? (CLIENT_ERROR.test(name) ? 'way' : undefined);
}

/** What whoever runs the desk can do about being shut out; one sentence. */
export function remedyFor(name: string): string {
  switch (name) {
    case 'missing_scope':
      return 'Give the app the scopes of slack-manifest.yml (OAuth & Permissions), install it again, and give the desk the new SLACK_BOT_TOKEN if it has one.';
    case 'org_login_required':
    case 'team_added_to_org':
      return 'The workspace is moving to an Enterprise organisation: they go when that is over.';
    case 'message_limit_exceeded':
      return 'The workspace has used up what its plan allows: they go when Slack allows more.';
    case 'accesslimited':
      return "The workspace does not allow calls from the desk's network: have its address allowed.";
    case 'team_access_not_granted':
    case 'enterprise_is_restricted':
      return 'Have the app approved for this workspace by the organisation that it belongs to.';
    case 'deprecated_endpoint':
    case 'method_deprecated':
      return 'Slack has given up a method that this desk uses: bring the desk up to date.';
    default:
      return 'Install the app again (OAuth & Permissions), and give the desk its new SLACK_BOT_TOKEN if it has one.';
  }
}
