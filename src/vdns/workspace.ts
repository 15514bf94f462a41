/** The languages that the desk speaks. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where callers' numbers are shown masked: nowhere, in what channels read, or wherever they are not asked for one by one. */
export const MASKINGS = ['never', 'channels', 'always'] as const;
export type Masking = (typeof MASKINGS)[number];

/** What people may set for the whole workspace; null: as the environment says. */
export interface WorkspaceSettings {
  /** Of messages to channels: whoever reads alone is answered in a language of their own. */
  language: Language | null;
  masking: Masking | null;
  /** Goes up with every change: whoever changes them says which one they have seen. 0: nobody has set anything yet. */
  version: number;
}

export const UNSET_WORKSPACE: WorkspaceSettings = { language: null, masking: null, version: 0 };

export interface WorkspaceSettingsStore {
  find(teamId: string): Promise<WorkspaceSettings>;
  /** Of all workspaces where somebody has set something. */
  all(): Promise<{ teamId: string; settings: WorkspaceSettings }[]>;
  /** Undefined: they have moved on from that version. */
  change(teamId: string, settings: WorkspaceSettings): Promise<WorkspaceSettings | undefined>;
}
