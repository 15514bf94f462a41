import { describe, expect } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { socketFindings } from '../../src/doctor/slack.ts';
import { silentLog } from '../../src/log.ts';
import { startOffice } from '../../src/sandbox/office.ts';
import { startServer } from '../../src/server.ts';
import { createSlackWay } from '../../src/slack/clients.ts';
import { createSocketLook } from '../../src/slack/look.ts';
import { createSubscriptionStore } from '../../src/storage/subscriptions-store.ts';
import { freePort } from '../cli/child.ts';
import { wish } from '../storage/subscriptions-contract.ts';
import { it, MARK, type Patient, SIGNING_SECRET } from './patient.ts';

const HTTP = {
  mode: 'http',
  requestUrl: 'http://127.0.0.1:9/slack/events',
  signingSecret: SIGNING_SECRET,
} as const;

/** A digest of the channel, as somebody has subscribed to it. */
const subscribes = (patient: Patient, channelId: string, vdn = 159) =>
  patient.onDatabase((knex) =>
    createSubscriptionStore(knex).create({ ...wish, teamId: patient.slack.teamId, channelId, vdn }),
  );

describe("the doctor's look at Slack", () => {
  it('finds a sound one sound', async ({ openPatient }) => {
    const findings = await (await openPatient()).findings();
    const slack = findings.filter(({ check }) => check.startsWith('slack.'));
    expect(slack).toMatchObject([
      { check: 'slack.token', result: 'ok', says: expect.stringContaining('Office') },
      { check: 'slack.scopes', result: 'ok' },
      { check: 'slack.socket-mode', result: 'ok' },
      { check: 'slack.channels', result: 'skipped' },
    ]);
  });

  it('finds a wrong bot token', async ({ openPatient }) => {
    const patient = await openPatient();
    expect(await patient.finds('slack.token', { SLACK_BOT_TOKEN: `xoxb-${MARK}` })).toMatchObject([
      {
        result: 'failed',
        facts: { name: 'invalid_auth' },
        remedy: expect.stringContaining('SLACK_BOT_TOKEN'),
      },
    ]);
  });

  it('finds a Slack that is not reached', async ({ openPatient }) => {
    const patient = await openPatient();
    const SLACK_API_URL = `http://127.0.0.1:${await freePort()}/api/`;
    expect(await patient.finds('slack.token', { SLACK_API_URL })).toMatchObject([
      { result: 'failed', remedy: expect.stringMatching(/network, HTTPS_PROXY and SLACK_API_URL/) },
    ]);
  });

  it('names the scopes that are missing', async ({ openPatient }) => {
    const patient = await openPatient();
    const { scopes } = patient.slack.workspace.app;
    for (const scope of ['im:write', 'users:read']) scopes.splice(scopes.indexOf(scope), 1);
    expect(await patient.finds('slack.scopes')).toMatchObject([
      {
        result: 'failed',
        code: 'scopes-missing',
        facts: { missing: ['im:write', 'users:read'] },
        says: expect.stringContaining('im:write, users:read'),
        remedy: expect.stringContaining('slack-manifest.yml'),
      },
    ]);
  });
});

describe('Socket Mode', () => {
  it('is tried without opening a line: a desk that runs keeps all its envelopes', async ({ openPatient }) => {
    const patient = await openPatient();
    await patient.findings();
    expect(patient.slack.calls.map(({ method }) => method)).toContain('apps.connections.open');
    expect(patient.slack.connections).toBe(0);
  });

  it('is found with a wrong app token', async ({ openPatient }) => {
    const patient = await openPatient();
    expect(await patient.finds('slack.socket-mode', { SLACK_APP_TOKEN: `xapp-1-${MARK}` })).toMatchObject([
      {
        result: 'failed',
        facts: { name: 'invalid_auth' },
        remedy: expect.stringContaining('SLACK_APP_TOKEN'),
      },
    ]);
  });

  it('is found with an app token that lacks connections:write', async ({ openPatient }) => {
    const patient = await openPatient();
    patient.slack.faults.add({ method: 'apps.connections.open', kind: 'error', error: 'missing_scope' });
    expect(await patient.finds('slack.socket-mode')).toMatchObject([
      {
        result: 'failed',
        facts: { name: 'missing_scope' },
        remedy: expect.stringContaining('connections:write'),
      },
    ]);
  });

  it('is found turned off', async ({ openPatient }) => {
    const patient = await openPatient({ delivery: HTTP });
    const SLACK_APP_TOKEN = patient.slack.appToken;
    expect(await patient.finds('slack.socket-mode', { SLACK_APP_TOKEN })).toMatchObject([
      {
        result: 'failed',
        says: expect.stringContaining('socket_mode'),
        remedy: expect.stringContaining('turn Socket Mode on'),
      },
    ]);
  });

  it('is found with a server that this machine does not reach', async ({ openPatient }) => {
    const { slack } = await openPatient();
    const { appToken } = slack;
    const parts = { log: silentLog, reach: () => {}, timeoutMs: 5_000 };
    const way = createSlackWay(slack.url, { https: null, http: null, no: null }, parts);
    const walledIn = {
      ...way,
      options: () => ({ ...way.options(), fetch: () => Promise.reject(new TypeError('fetch failed')) }),
    };
    try {
      expect(await socketFindings(createSocketLook(appToken, walledIn), null)).toMatchObject([
        {
          result: 'failed',
          facts: { name: 'server_not_reached' },
          remedy: expect.stringContaining('HTTPS_PROXY'),
        },
      ]);
    } finally {
      await way.close();
    }
  });

  it('is found with the tokens of two apps', async () => {
    const line = async () => ({ told: 'wss-primary.slack.com' });
    expect(await socketFindings({ line, appId: 'A1' }, 'A2')).toMatchObject([
      { result: 'failed', code: 'other-app', remedy: expect.stringContaining('same app') },
    ]);
    expect(await socketFindings({ line, appId: 'A1' }, 'A1')).toMatchObject([{ result: 'ok' }]);
    expect(await socketFindings({ line, appId: null }, 'A1')).toMatchObject([{ result: 'ok' }]);
  });
});

