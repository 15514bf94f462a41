import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Changes } from './changes.ts';
import type { Ack, Delivery } from './delivery/delivery.ts';
import { type Events, openEvents } from './events.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import type { MethodContext } from './method.ts';
import { openPerson, type Person } from './person/person.ts';
import { readerOf, renderText, renderView } from './render/render-text.ts';
import { openResponseUrls, type ResponseUrls } from './response-urls.ts';
import type { WorkspaceSeed } from './seed.ts';
import { openTriggers } from './triggers.ts';
import type { View } from './views.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** One workspace, as its people and the app see it. */
export interface Team {
  readonly teamId: string;
  readonly botUserId: string;
  readonly workspace: Workspace;
  /** Whether the app is in it. */
  readonly installed: boolean;
  /** The person with this id or handle. */
  as(ref: string): Person;
  /** A message, modal or Home tab as this person (id or handle) reads it, as text for a terminal. */
  render(what: Message | View, ref: string): string;
  /** Sends any event to the app, if it has subscribed to it. */
  emit(event: JsonObject & { type: string }): Promise<Ack | undefined>;
  /** An admin takes the app out: its token is good for nothing from then on, and Slack tells so. */
  uninstall(): Promise<void>;
}

/** The same with what this Slack serves it with. */
export interface OpenTeam extends Team {
  readonly responseUrls: ResponseUrls;
  readonly events: Events;
  /** What methods work on that are called with its token. */
  readonly context: Omit<MethodContext, 'connectionUrl' | 'exchange'>;
  /** The token of the bot; the same as long as the app stays installed. */
  install(scopes?: readonly string[]): string;
  readonly token: string | undefined;
  /** Whether it was the bot's once. */
  hadToken(token: string): boolean;
}

export interface TeamParts {
  clock: Clock;
  changes: Changes;
  delivery: Delivery;
  /** Where this Slack is reached. */
  base(): string;
  log: Log;
}

export function openTeam(seed: WorkspaceSeed, parts: TeamParts): OpenTeam {
  const { clock, changes, base, log } = parts;
  const workspace = openWorkspace(seed, clock, changes);
  const triggers = openTriggers(clock);
  const responseUrls = openResponseUrls(workspace, clock, base);
  /** All that there were, the one that counts last. */
  const tokens: string[] = [];
  let installed = false;

  // People can only use what is there; what Slack tells of the end comes after it.
  const delivery: Delivery = {
    ...parts.delivery,
    deliver(kind, payload, retry) {
      if (installed || kind === 'events_api') return parts.delivery.deliver(kind, payload, retry);
      throw new Error(`The app is not installed in ${workspace.team.name}`);
    },
  };
  const events = openEvents(workspace, delivery, clock, log);
  const ends = new Set(['app_uninstalled', 'tokens_revoked']);
  const emit = async (event: JsonObject & { type: string }) =>
    installed || ends.has(event.type) ? events.send(event) : undefined;
  const announce = (event: JsonObject & { type: string }) =>
    void emit(event).catch((error) => log.error({ error }, 'An event could not be sent'));

  function leave(): void {
    installed = false;
    const { botUserId } = workspace.app;
    for (const channel of workspace.channels.values()) channel.members.delete(botUserId);
    changes.tell();
  }

  /** In no particular order, as Slack says; here the later cause comes first. */
  const tellOfTheEnd = async () => {
    const { botUserId } = workspace.app;
    await emit({ type: 'tokens_revoked', tokens: { oauth: [], bot: [botUserId] } });
    await emit({ type: 'app_uninstalled' });
  };

  const people = new Map<string, Person>();
  return {
    teamId: workspace.team.id,
    botUserId: workspace.app.botUserId,
    workspace,
    responseUrls,
    events,
    get installed() {
      return installed;
    },
    get token() {
      return installed ? tokens.at(-1) : undefined;
    },
    hadToken: (token) => tokens.includes(token),
    install(scopes) {
      if (scopes) workspace.app.scopes = [...scopes];
      if (!installed)
        tokens.push(`xoxb-sandbox-${workspace.team.id}${tokens.length > 0 ? `-${tokens.length}` : ''}`);
      installed = true;
      return tokens.at(-1) ?? '';
    },
    context: {
      workspace,
      triggers,
      clock,
      announce,
      uploadUrl: (key) => `${base()}/upload/${key}`,
      revoke() {
        leave();
        tellOfTheEnd().catch((error) => log.error({ error }, 'An event could not be sent'));
      },
    },
    as(ref) {
      const person = workspace.person(ref);
      const known = people.get(person.id);
      const opened = known ?? openPerson(person, { workspace, triggers, responseUrls, delivery, events });
      people.set(person.id, opened);
      return opened;
    },
    render(what, ref) {
      const reader = readerOf(workspace, workspace.person(ref), clock.now());
      return 'rootId' in what ? renderView(what, reader) : renderText(what, reader);
    },
    emit,
    async uninstall() {
      leave();
      await tellOfTheEnd();
    },
  };
}
