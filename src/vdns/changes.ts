import type { MadeChange } from '../callbacks/notices.ts';
import type { Schedule } from '../digests/schedule.ts';
import type { OutboxDraft } from '../outbox/outbox.ts';
import type { KeptSettings, VdnSettings } from './settings.ts';
import type { WorkspaceSettings } from './workspace.ts';

/** Who does it, and when. */
export interface By {
  teamId: string;
  /** Slack user id. */
  actorId: string;
  now: number;
}

/** What follows from other settings for what is under way. */
export interface Following {
  /** The rules of its callbacks are others: the desk looks at each of them anew. */
  rules: boolean;
  /** Its callers' numbers are read otherwise: callbacks that are not done get their callers anew. */
  country: boolean;
  /** When its digests run next, by another clock; null: by the same. */
  nextRunAt: ((schedule: Schedule) => number) | null;
  /** The names of the settings that differ, for the audit. */
  changed: readonly string[];
}

/** The number of the VDN besides that has the name. */
export interface NameTaken {
  nameTakenBy: number;
}

/** Who changed which settings, by their names. */
export interface SettingsMade {
  actorId: string;
  changed: readonly string[];
}

/** What ends with a VDN. */
export interface Ended {
  subscriptions: { number: number; channelId: string }[];
  /** Those who had claimed some of its callbacks, and how many. */
  owners: { userId: string; callbacks: number }[];
  /** How many callbacks in all. */
  callbacks: number;
}

/** What a caller's callbacks came to when they were read otherwise. */
export interface Rekeyed {
  /** How many callbacks are of another caller now. */
  moved: number;
  /** Those whose callbacks went into another one's, by the person who had claimed it. */
  merged: MadeChange[];
  /** How many calls belong to no callback now, until they are attached again. */
  detached: number;
}

/** Changes of settings with all that follows from them, each in one transaction, which the audit is written in. */
export interface SettingsChanges {
  /** Undefined: there is a VDN of that number. Of two who give a name at once, one is told that it is taken. */
  add(by: By, settings: VdnSettings): Promise<KeptSettings | NameTaken | undefined>;
  /** Undefined: they have moved on from that version, or are gone. */
  change(
    by: By,
    settings: KeptSettings,
    following: Following,
  ): Promise<{ settings: KeptSettings; rekeyed: Rekeyed } | NameTaken | undefined>;
  /**
   * Its subscriptions end, its callbacks that are not done expire, and `drafts` says so to those whom it concerns.
   * Undefined: it was not there.
   */
  remove(by: By, vdn: number, drafts: (ended: Ended) => OutboxDraft[]): Promise<Ended | undefined>;
  /** `changed`: the names of those that differ. Undefined: they have moved on from that version. */
  changeWorkspace(
    by: By,
    settings: WorkspaceSettings,
    changed: readonly string[],
  ): Promise<WorkspaceSettings | undefined>;
  /** Who has changed what of a VDN (null: of the workspace) since that version, newest first, the last few. */
  since(teamId: string, vdn: number | null, version: number): Promise<SettingsMade[]>;
  /** Reads the VDN's callers anew as its settings say now, where a sync has just read them as they said before. */
  rekey(teamId: string, vdn: number, now: number): Promise<Rekeyed>;
}
