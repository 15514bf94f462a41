import type { Office } from '../office.ts';
import type { Slack } from '../slack/slack.ts';
import { createDeskSwitch, type DeskSwitch } from './desk-switch.ts';
import { createGuide, type Guide } from './guide.ts';
import { channelsSeenBy, messagesSeenBy, namesIn, shownView } from './look.ts';
import { createReading } from './reading.ts';
import type { CentreShown, CommandShown, Scene, ShortcutShown } from './scene.ts';

export interface StageOptions {
  office: Office;
  /** What the manifest calls the app. */
  appName: string;
  commands: CommandShown[];
  shortcuts: ShortcutShown[];
  vdns: CentreShown['vdns'];
}

/** What the page plays on: the office, and what only the page knows of it. */
export interface Stage {
  office: Office;
  slack: Slack;
  guide: Guide;
  desk: DeskSwitch;
  vdns: CentreShown['vdns'];
  /** What this person sees with this channel open; that counts as having read it. Throws an Error for an unknown person or channel. */
  scene(as: string, channel: string): Scene;
  /** Tells every open page to look again. */
  tell(): void;
  watch(listener: () => void): () => void;
  /** A request to the contact centre has come. */
  requested(): void;
  /** How many have come. */
  readonly requests: number;
}

export function createStage({ office, appName, commands, shortcuts, vdns }: StageOptions): Stage {
  const { slack, cms, clock } = office;
  const { workspace } = slack;
  const guide = createGuide();
  const reading = createReading();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const desk = createDeskSwitch(office, tell);
  let requests = 0;

  return {
    office,
    slack,
    guide,
    desk,
    vdns,
    tell,
    watch(listener) {
      listeners.add(listener);
      const ended = slack.watch(listener);
      return () => {
        listeners.delete(listener);
        ended();
      };
    },
    requested() {
      requests += 1;
      tell();
    },
    get requests() {
      return requests;
    },
    scene(as, channelRef) {
      const person = workspace.person(as);
      const channel = workspace.channel(channelRef);
      const messages = messagesSeenBy(slack, person, channel.id);
      reading.see(person.id, channel.id, workspace.messages.inChannel(channel.id));
      const unread = ({ id }: { id: string }) =>
        reading.unread(person.id, id, workspace.messages.inChannel(id));
      const { views, home } = slack.as(person.id);
      return {
        now: clock.now(),
        team: workspace.team.name,
        app: { userId: workspace.app.botUserId, name: appName, commands, shortcuts },
        me: person.id,
        people: [...workspace.people.values()],
        names: namesIn(workspace, appName),
        channels: channelsSeenBy(workspace, person, unread),
        channel: channel.id,
        messages,
        home: shownView(home),
        modal: shownView(views.at(-1)),
        desk: desk.state,
        centre: { vdns, faults: [...cms.faults.active()], requests },
        told: { calls: slack.calls.length, refused: slack.calls.filter(({ error }) => error).length },
        guide: guide.shown(),
      };
    },
  };
}
