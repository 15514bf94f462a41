import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { manifestFiles, manifestText } from '../manifest/generate.ts';
import { buildManifest } from '../manifest/manifest.ts';
import { REDIRECT_PATH } from '../src/slack/install/installer.ts';
import { commands, events } from '../src/slack/listeners.ts';
import { scopes } from '../src/slack/scopes.ts';

const top = join(import.meta.dirname, '..');
const slackSource = readdirSync(join(top, 'src/slack'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(top, 'src/slack', file), 'utf8'))
  .join('\n');

/** Methods that any bot token may call. */
const needNoScope = ['views.open', 'views.push', 'views.update', 'views.publish', 'auth.test', 'auth.revoke'];

describe('the manifest', () => {
  it.each(manifestFiles.map((file) => [file.path, file] as const))(
    '%s is what the source gives (npm run manifest)',
    (path, file) => {
      const text = readFileSync(join(top, path), 'utf8');
      expect(text).toBe(manifestText(file));
      expect(parse(text)).toEqual(buildManifest(file.mode));
    },
  );

  it('asks for the scopes of exactly the Web API methods that the code calls', () => {
    const called = new Set(
      [
        ...slackSource.matchAll(
          /\b(?:client|interactive|delivery)\s*\.\s*(?<family>[a-z]+)\s*\.\s*(?<method>[a-zA-Z0-9]+)\(/g,
        ),
      ].map((match) => `${match.groups?.family}.${match.groups?.method}`),
    );
    const covered = new Set(Object.values(scopes).flatMap(({ methods }) => methods as readonly string[]));
    expect([...called].filter((method) => !needNoScope.includes(method)).sort()).toEqual([...covered].sort());
  });

  it('offers every command of the listener table, and no other', () => {
    const { features } = buildManifest({ kind: 'socket' });
    expect(features.slash_commands.map(({ command }) => command)).toEqual(commands.map(({ name }) => name));
  });

  it('subscribes to the events of the listener table, and to no other', () => {
    const { settings } = buildManifest({ kind: 'socket' });
    expect(settings.event_subscriptions.bot_events).toEqual(events.map(({ name }) => name));
  });

  it('brings people back and hears of the end where workspaces install the app, and there alone', () => {
    const requestUrl = 'https://a.example/slack/events';
    const oauth = buildManifest({
      kind: 'http',
      requestUrl,
      redirectUrl: `https://a.example${REDIRECT_PATH}`,
    });
    expect(oauth.oauth_config.redirect_urls).toEqual(['https://a.example/slack/oauth_redirect']);
    const ends = ['app_uninstalled', 'tokens_revoked'];
    expect(oauth.settings.event_subscriptions.bot_events).toEqual([
      ...events.map(({ name }) => name),
      ...ends,
    ]);
    const one = JSON.stringify(buildManifest({ kind: 'http', requestUrl }));
    for (const word of [...ends, 'redirect']) expect(one).not.toContain(word);
  });

  it('has request URLs over HTTP, and none in Socket Mode', () => {
    const http = JSON.stringify(
      buildManifest({ kind: 'http', requestUrl: 'https://a.example/slack/events' }),
    );
    expect(http.match(/https:\/\/a\.example\/slack\/events/g)).toHaveLength(commands.length + 2);
    expect(JSON.stringify(buildManifest({ kind: 'socket' }))).not.toContain('url"');
  });
});
