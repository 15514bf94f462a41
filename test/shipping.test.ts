import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { settings } from '../src/config/settings.ts';
import { startOffice } from '../src/sandbox/office.ts';
import { freePort, killChildren, type Place, startIn } from './cli/child.ts';

const top = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(top, file), 'utf8');
/** "nobody", whom every Linux has. */
const NOBODY = 65_534;
const COPYING_MS = 120_000;

const folders: string[] = [];
afterEach(() => {
  killChildren();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Lock {
  packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
}

/** What `npm ci --omit=dev` puts there, of the packages that are here. */
function productionInstall(): string {
  const folder = mkdtempSync(join(tmpdir(), 'desk-install-'));
  folders.push(folder);
  const { packages } = JSON.parse(read('package-lock.json')) as Lock;
  const wanted = Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf('node_modules/') === 0 && existsSync(join(top, path)));
  for (const path of [...wanted, 'src', 'package.json'])
    cpSync(join(top, path), join(folder, path), { recursive: true });
  return folder;
}

/** A user who owns nothing but the data's folder, as in the image; where the tests may become another one. */
function asNobody(folder: string): Place {
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (process.getuid?.() !== 0) return { cwd: folder };
  chownSync(data, NOBODY, NOBODY);
  return { cwd: folder, uid: NOBODY, gid: NOBODY };
}

describe('a production install', () => {
  it('starts and answers for a user who may write to data alone', { timeout: COPYING_MS }, async () => {
    const office = await startOffice({ seed: null });
    await office.desk.stop();
    const { connection } = office.config.slack;
    const { botToken } = office.slack;
    const port = String(await freePort());
    const folder = productionInstall();
    const env = {
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: connection.mode === 'socket' ? connection.appToken : '',
      SLACK_API_URL: office.config.slack.apiUrl,
      CMS_URL: office.config.cms.url,
      CMS_ACCESS_KEY: office.config.cms.accessKey,
      CMS_SECRET_KEY: office.config.cms.secretKey,
      NODE_ENV: 'production',
      PORT: port,
    };
    const place = asNobody(folder);
    const desk = startIn(place, ['src/main.ts', 'start'], env);
    await desk.says('The desk is open');
    const tom = office.slack.as('tom');
    await office.slack.settled(() => office.slack.connections > 0);
    await tom.command('#support', '/missed', '7 today');
    await office.slack.settled(() => tom.messages('#support').length > 0, 20_000);

    // The image's own question whether it is well.
    const [, check = ''] = /CMD \["node", "--eval", (".*")\]\n/.exec(read('Dockerfile')) ?? [];
    const well = startIn(place, ['--eval', JSON.parse(check)], env);
    expect(await well.ended).toBe(0);
    const sick = startIn(place, ['--eval', JSON.parse(check)], { ...env, PORT: String(await freePort()) });
    expect(await sick.ended).toBe(1);

    desk.signal('SIGTERM');
    expect(await desk.ended).toBe(0);
    expect(existsSync(join(folder, 'data/desk.db'))).toBe(true);
    await office.close();
  });
});

describe('what the desk is run with', () => {
  const known = new Set(
    Object.values(settings).flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])),
  );

  interface Compose {
    services: Record<string, { environment?: Record<string, string>; secrets?: string[] }>;
    secrets: Record<string, { file: string }>;
  }
  it.each(['sqlite', 'postgres'])('docs/operating/compose.%s.yml sets only what there is', (which) => {
    const { services, secrets } = parse(read(`docs/operating/compose.${which}.yml`)) as Compose;
    const environment = Object.entries(services.desk?.environment ?? {});
    expect(environment.map(([name]) => name).filter((name) => !known.has(name))).toEqual([]);
    // Every secret is a file that is really there.
    for (const [name, path] of environment.filter(([name]) => name.endsWith('_FILE')))
      expect(services.desk?.secrets, name).toContain(path.replace('/run/secrets/', ''));
    for (const { secrets: used = [] } of Object.values(services))
      expect(used.filter((name) => !(name in secrets))).toEqual([]);
    const required = Object.values(settings).filter((setting) => setting.required);
    for (const { name } of required)
      expect(
        environment.map(([set]) => set.replace(/_FILE$/, '')),
        name,
      ).toContain(name);
  });

  it('the systemd unit too', () => {
    const unit = read('docs/operating/missed-call-desk.service');
    const set = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name = '']) => name);
    expect(set.filter((name) => !known.has(name) && name !== 'NODE_ENV')).toEqual([]);
    const loaded = [...unit.matchAll(/^LoadCredential=(\w+):/gm)].map(([, name]) => name);
    const used = [...unit.matchAll(/%d\/(\w+)$/gm)].map(([, name]) => name);
    expect(used).toEqual(loaded);
  });

  it('the image holds what the desk needs, and no more', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    const sent = [...read('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, file]) => file);
    expect(new Set(copied)).toEqual(new Set(sent));
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    for (const [, version] of read('Dockerfile').matchAll(/^FROM node:(\d+)-/gm))
      expect(`>=${version}`).toBe(engines.node);
  });
});
