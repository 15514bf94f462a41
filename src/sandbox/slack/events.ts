import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Ack, Delivery } from './delivery/delivery.ts';
import type { JsonObject } from './json.ts';
import type { Workspace } from './workspace.ts';

const MINUTE_MS = 60_000;
/** How long after an event was missed it is sent again: at once, after a minute, after five. */
const RETRY_AFTER_MS = [0, MINUTE_MS, 5 * MINUTE_MS];
/** How often the clock is looked at for retries that are due: it may be moved by hand. */
const LOOK_EVERY_MS = 50;

const NEEDED_SCOPE: Record<string, string> = { app_mention: 'app_mentions:read', 'message.im': 'im:history' };

/** The Events API: tells the app what it has subscribed to and may see, and again when it does not answer. */
export interface Events {
  /** Gives how the first try went; undefined when the app has not subscribed to it or lacks the scope. */
  send(event: JsonObject & { type: string }): Promise<Ack | undefined>;
  /** Events that were not acknowledged and are to be sent again. */
  readonly unacknowledged: number;
  close(): void;
}

interface Pending {
  payload: JsonObject;
  tries: number;
  dueAt: number;
  reason: string;
}

export function openEvents(workspace: Workspace, delivery: Delivery, clock: Clock, log: Log): Events {
  let pending: Pending[] = [];
  let sent = 0;

  const isWanted = (event: JsonObject & { type: string }) => {
    const name = event.type === 'message' ? `message.${String(event.channel_type)}` : event.type;
    const scope = NEEDED_SCOPE[name];
    return (
      workspace.app.events.includes(name) && (scope === undefined || workspace.app.scopes.includes(scope))
    );
  };

  const envelope = (event: JsonObject): JsonObject => {
    sent += 1;
    const { team, app, channels } = workspace;
    const channel = channels.get(String(event.channel));
    return {
      token: 'sandbox',
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: app.id,
      event,
      type: 'event_callback',
      event_id: `Ev${String(sent).padStart(8, '0')}`,
      event_time: Math.floor(clock.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: app.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: channel?.shared ?? false,
    };
  };

  const attempt = async (payload: JsonObject, tries: number, reason: string): Promise<Ack> => {
    const retry = tries === 0 ? undefined : { number: tries, reason };
    const ack = await delivery.deliver('events_api', payload, retry);
    const after = RETRY_AFTER_MS[tries];
    if (ack.status !== 'acked' && after !== undefined) {
      const why = ack.status === 'operation_timeout' ? 'http_timeout' : 'http_error';
      pending.push({ payload, tries: tries + 1, dueAt: clock.now() + after, reason: why });
    }
    return ack;
  };

  const timer = setInterval(() => {
    const due = pending.filter((one) => one.dueAt <= clock.now());
    if (due.length === 0) return;
    pending = pending.filter((one) => !due.includes(one));
    for (const { payload, tries, reason } of due)
      attempt(payload, tries, reason).catch((error) =>
        log.error({ error }, 'An event could not be sent again'),
      );
  }, LOOK_EVERY_MS);
  timer.unref();

  return {
    send: (event) => (isWanted(event) ? attempt(envelope(event), 0, '') : Promise.resolve(undefined)),
    get unacknowledged() {
      return pending.length;
    },
    close: () => clearInterval(timer),
  };
}
