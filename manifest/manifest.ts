import { commands, events, installEvents, shortcuts } from '../src/slack/listeners.ts';
import { scopes } from '../src/slack/scopes.ts';

/** `redirectUrl`: workspaces install the app by themselves, and come back there. */
export type ManifestMode = { kind: 'socket' } | { kind: 'http'; requestUrl: string; redirectUrl?: string };

/** Slack's app manifest, from the listener table and the scopes. */
export function buildManifest(mode: ManifestMode) {
  const redirectUrl = mode.kind === 'http' ? mode.redirectUrl : undefined;
  const told = redirectUrl === undefined ? events : [...events, ...installEvents];
  return {
    display_information: {
      name: 'Missed Call Desk',
      description: 'Missed calls, turned into callbacks that somebody owns',
      background_color: '#1d3557',
    },
    features: {
      // So that people can write to the desk.
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Missed Call Desk', always_online: true },
      shortcuts: shortcuts.map(({ name, label, description }) => ({
        name: label,
        type: 'global',
        callback_id: name,
        description,
      })),
      slash_commands: commands.map(({ name, description, usageHint }) => ({
        command: name,
        description,
        usage_hint: usageHint,
        // So that people named in a command arrive as ids, whatever their names are.
        should_escape: true,
        ...(mode.kind === 'http' ? { url: mode.requestUrl } : {}),
      })),
    },
    oauth_config: {
      ...(redirectUrl !== undefined && { redirect_urls: [redirectUrl] }),
      scopes: { bot: Object.keys(scopes) },
    },
    settings: {
      event_subscriptions: {
        ...(mode.kind === 'http' ? { request_url: mode.requestUrl } : {}),
        bot_events: told.map(({ name }) => name),
      },
      interactivity: {
        is_enabled: true,
        ...(mode.kind === 'http' ? { request_url: mode.requestUrl } : {}),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: mode.kind === 'socket',
      token_rotation_enabled: false,
    },
  };
}
