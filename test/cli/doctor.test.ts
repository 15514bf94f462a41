import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect } from 'vitest';
import { doctor as runDoctor } from '../../src/cli/doctor.ts';
import { createFindingsWriter, summary } from '../../src/cli/findings.ts';
import { secretsIn } from '../../src/config/secrets.ts';
import { CHECKS, type Finding, failed, ok } from '../../src/doctor/finding.ts';
import { withoutSecrets } from '../../src/doctor/without-secrets.ts';
import { it, MARK, type Patient } from '../doctor/patient.ts';
import { killChildren, startChild } from './child.ts';

afterEach(killChildren);

async function doctor({ env }: Patient, changed: Readonly<Record<string, string>> = {}, ...args: string[]) {
  const child = startChild(['doctor', ...args], { ...env, ...changed });
  const code = await child.ended;
  return { code, out: child.out, err: child.err };
}

const NO_SETTINGS = { SLACK_BOT_TOKEN: '', CMS_URL: 'nowhere', PORT: 'x' };

describe('npm run doctor', () => {
  it('ends with 0 where nothing failed, and says so without colours where it is piped', async ({
    openPatient,
  }) => {
    const { code, out, err } = await doctor(await openPatient());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Contact centre\n  ✓ dns ');
    expect(out).toMatch(/\n\n\d+ fine, \d+ not looked at\.\n$/);
    expect(out).not.toContain('\u001b');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('ends with 1 where something failed, with the remedy below it', async ({ openPatient }) => {
    const patient = await openPatient();
    const { code, out } = await doctor(patient, { CMS_SECRET_KEY: `other-${MARK}` });
    expect(code).toBe(1);
    expect(out).toMatch(/ {2}✗ signature {4}It does not accept the signature\.\n {17}→ .*CMS_SECRET_KEY/s);
    expect(out).toMatch(/\n1 failed, \d+ fine/);
  });

  it('ends with 2 where settings are wrong, names them all, and looks at the database all the same', async ({
    openPatient,
  }) => {
    const { code, out } = await doctor(await openPatient(), NO_SETTINGS);
    expect(code).toBe(2);
    for (const name of ['SLACK_BOT_TOKEN is missing', 'CMS_URL must be', 'PORT must be'])
      expect(out).toContain(name);
    expect(out).toContain('Database\n  ✓ connection');
    expect(out).toContain('– token        Not looked at');
  });

  it('ends with 2 where it is asked for what it does not know', async ({ openPatient }) => {
    const { code, out, err } = await doctor(await openPatient(), {}, '--verbose');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('--json');
  });

  it('says the same as JSON, in one shape', async ({ openPatient }) => {
    const patient = await openPatient();
    for (const [changed, code] of [
      [{}, 0],
      [{ SLACK_BOT_TOKEN: `xoxb-${MARK}` }, 1],
      [NO_SETTINGS, 2],
    ] as const) {
      const result = await doctor(patient, changed, '--json');
      const report: { ok: boolean; findings: Finding[] } = JSON.parse(result.out);
      expect(result.code).toBe(code);
      expect(report.ok).toBe(code === 0);
      for (const finding of report.findings) {
        expect(Object.keys(finding)).toEqual(['check', 'result', 'code', 'says', 'remedy', 'facts']);
        expect(CHECKS).toContain(finding.check);
        expect(finding.code).toMatch(/^[a-z-]+$/);
        const isTrouble = finding.result === 'failed' || finding.result === 'warning';
        expect(finding.remedy === null).toBe(!isTrouble);
      }
    }
  });

  it('is described by its help', async ({ openPatient }) => {
    const { code, out } = await doctor(await openPatient(), {}, '--help');
    expect(code).toBe(0);
    expect(out).toContain('Exit code 0');
  });
});

describe('no secret is printed', () => {
  /** Every fault that the stand-ins and the settings can have, some of them repeating what they were sent. */
  const ills: Record<string, (patient: Patient) => Record<string, string> | Promise<Record<string, string>>> =
    {
      'nothing at all': () => ({}),
      'a wrong bot token': () => ({ SLACK_BOT_TOKEN: `xoxb-${MARK}` }),
      'a wrong app token': () => ({ SLACK_APP_TOKEN: `xapp-1-${MARK}` }),
      'a token of another kind': () => ({ SLACK_BOT_TOKEN: MARK, SLACK_APP_TOKEN: MARK }),
      'HTTP mode': () => ({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: `s-${MARK}`, PORT: '1' }),
      'wrong keys': () => ({ CMS_ACCESS_KEY: `A-${MARK}`, CMS_SECRET_KEY: `S-${MARK}` }),
      'an access key that is none': () => ({ CMS_ACCESS_KEY: `A/${MARK}` }),
      'an address of Slack with a password': () => ({
        SLACK_API_URL: `http://desk:${MARK}@127.0.0.1:9/api/`,
      }),
      'an address of the contact centre with a password': () => ({
        CMS_URL: `http://desk:${MARK}@127.0.0.1:9`,
      }),
      'a proxy with a password': () => ({ HTTP_PROXY: `http://desk:${MARK}@127.0.0.1:9` }),
      'a proxy that is none': () => ({ HTTP_PROXY: `http://desk:${MARK}@127.0.0.1:port` }),
      'PostgreSQL with a password': () => ({ DATABASE_URL: `postgres://desk:${MARK}@127.0.0.1:9/desk` }),
      'PostgreSQL with another name': () => ({
        DATABASE_URL: `postgres://desk:${MARK}@postgres.invalid/desk`,
      }),
      'another database': () => ({ DATABASE_URL: `mysql://desk:${MARK}@db/desk` }),
      'an address that is none': () => ({ DATABASE_URL: `postgres://desk:${MARK}@:port:/desk` }),
      'settings that are wrong': () => NO_SETTINGS,
      'a secret twice': () => ({ SLACK_BOT_TOKEN_FILE: '/dev/null' }),
      'a secret in a file': async ({ folder }) => {
        await writeFile(join(folder, 'token'), `xoxb-${MARK}-of-a-file\n`);
        return { SLACK_BOT_TOKEN: '', SLACK_BOT_TOKEN_FILE: join(folder, 'token') };
      },
      'a Slack that repeats the token': (patient) => {
        patient.slack.faults.add({ method: 'auth.test', kind: 'error', error: `no_${MARK}`, times: 9 });
        return { SLACK_BOT_TOKEN: `xoxb-${MARK}`, SLACK_SIGNING_SECRET: MARK };
      },
      'a contact centre that repeats the keys': (patient) => {
        const { CMS_ACCESS_KEY = '', CMS_SECRET_KEY = '' } = patient.env;
        const returnDesc = `${CMS_ACCESS_KEY} with ${CMS_SECRET_KEY} has no right`;
        patient.cms.faults.add({ kind: 'return-code', returnCode: '1', returnDesc });
        return {};
      },
      'a contact centre that answers with the keys': (patient) => {
        patient.cms.faults.add({ kind: 'bad-json', body: `{"key": "${patient.env.CMS_SECRET_KEY}"` });
        return {};
      },
    };

  it.for(Object.entries(ills))('with %s', async ([, make], { openPatient }) => {
    const patient = await openPatient();
    const env = { ...patient.env, ...(await make(patient)) };
    for (const args of [[], ['--json']]) {
      let out = '';
      const write = (text: string) => {
        out += text;
      };
      // In this process: all of it but the words of main.ts.
      expect([0, 1, 2]).toContain(
        await runDoctor(args, env, (path) => readFileSync(path, 'utf8'), { write }),
      );
      expect(out).toMatch(/database/i);
      // Wrapped lines break it nowhere: it has no space.
      expect(out).not.toContain(MARK);
    }
  });

  it('wherever in a finding a server repeats it', () => {
    const secret = fc.string({ minLength: 8, maxLength: 40 });
    fc.assert(
      fc.property(secret, secret, fc.string(), fc.string(), (one, other, before, after) => {
        const text = before + one + after + other;
        const finding = failed('slack.token', 'code', text, text, { text, list: [text], number: 1 });
        const told = JSON.stringify(Object.values(withoutSecrets(finding, [one, other])).slice(3));
        // What censoring puts in its place may hold what is no secret of ours: a secret made of its letters.
        fc.pre(![one, other].some((each) => '[secret]'.includes(each)));
        expect(told).not.toContain(JSON.stringify(one).slice(1, -1));
      }),
    );
  });

  it('reads them all out of the environment, of addresses the password alone', () => {
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      CMS_SECRET_KEY_FILE: '/run/secrets/key',
      DATABASE_URL: 'postgres://desk:pass%40word@db/desk',
      https_proxy: 'http://me:proxied@proxy:3128',
      CMS_URL: 'https://cms.example.com',
    };
    const secrets = secretsIn(env, () => 'of-the-file\n');
    expect(secrets.toSorted()).toEqual(['of-the-file', 'pass%40word', 'pass@word', 'proxied', 'xoxb-1']);
    expect(secretsIn({ DATABASE_URL: 'sqlite:data/desk.db' }, () => '')).toEqual([]);
  });
});

describe('what people read', () => {
  it('is coloured by what was found, where there are colours', () => {
    let text = '';
    const write = createFindingsWriter({
      write: (more) => {
        text += more;
      },
      width: 60,
      style: (style, plain) => `<${style}>${plain}</>`,
    });
    write(ok('slack.token', 'known', 'Known.'));
    write(
      failed(
        'slack.channels',
        'not-in-channel',
        'Not there, and the sentence is a very long one.',
        'Go there.',
      ),
    );
    expect(text).toBe(
      [
        '<bold>Slack</>',
        '  <green>✓</> token        Known.',
        '  <red>✗</> channels     Not there, and the sentence is a very long',
        '                 one.',
        '                 → Go there.',
        '',
      ].join('\n'),
    );
  });

  it('ends with how many there were of each', () => {
    const fine = ok('slack.token', 'known', 'Known.');
    expect(summary([fine])).toBe('1 fine.');
    expect(summary([fine, { ...fine, result: 'warning' }, { ...fine, result: 'failed' }])).toBe(
      '1 failed, 1 warning, 1 fine.',
    );
  });
});
