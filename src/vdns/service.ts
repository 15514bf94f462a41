import { isDeepStrictEqual } from 'node:util';
import { zoneOf } from '../calls/vdn.ts';
import type { Clock } from '../clock.ts';
import { nextRunAfter } from '../digests/next-run.ts';
import type { OutboxDraft } from '../outbox/outbox.ts';
import type { By, Ended, Following, Rekeyed, SettingsChanges, SettingsMade } from './changes.ts';
import { VDN_REMOVED, type VdnRemovedData } from './removed.ts';
import type { KeptSettings, VdnSettings, VdnSettingsStore } from './settings.ts';
import type { WorkspaceSettings, WorkspaceSettingsStore } from './workspace.ts';

/** Somebody of the workspace. */
export type Who = Pick<By, 'teamId' | 'actorId'>;

export type SettingsPatch = Partial<Omit<VdnSettings, 'number'>>;

/** `settings`: as they are then. moved: they are not those that were seen. */
export type SettingsResult =
  | { outcome: 'changed' | 'unchanged' | 'moved'; settings: KeptSettings }
  /** Another VDN has that name. */
  | { outcome: 'name-taken'; by: number }
  | { outcome: 'gone' };

export type AddResult =
  | { outcome: 'added' | 'there'; settings: KeptSettings }
  | { outcome: 'name-taken'; by: number };

/** What people do with settings. Who may is asked before. */
export interface Settings {
  list(teamId: string): Promise<KeptSettings[]>;
  find(teamId: string, vdn: number): Promise<KeptSettings | undefined>;
  add(who: Who, settings: VdnSettings): Promise<AddResult>;
  /**
   * `seen`: the version that they were changed from. Callbacks follow the new rules at once, digests the new clock, and
   * callers are read by the new country.
   */
  change(who: Who, vdn: number, seen: number, patch: SettingsPatch): Promise<SettingsResult>;
  /** Its digests end and say so, its callbacks expire. Undefined: it was not there. */
  remove(who: Who, vdn: number): Promise<Ended | undefined>;
  workspace(teamId: string): Promise<WorkspaceSettings>;
  /** Undefined: it has moved on from the version that these were changed from. */
  changeWorkspace(who: Who, settings: WorkspaceSettings): Promise<WorkspaceSettings | undefined>;
  /** Who has changed what of a VDN (null: of the workspace) since that version, newest first, the last few. */
  since(teamId: string, vdn: number | null, version: number): Promise<SettingsMade[]>;
  /** For a sync that has read callers by a country which is the VDN's no more. */
  rekey(teamId: string, vdn: number): Promise<void>;
}

export interface SettingsParts {
  vdns: Pick<VdnSettingsStore, 'list' | 'find'>;
  workspaces: Pick<WorkspaceSettingsStore, 'find'>;
  changes: SettingsChanges;
  /** Gives calls their callbacks that have none. */
  attachNew(request: { teamId: string; vdn: number; openedBy: 'digest' }): Promise<unknown>;
  clock: Clock;
  /** A new UUID. */
  newId(): string;
  /** Messages are in the outbox, or are to be edited. */
  wakeOutbox(): void;
  /** What holds for the whole workspace is this from now on. */
  showWorkspace(teamId: string, settings: WorkspaceSettings): void;
  /** Callbacks are to be looked at. */
  wakeCallbacks(): void;
}

