import type { Install, OAuthSettings } from './config.ts';
import { type Setting, settings } from './settings.ts';

const OF_OAUTH = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'TOKEN_KEY', 'PUBLIC_URL', 'WORKSPACES'] as const;

/** One workspace with its token, or those that install the app: whichever is set. Undefined where there are problems. */
export function readInstall(
  given: (name: string) => boolean,
  get: <T>(setting: Setting<T>) => T | undefined,
  problems: string[],
): Install | undefined {
  const ofOAuth = OF_OAUTH.filter(given);
  const isOne = given('SLACK_BOT_TOKEN');
  if (isOne && ofOAuth.length > 0) {
    problems.push(
      `SLACK_BOT_TOKEN and ${ofOAuth[0]} are both set: keep SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID and what belongs to it for several.`,
    );
    return undefined;
  }
  if (ofOAuth.length === 0) {
    const botToken = get(settings.slackBotToken);
    return botToken === undefined ? undefined : { botToken, oauth: null };
  }
  const need = <T>(setting: Setting<T>) => get({ ...setting, required: true });
  const read = {
    clientId: need(settings.slackClientId),
    clientSecret: need(settings.slackClientSecret),
    tokenKeys: need(settings.tokenKey),
    publicUrl: need(settings.publicUrl)?.replace(/\/+$/, ''),
    workspaces: need(settings.workspaces),
  };
  // Slack wants https for it, except on the machine itself.
  if (read.publicUrl && !/^https:|^http:\/\/(?:localhost|127\.0\.0\.1)(?::|$)/.test(read.publicUrl))
    problems.push('PUBLIC_URL must begin with https://: a token passes there.');
  return isWhole(read) ? { botToken: null, oauth: read } : undefined;
}

const isWhole = (read: { [K in keyof OAuthSettings]: OAuthSettings[K] | undefined }): read is OAuthSettings =>
  Object.values(read).every((value) => value !== undefined);
