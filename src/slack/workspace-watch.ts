import type { Log } from '../log.ts';
import {
  type Language,
  UNSET_WORKSPACE,
  type WorkspaceSettings,
  type WorkspaceSettingsStore,
} from '../vdns/workspace.ts';
import { createPoll } from '../work/poll.ts';
import type { I18n, MessageContext } from './i18n.ts';

/** Another process of the desk may have taken the change: it holds here after so long at the latest. */
const EVERY_MS = 5_000;

export interface WorkspaceWatchParts {
  teamId: string;
  store: Pick<WorkspaceSettingsStore, 'find'>;
  i18n: I18n;
  /** Where nobody has set one. */
  language: Language;
  log: Log;
}

/** What is set for the workspace, at hand whenever a message to a channel is rendered. */
export function createWorkspaceWatch({ teamId, store, i18n, language, log }: WorkspaceWatchParts) {
  let current: WorkspaceSettings = UNSET_WORKSPACE;
  const contextNow = () => i18n.forLocale(current.language ?? language);
  const show = (settings: WorkspaceSettings) => {
    if (settings.version >= current.version) current = settings;
  };
  const look = async () => show(await store.find(teamId));
  const poll = createPoll({
    name: "the workspace's settings",
    everyMs: EVERY_MS,
    log,
    look: () => look().then(() => undefined),
  });

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

  return { channelContext, look, show, start: () => poll.start(), stop: () => poll.stop() };
}
