import { describe, expect, it } from 'vitest';
import { ConfigError, type Environment, loadConfig } from '../../src/config/config.ts';

const minimal = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  CMS_URL: 'https://cms.example.com:28443',
  CMS_ACCESS_KEY: 'AK',
  CMS_SECRET_KEY: 'SK',
} satisfies Environment;

const files: Record<string, string> = {
  '/run/secret': 'from-a-file\n',
  '/run/empty': '',
  '/run/ca.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  '/run/not-pem': 'hello',
};
const readFile = (path: string) => {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error(`no such file ${path}`), { code: 'ENOENT' });
  return text;
};
const load = (env: Environment) => loadConfig(env, readFile);
const problemsOf = (env: Environment): readonly string[] => {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('needs five variables and has a default for the rest', () => {
    expect(load(minimal)).toMatchObject({
      slack: { apiUrl: 'https://slack.com/api/', connection: { mode: 'socket', appToken: 'xapp-1' } },
      cms: { timeZone: 'UTC', subMediaEdition: '2024', timeoutMs: 15_000, ca: null },
      vdns: [],
      language: 'en',
      databaseUrl: 'sqlite:data/desk.db',
      port: 3000,
      logLevel: 'info',
    });
  });

  it('uses HTTP mode when there is a signing secret and no app token', () => {
    const { SLACK_APP_TOKEN: _, ...env } = minimal;
    expect(load({ ...env, SLACK_SIGNING_SECRET: 's' }).slack.connection).toEqual({
      mode: 'http',
      signingSecret: 's',
    });
  });

  it('names everything that is missing at once', () => {
    const problems = problemsOf({});
    for (const name of [
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'CMS_URL',
      'CMS_ACCESS_KEY',
      'CMS_SECRET_KEY',
    ]) {
      expect(problems.some((problem) => problem.includes(name))).toBe(true);
    }
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxp-secret', /must begin with xoxb-/],
    ['SLACK_APP_TOKEN', 'xoxb-secret', /must begin with xapp-/],
    ['CMS_URL', 'cms.example.com', /https/],
    ['CMS_URL', 'ftp://cms.example.com', /https/],
    ['CMS_URL', 'https://cms.example.com/?a=1', /without a query/],
    ['CMS_URL', 'https://desk:hunter22@cms.example.com', /without a user and a password/],
    ['SLACK_API_URL', 'https://desk:hunter22@slack.example.com/api/', /without a user and a password/],
    ['CMS_TIME_ZONE', 'Beijing', /IANA/],
    ['CMS_SUBMEDIA_EDITION', '2023', /2024, 2025/],
    ['CMS_TIMEOUT_MS', '1.5', /whole number/],
    ['CMS_TIMEOUT_MS', '-1', /whole number/],
    ['PORT', '70000', /65535/],
    ['LOG_LEVEL', 'loud', /debug, info, warn, error/],
    ['DATABASE_URL', 'mysql://x', /sqlite:/],
    ['CMS_CA_FILE', '/run/nowhere', /ENOENT/],
    ['CMS_CA_FILE', '/run/not-pem', /PEM/],
    ['VDNS', '159=Support@Mars/Phobos', /Mars\/Phobos/],
    ['VDNS', '9000', /1 to 5000/],
    ['VDNS', '0', /1 to 5000/],
    ['VDNS', 'Support', /159=Support@Asia/],
    ['VDNS', '159,159=Support', /twice/],
    ['VDNS', '1=Support,2=support', /two VDNs/],
  ])('%s=%s is refused with the remedy', (name, value, remedy) => {
    const problems = problemsOf({ ...minimal, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    expect(problems[0]).toMatch(remedy);
    expect(problems[0]).not.toContain('hunter22');
  });

  it('never repeats a secret in a problem', () => {
    expect(
      problemsOf({ ...minimal, SLACK_BOT_TOKEN: 'hunter2', SLACK_APP_TOKEN: 'hunter2' }).join(),
    ).not.toContain('hunter2');
  });

  it('reads a secret from a file', () => {
    const { CMS_SECRET_KEY: _, ...env } = minimal;
    expect(load({ ...env, CMS_SECRET_KEY_FILE: '/run/secret' }).cms.secretKey).toBe('from-a-file');
    expect(problemsOf({ ...env, CMS_SECRET_KEY_FILE: '/run/empty' })[0]).toMatch(/empty/);
    expect(problemsOf({ ...env, CMS_SECRET_KEY_FILE: '/run/nowhere' })[0]).toMatch(/^CMS_SECRET_KEY_FILE/);
    expect(problemsOf({ ...minimal, CMS_SECRET_KEY_FILE: '/run/secret' })[0]).toMatch(/keep one/);
  });

  it('reads the private CA', () => {
    expect(load({ ...minimal, CMS_CA_FILE: '/run/ca.pem' }).cms.ca).toContain('BEGIN CERTIFICATE');
  });

  it('takes the proxy in either case', () => {
    expect(load({ ...minimal, https_proxy: 'http://127.0.0.1:3128' }).proxy.https).toBe(
      'http://127.0.0.1:3128',
    );
    expect(load({ ...minimal, HTTPS_PROXY: 'http://127.0.0.1:3128' }).proxy.https).toBe(
      'http://127.0.0.1:3128',
    );
  });

  it('reads VDNs with and without name, zone and country', () => {
    expect(
      load({ ...minimal, VDNS: '159=Support desk@Asia/Shanghai:cn, 160=Sales@America/Sao_Paulo,161,162:DE,' })
        .vdns,
    ).toEqual([
      { number: 159, name: 'Support desk', timeZone: 'Asia/Shanghai', country: 'CN' },
      { number: 160, name: 'Sales', timeZone: 'America/Sao_Paulo', country: null },
      { number: 161, name: null, timeZone: null, country: null },
      { number: 162, name: null, timeZone: null, country: 'DE' },
    ]);
  });
});