describe('HTTP mode', () => {
  it('is not tried where no desk listens', async ({ openPatient }) => {
    const patient = await openPatient({ delivery: HTTP });
    expect(await patient.finds('slack.requests', { PORT: String(await freePort()) })).toMatchObject([
      { result: 'skipped', code: 'nobody-listens' },
    ]);
  });

  it('is found sound where the desk that runs takes what is signed with the secret, and ill where it does not', async ({
    openPatient,
  }) => {
    const patient = await openPatient({ delivery: HTTP });
    const office = await startOffice({ mode: 'http', seed: null });
    try {
      const { connection } = office.config.slack;
      const PORT = String(office.desk.port);
      const own = connection.mode === 'http' ? connection.signingSecret : '';
      expect(await patient.finds('slack.requests', { PORT, SLACK_SIGNING_SECRET: own })).toMatchObject([
        { result: 'ok', code: 'signature-taken' },
      ]);
      expect(await patient.finds('slack.requests', { PORT })).toMatchObject([
        { result: 'failed', code: 'signature-refused', remedy: expect.stringContaining('Signing Secret') },
      ]);
    } finally {
      await office.close();
    }
  });

  it('is found with a desk in Socket Mode, or something else, on its port', async ({ openPatient }) => {
    const patient = await openPatient({ delivery: HTTP });
    const ready = async () => ({ database: true, slack: true });
    const server = await startServer({ port: 0, ready, log: silentLog });
    try {
      expect(await patient.finds('slack.requests', { PORT: String(server.port) })).toMatchObject([
        { result: 'failed', code: 'no-endpoint', says: expect.stringContaining('HTTP 404') },
      ]);
    } finally {
      await server.close();
    }
  });
});

describe('channels with digests', () => {
  it('are found sound where the desk is in all of them', async ({ openPatient }) => {
    const patient = await openPatient();
    await subscribes(patient, 'C0SUPPORT');
    await subscribes(patient, 'C0SUPPORT', 160);
    expect(await patient.finds('slack.channels')).toMatchObject([
      { result: 'ok', code: 'in-all', facts: { count: 1 } },
    ]);
  });

  it('are found where the desk is no member, where they are archived, and where Slack hides them', async ({
    openPatient,
  }) => {
    const patient = await openPatient();
    for (const channel of ['C0SUPPORT', 'C0SALES01', 'C0OLDDAYS', 'C0PRIVATE'])
      await subscribes(patient, channel);
    expect(await patient.finds('slack.channels')).toMatchObject([
      {
        result: 'failed',
        code: 'not-in-channel',
        facts: { channel: 'C0SALES01' },
        remedy: expect.stringContaining('/invite'),
      },
      { result: 'warning', code: 'channel-archived', facts: { channel: 'C0OLDDAYS' } },
      { result: 'failed', code: 'channel-hidden', facts: { channel: 'C0PRIVATE' } },
    ]);
  });

  it('are not asked for where a person has paused the digest', async ({ openPatient }) => {
    const patient = await openPatient();
    const { subscription } = await subscribes(patient, 'C0SALES01');
    await patient.onDatabase((knex) =>
      createSubscriptionStore(knex).move(
        { read: subscription, change: { state: 'paused', pausedBy: 'person' }, drafts: [] },
        systemClock.now(),
      ),
    );
    expect(await patient.finds('slack.channels')).toMatchObject([{ result: 'ok', code: 'no-digests' }]);
  });

  it('that Slack does not describe now are left for later, and counted', async ({ openPatient }) => {
    const patient = await openPatient();
    await subscribes(patient, 'C0SUPPORT');
    await subscribes(patient, 'C0MANAGER');
    patient.slack.faults.add({
      method: 'conversations.info',
      kind: 'ratelimited',
      retryAfterS: 60,
      when: ({ channel }) => channel === 'C0MANAGER',
    });
    expect(await patient.finds('slack.channels')).toMatchObject([
      { result: 'ok', facts: { count: 1 } },
      { result: 'skipped', code: 'more-channels', facts: { count: 1 } },
    ]);
  });
});
