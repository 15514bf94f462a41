import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError, type Environment, loadConfig } from '../../src/config/config.ts';

const key = () => randomBytes(32).toString('base64');
const KEY = key();
const rest = {
  SLACK_SIGNING_SECRET: 's',
  CMS_URL: 'https://cms.example.com:28443',
  CMS_ACCESS_KEY: 'AK',
  CMS_SECRET_KEY: 'SK',
};
const several = {
  ...rest,
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'secret',
  TOKEN_KEY: KEY,
  PUBLIC_URL: 'https://desk.example.com/',
  WORKSPACES: 'T012AB3CD=159+160, T045EF6GH=*',
} satisfies Environment;

const load = (env: Environment) =>
  loadConfig(env, (path) => {
    if (path === '/run/key') return `${KEY}\n`;
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  });
function problemsOf(env: Environment): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('one workspace or several', () => {
  it('is one where there is a token, with nothing more to set', () => {
    expect(load({ ...rest, SLACK_BOT_TOKEN: 'xoxb-1' }).slack).toMatchObject({
      botToken: 'xoxb-1',
      oauth: null,
    });
  });

  it('is several where there is a client, each with the VDNs that it was given', () => {
    const { botToken, oauth } = load(several).slack;
    expect(botToken).toBeNull();
    expect(oauth).toMatchObject({
      clientId: '1.2',
      clientSecret: 'secret',
      publicUrl: 'https://desk.example.com',
    });
    expect([...(oauth?.workspaces ?? [])]).toEqual([
      ['T012AB3CD', [159, 160]],
      ['T045EF6GH', 'any'],
    ]);
  });

  it('is not both', () => {
    const problems = problemsOf({ ...several, SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(problems).toEqual([expect.stringContaining('SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set')]);
  });

  it.each(['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'TOKEN_KEY', 'PUBLIC_URL', 'WORKSPACES'])(
    'says that %s is missing, where the others are there',
    (name) => {
      expect(problemsOf({ ...several, [name]: '' })).toEqual([expect.stringMatching(`^${name} is missing`)]);
    },
  );

  it.each([
    ['TOKEN_KEY', 'hunter2', /openssl rand -base64 32/],
    ['TOKEN_KEY', Buffer.alloc(31, 7).toString('base64'), /openssl rand -base64 32/],
    ['TOKEN_KEY', Buffer.alloc(32, 7).toString('base64'), /no random key/],
    ['TOKEN_KEY', `${KEY},${KEY}`, /twice/],
    ['PUBLIC_URL', 'http://desk.example.com', /https/],
    ['PUBLIC_URL', 'desk.example.com', /https/],
    ['WORKSPACES', 'T012AB3CD', /T012AB3CD=159\+160/],
    ['WORKSPACES', 'acme=159', /T012AB3CD=159\+160/],
    ['WORKSPACES', 'T012AB3CD=0', /1 to 5000/],
    ['WORKSPACES', 'T012AB3CD=5001', /1 to 5000/],
    ['WORKSPACES', 'T012AB3CD=1,T012AB3CD=*', /twice/],
    ['WORKSPACES', ',', /no workspace/],
  ])('%s=%s is refused with the remedy', (name, value, remedy) => {
    const problems = problemsOf({ ...several, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    expect(problems[0]).toMatch(remedy);
    if (name === 'TOKEN_KEY') expect(problems[0]).not.toContain(value.slice(0, 10));
  });

  it('takes keys as openssl prints them, with and without padding, and from a file', () => {
    const [one, other] = [key(), key()];
    const keysOf = (env: Environment) =>
      load(env).slack.oauth?.tokenKeys.map(({ bytes }) => bytes.toString('base64'));
    expect(keysOf({ ...several, TOKEN_KEY: `${one}, ${other.replace('=', '')}` })).toEqual([one, other]);
    const { TOKEN_KEY: _, ...env } = several;
    expect(keysOf({ ...env, TOKEN_KEY_FILE: '/run/key' })).toEqual([KEY]);
  });

  it('on this machine needs no https', () => {
    expect(problemsOf({ ...several, PUBLIC_URL: 'http://localhost:3000' })).toEqual([]);
    expect(problemsOf({ ...several, PUBLIC_URL: 'http://localhost.evil.example' })).toHaveLength(1);
  });
});