export function createSettings(parts: SettingsParts): Settings {
  const { vdns, workspaces, changes, attachNew, clock, newId } = parts;
  const { wakeOutbox, wakeCallbacks, showWorkspace } = parts;

  async function afterRekeying(teamId: string, vdn: number, { detached, moved, merged }: Rekeyed) {
    if (detached > 0) await attachNew({ teamId, vdn, openedBy: 'digest' });
    if (moved > 0 || merged.length > 0) wakeOutbox();
    if (merged.length > 0) wakeCallbacks();
  }

  return {
    list: (teamId) => vdns.list(teamId),
    find: (teamId, vdn) => vdns.find(teamId, vdn),

    async add(who, settings) {
      const { teamId } = who;
      const added = await changes.add({ ...who, now: clock.now() }, settings);
      if (added && 'nameTakenBy' in added) return { outcome: 'name-taken', by: added.nameTakenBy };
      if (added) return { outcome: 'added', settings: added };
      const there = await vdns.find(teamId, settings.number);
      if (!there) throw new Error('A VDN came and went while it was added');
      return { outcome: 'there', settings: there };
    },

    async change(who, vdn, seen, patch) {
      const { teamId } = who;
      const before = await vdns.find(teamId, vdn);
      if (!before) return { outcome: 'gone' };
      if (before.version !== seen) return { outcome: 'moved', settings: before };
      const wished = { ...before, ...patch };
      const changed = changedBetween(before, wished);
      if (changed.length === 0) return { outcome: 'unchanged', settings: before };
      const now = clock.now();
      const following = followingOf(changed, wished, now);
      const made = await changes.change({ ...who, now }, wished, following);
      if (made && 'nameTakenBy' in made) return { outcome: 'name-taken', by: made.nameTakenBy };
      if (!made) {
        const settings = await vdns.find(teamId, vdn);
        return settings ? { outcome: 'moved', settings } : { outcome: 'gone' };
      }
      await afterRekeying(teamId, vdn, made.rekeyed);
      if (following.rules) wakeCallbacks();
      return { outcome: 'changed', settings: made.settings };
    },

    async remove(who, vdn) {
      const { teamId } = who;
      const there = await vdns.find(teamId, vdn);
      if (!there) return undefined;
      const about = { vdn: { number: vdn, name: there.name }, actorId: who.actorId };
      const ended = await changes.remove({ ...who, now: clock.now() }, vdn, (all) =>
        noticesOf(all, about).map(({ to, data }): OutboxDraft => {
          return { id: newId(), teamId, channelId: to, kind: VDN_REMOVED, data };
        }),
      );
      if (ended) wakeOutbox();
      return ended;
    },

    workspace: (teamId) => workspaces.find(teamId),
    async changeWorkspace(who, settings) {
      const before = await workspaces.find(who.teamId);
      const differing = (['language', 'masking'] as const).filter((name) => before[name] !== settings[name]);
      const changed = await changes.changeWorkspace({ ...who, now: clock.now() }, settings, differing);
      if (changed) showWorkspace(who.teamId, changed);
      return changed;
    },
    since: (teamId, vdn, version) => changes.since(teamId, vdn, version),

    async rekey(teamId, vdn) {
      await afterRekeying(teamId, vdn, await changes.rekey(teamId, vdn, clock.now()));
    },
  };
}

type Setting = Exclude<keyof KeptSettings, 'version'>;
/** What callbacks go by. */
const RULES: readonly Setting[] = ['week', 'holidays', 'timeZone', 'restMs', 'raise'];

const changedBetween = (before: KeptSettings, after: KeptSettings): Setting[] =>
  Object.keys(before)
    .filter((name): name is Setting => name !== 'version')
    .filter((name) => !isDeepStrictEqual(before[name], after[name]));

function followingOf(changed: readonly Setting[], wished: VdnSettings, now: number): Following {
  return {
    changed,
    rules: changed.some((name) => RULES.includes(name)),
    country: changed.includes('country'),
    nextRunAt: changed.includes('timeZone')
      ? (schedule) => nextRunAfter(schedule, now, zoneOf(wished))
      : null,
  };
}

/** Every channel hears of its digest, and everybody else than who removed it of their own callbacks. */
function noticesOf(
  { subscriptions, owners }: Ended,
  about: Omit<VdnRemovedData, 'about'>,
): { to: string; data: VdnRemovedData }[] {
  return [
    ...subscriptions.map(({ number, channelId }) => ({
      to: channelId,
      data: { ...about, about: { subscriptionNumber: number } },
    })),
    ...owners
      .filter(({ userId }) => userId !== about.actorId)
      .map(({ userId, callbacks }) => ({ to: userId, data: { ...about, about: { callbacks } } })),
  ];
}
