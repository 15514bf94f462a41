import {
  type Language,
  UNSET_WORKSPACE,
  type WorkspaceSettings,
  type WorkspaceSettingsStore,
} from '../vdns/workspace.ts';
import type { I18n, MessageContext } from './i18n.ts';

export interface WorkspaceWatchParts {
  teamId: string;
  store: Pick<WorkspaceSettingsStore, 'find'>;
  i18n: I18n;
  /** Where nobody has set one. */
  language: Language;
}

/** What is set for the workspace, at hand whenever a message to a channel is rendered; whoever hears of a change shows it. */
export function createWorkspaceWatch({ teamId, store, i18n, language }: WorkspaceWatchParts) {
  let current: WorkspaceSettings = UNSET_WORKSPACE;
  const contextNow = () => i18n.forLocale(current.language ?? language);
  const show = (settings: WorkspaceSettings) => {
    if (settings.version >= current.version) current = settings;
  };
  const look = async () => show(await store.find(teamId));

  /** In the language that holds at that moment, whoever keeps this. */
  const channelContext: MessageContext = {
    t: (key, params) => contextNow().t(key, params),
    get locale() {
      return contextNow().locale;
    },
    get mediaEdition() {
      return contextNow().mediaEdition;
    },
    get masked() {
      return contextNow().masked;
    },
  };

  return { channelContext, look, show };
}
