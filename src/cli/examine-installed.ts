import type { OAuthSettings } from '../config/config.ts';
import { type Finding, failed, ok, skipped } from '../doctor/finding.ts';
import { channelFindings, identityFindings, type SlackPort } from '../doctor/slack.ts';
import type { InstallationStore } from '../slack/install/installation.ts';
import { INSTALL_PATH } from '../slack/install/installer.ts';
import { scopes } from '../slack/scopes.ts';
import { readProblem } from '../storage/look.ts';
import { SealError } from '../storage/token-seal.ts';

export interface ExamineInstalledParts {
  oauth: OAuthSettings;
  /** null: nothing can be read from the database. */
  store: InstallationStore | null;
  lookWith(botToken: string): Pick<SlackPort, 'identity' | 'channel'>;
  /** Ids of a workspace's channels with digests that are not paused by a person. */
  channelsOf(teamId: string): Promise<readonly string[]>;
}

/** Looks at each workspace that has installed the app: its token, what that may do, and its digests' channels. */
export async function* examineInstalled(parts: ExamineInstalledParts): AsyncGenerator<Finding, void, void> {
  const { oauth, store, lookWith, channelsOf } = parts;
  const address = `${oauth.publicUrl}${INSTALL_PATH}`;
  if (!store) {
    yield skipped(
      'slack.token',
      'no-database',
      'Not looked at: tokens are in the database, which comes first.',
    );
    return;
  }
  const all = await store.all();
  if (all.length === 0)
    yield skipped('slack.token', 'none-installed', `No workspace has installed the app yet, at ${address}.`);
  for (const { teamId } of all) {
    const found = await store.find(teamId).catch((error: unknown) => {
      if (error instanceof SealError) return error;
      throw error;
    });
    if (!found) continue;
    if (found instanceof SealError) {
      const says = `The token of the workspace ${teamId} cannot be decrypted.`;
      yield failed('slack.token', found.code, says, found.message, { teamId });
      continue;
    }
    const look = lookWith(found.botToken);
    const again = `Install the app in ${found.teamName} again, at ${address}.`;
    for (const finding of identityFindings(await look.identity(), Object.keys(scopes), 'Its token'))
      yield finding.remedy === null ? finding : { ...finding, remedy: again };
    if (!oauth.workspaces.has(teamId)) yield notNamed(teamId, found.teamName);
    const channels = await channelsOf(teamId).catch(readProblem);
    if ('message' in channels) yield skipped('slack.channels', channels.code, channels.message);
    else yield* await channelFindings(look, channels);
  }
  const missing = [...oauth.workspaces.keys()].filter((id) => !all.some(({ teamId }) => teamId === id));
  if (all.length > 0 && missing.length > 0) {
    const says = `WORKSPACES also names ${missing.join(', ')}, where the app is not installed yet.`;
    yield ok('slack.token', 'not-yet-installed', says, { missing });
  }
}

const notNamed = (teamId: string, team: string) =>
  failed(
    'slack.token',
    'not-in-workspaces',
    `The app is installed in ${team}, which the desk does not serve.`,
    `Name ${teamId} in WORKSPACES, or take the app out of that workspace in Slack.`,
    { teamId },
  );
