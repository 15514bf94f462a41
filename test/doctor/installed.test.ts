import { describe, expect } from 'vitest';
import { parseTokenKeys } from '../../src/config/token-keys.ts';
import { createInstallationStore } from '../../src/storage/installations-store.ts';
import { createSeal } from '../../src/storage/token-seal.ts';
import { NEW_KEY, OLD_KEY } from '../storage/token-keys.ts';
import { it, MARK, type Patient } from './patient.ts';

const several = {
  SLACK_BOT_TOKEN: '',
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: `client-${MARK}`,
  TOKEN_KEY: NEW_KEY,
  PUBLIC_URL: 'https://desk.example.com',
  WORKSPACES: 'T0OFFICE1=159,T0BRANCH1=*',
};

const installs = (patient: Patient, teamId: string, botToken: string, key = NEW_KEY) =>
  patient.onDatabase((knex) =>
    createInstallationStore(knex, createSeal(parseTokenKeys(key).keys)).save({
      teamId,
      teamName: `The ${teamId}`,
      botUserId: 'U0DESKBOT',
      botId: null,
      botToken,
      scopes: ['commands'],
      installedBy: 'U0ANASOUZ',
      installedAt: 1,
    }),
  );

describe('the doctor’s look at a desk for several workspaces', () => {
  it('says where to begin, where none has installed it', async ({ openPatient }) => {
    const patient = await openPatient();
    await patient.onDatabase(async () => {});
    expect(await patient.finds('slack.token', several)).toMatchObject([
      {
        result: 'skipped',
        code: 'none-installed',
        says: expect.stringContaining('https://desk.example.com/slack/install'),
      },
    ]);
    expect(await patient.finds('slack.socket-mode', several)).toMatchObject([{ result: 'ok' }]);
  });

  it('looks at each in turn: its token, what that may do, whether it is named', async ({ openPatient }) => {
    const patient = await openPatient();
    await installs(patient, 'T0OFFICE1', patient.slack.botToken);
    await installs(patient, 'T0BRANCH1', 'xoxb-of-nobody');
    await installs(patient, 'T0STRANGE', patient.slack.botToken);
    const found = await patient.findings(several);
    const slack = found.filter(({ check }) => check === 'slack.token' || check === 'slack.scopes');
    expect(slack.map(({ check, result, code }) => [check, result, code])).toEqual([
      ['slack.token', 'failed', 'no-identity'],
      ['slack.token', 'ok', 'known'],
      ['slack.scopes', 'ok', 'scopes-granted'],
      ['slack.token', 'ok', 'known'],
      ['slack.scopes', 'ok', 'scopes-granted'],
      ['slack.token', 'failed', 'not-in-workspaces'],
    ]);
    expect(slack[0]?.remedy).toBe(
      'Install the app in The T0BRANCH1 again, at https://desk.example.com/slack/install.',
    );
    expect(JSON.stringify(found)).not.toMatch(/xoxb-|marked-secret/);
    expect(JSON.stringify(found)).not.toContain(NEW_KEY);
  });

  it('finds a token whose key is missing, and names the setting', async ({ openPatient }) => {
    const patient = await openPatient();
    await installs(patient, 'T0OFFICE1', patient.slack.botToken, OLD_KEY);
    expect(await patient.finds('slack.token', several)).toMatchObject([
      { result: 'failed', code: 'unknown-key', remedy: expect.stringContaining('TOKEN_KEY') },
      { result: 'ok', code: 'not-yet-installed' },
    ]);
  });
});
