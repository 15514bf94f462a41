import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import type { Granted } from '../../src/calls/granted.ts';
import { createDesk } from '../../src/desk.ts';
import { silentLog } from '../../src/log.ts';
import type { OfficeOptions } from '../../src/sandbox/office.ts';
import { branchSeed } from '../../src/sandbox/slack/seed.ts';
import { collectLog } from '../collect-log.ts';
import { emptyPostgres, postgresServer, type TestDatabase } from '../storage/postgres.ts';
import { browserAt } from './browser.ts';
import { only, restrict } from './rights-scene.ts';
import {
  HOUR,
  it,
  MINUTE,
  MONDAY,
  type Mode,
  MR_GREEN,
  MS_BLACK,
  modes,
  postSigned,
  SALES,
  type Scene,
  SUPPORT,
} from './scene.ts';

const OFFICE = 'T0OFFICE1';
const BRANCH = 'T0BRANCH1';
const ANA = 'U0ANASOUZ';
const MAX = 'U0MAXWEBER';
const DAY = 24 * HOUR;
const OF_GREEN = /946 ?0101/;
const at = (hours: number, minutes = 0) => MONDAY + hours * HOUR + minutes * MINUTE;

// It starts when somebody first asks for it, and on a busy machine that takes longer than a test may.
beforeAll(async () => void (await postgresServer()), 60_000);
const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map(({ drop }) => drop())));

const workspacesOf = (office: Granted, branch: Granted) =>
  new Map([
    [OFFICE, office],
    [BRANCH, branch],
  ]);
const given = (office: Granted, branch: Granted): OfficeOptions => ({
  installs: { others: [branchSeed], workspaces: workspacesOf(office, branch) },
  config: { vdns: [SUPPORT, SALES] },
});
const BOTH = given([SUPPORT.number], [SUPPORT.number]);

type OpenScene = (mode: Mode, options?: OfficeOptions) => Promise<Scene>;
async function openBoth(openScene: OpenScene, mode: Mode, options: OfficeOptions) {
  const office = await openScene(mode, options);
  const browser = browserAt(office);
  expect((await browser.installs(OFFICE, ANA)).status).toBe(200);
  expect((await browser.installs(BRANCH, MAX)).status).toBe(200);
  return { office, branch: office.in(BRANCH) };
}

/** A desk's log, in which one can wait for what nobody sees in Slack. */
function heardLog() {
  const { log, lines } = collectLog();
  const says = (words: string) =>
    vi.waitFor(() => expect(lines.join('')).toContain(words), { timeout: 8_000, interval: 20 });
  return { log, says };
}
const HAS_LEFT = 'The app was taken out of a workspace';

describe.each(modes)('two workspaces that share a VDN, over %s', { concurrent: true }, (mode) => {
  it('are each told of a call once, and whoever claims it in one does not in the other', async ({
    openScene,
  }) => {
    const { office, branch } = await openBoth(openScene, mode, BOTH);
    await office.asks('tom', '#support', 'digest hourly');
    await branch.asks('zoe', '#hotline', 'digest hourly');
    office.misses(MR_GREEN, { at: at(9, 5) });
    office.clock.advanceTo(at(10));
    const here = await office.sees('tom', '#support', '1 new call from 1 caller');
    const there = await branch.sees('zoe', '#hotline', '1 new call from 1 caller');

    await office.presses('tom', here, 'Claim');
    await office.becomes('ana', here, 'Claimed by @Tom Baker');
    expect(branch.read(there, 'zoe')).not.toContain('Claimed');
    await branch.presses('zoe', there, 'Claim');
    expect(branch.read(await branch.becomes('max', there, 'Claimed by @Zoe Blanc'), 'max')).not.toContain(
      'Tom',
    );
    expect(office.read(here, 'ana')).not.toContain('Zoe');

    await branch.opensHome('zoe');
    expect(await branch.hasHome('zoe', '0101')).not.toContain('Tom');
    office.clock.advanceTo(at(11));
    expect(office.readAll('tom', '#support')).toHaveLength(2);
    expect(branch.readAll('zoe', '#hotline')).toHaveLength(2);
    const teams = office.slack.calls.map(({ teamId, args }) => [teamId, args.channel]);
    expect(teams).not.toContainEqual([OFFICE, 'C0HOTLINE']);
    expect(teams).not.toContainEqual([BRANCH, 'C0SUPPORT']);
  });

  it('erase a caller and say who may see what each for themselves', async ({ openScene, databaseUrl }) => {
    const config = { ...BOTH.config, databaseUrl };
    const { office, branch } = await openBoth(openScene, mode, { ...BOTH, config });
    office.misses(MR_GREEN);
    const here = await office.asks('tom', '#support', '7 today');
    const there = await branch.asks('zoe', '#hotline', '7 today');

    await office.types('ana', '#support', 'erase 020 7946 0101');
    expect(await office.hasForm('ana', 'Erase')).toContain('1 call, 1 callback');
    await office.submits('ana');
    await office.hasForm('ana', 'Erased: 1 call, 1 callback');
    await office.becomes('tom', here, /^(?![\s\S]*946 ?0101)/);
    expect(branch.read(there, 'zoe')).toMatch(OF_GREEN);
    expect(branch.read(await branch.asks('zoe', '#hotline', '7 today private'), 'zoe')).toMatch(OF_GREEN);

    const place = { config: office.config, slack: office.slack.team(BRANCH) };
    await restrict(place, SUPPORT.number, { see: only({ userIds: [MAX] }) });
    office.misses(MS_BLACK);
    const refused = await branch.asks('zoe', '#hotline', '7 today');
    expect(branch.read(refused, 'zoe')).toContain('Only Max Weber may see the calls of VDN 7');
    expect(office.read(await office.asks('li', '#support', '7 today private'), 'li')).toMatch(/946 ?0102/);
    await branch.types('max', '#hotline', 'settings');
    expect(await branch.hasForm('max', 'Support')).not.toContain('Sales');
  });
});

describe('two workspaces that share a VDN', { concurrent: true }, () => {
  it('get nothing of each other with a payload that names what is the other’s', async ({ openScene }) => {
    const { log, says } = heardLog();
    const { office, branch } = await openBoth(openScene, 'http', { ...BOTH, log });
    office.misses(MR_GREEN);
    const here = await office.asks('tom', '#support', '7 today private');
    const button = JSON.stringify(here.blocks).match(
      /"action_id":"(claim[^"]*)"[^}]*?"value":"((?:[^"\\]|\\.)*)"/,
    );
    const [, actionId = '', value = ''] = button ?? [];
    expect(value).not.toBe('');
    const forged = (team: string, userId: string) =>
      postSigned(
        office,
        new URLSearchParams({
          payload: JSON.stringify({
            type: 'block_actions',
            team: { id: team, domain: 'x' },
            user: { id: userId, team_id: team },
            api_app_id: 'A0DESKAPP',
            container: { type: 'message', message_ts: here.ts, channel_id: here.channel, is_ephemeral: true },
            channel: { id: here.channel, name: 'support' },
            trigger_id: '1.2.3',
            response_url: `${new URL(office.slack.url).origin}/response/${BRANCH}/nothing`,
            actions: [
              {
                type: 'button',
                action_id: actionId,
                block_id: 'b',
                value: JSON.parse(`"${value}"`),
                action_ts: '1.2',
              },
            ],
          }),
        }),
      );
    const before = office.slack.calls.length;
    expect((await forged(BRANCH, MAX)).status).toBe(200);
    // A workspace that has nothing to do with the desk: acknowledged, and no more.
    expect((await forged('T0STRANGE', MAX)).status).toBe(200);
    await says('their workspace is not served');
    await branch.sees('max', '@app', /./);
    expect(branch.readAll('max', '@app').join()).not.toMatch(OF_GREEN);
    expect(office.read(here)).not.toContain('Claimed');
    const calls = office.slack.calls.slice(before);
    expect(calls.map(({ teamId }) => teamId)).not.toContain(OFFICE);
    expect(office.read(await office.asks('tom', '#support', '7 today private'))).toContain('[Claim]');
  });
});

describe('workspaces that were given different VDNs', { concurrent: true }, () => {
  it('cannot ask for, add or subscribe to what was not given them, not even their admins', async ({
    openScene,
  }) => {
    const { office, branch } = await openBoth(openScene, 'socket', given([SUPPORT.number], [SALES.number]));
    office.misses(MR_GREEN);
    office.misses(MS_BLACK, { vdn: SALES.number });
    expect(office.read(await office.asks('tom', '#support', 'today'))).toMatch(OF_GREEN);
    expect(branch.read(await branch.asks('zoe', '#hotline', 'today'), 'zoe')).toContain('Sales (VDN 8)');

    const asked = office.cms.requests.length;
    for (const command of ['7 today', 'digest 7 hourly', '7 today private']) {
      const told = branch.read(await branch.asks('max', '#hotline', command), 'max');
      expect(told, command).not.toMatch(OF_GREEN);
      expect(told, command).not.toContain('Support');
    }
    await branch.types('max', '#hotline', 'settings');
    await branch.hasForm('max', 'Your VDNs');
    await branch.pressesInForm('max', 'Add VDN');
    await branch.hasForm('max', 'Country');
    await branch.submits('max', { number: '7' });
    await branch.hasForm('max', 'This workspace was not given VDN 7');
    expect(office.cms.requests.length).toBe(asked);
  });

  it('keep what they have, and show it no more, once a VDN is taken from them', async ({
    openScene,
    databaseUrl,
  }) => {
    const workspaces = workspacesOf([SUPPORT.number], [SUPPORT.number, SALES.number]);
    const { office, branch } = await openBoth(openScene, 'socket', {
      installs: { others: [branchSeed], workspaces },
      config: { vdns: [SUPPORT, SALES], databaseUrl },
    });
    office.misses(MR_GREEN);
    await branch.asks('zoe', '#hotline', '7 today');
    await office.restartDesk(() => void workspaces.set(BRANCH, [SALES.number]));
    expect(branch.read(await branch.asks('max', '#hotline', '7 today'), 'max')).not.toMatch(OF_GREEN);
    await branch.opensHome('zoe');
    expect(await branch.hasHome('zoe', /./)).not.toMatch(OF_GREEN);
    expect(office.read(await office.asks('tom', '#support', '7 today'))).toMatch(OF_GREEN);
  });
});

describe.each(modes)('a workspace that takes the desk out, over %s', { concurrent: true }, (mode) => {
  it('is told nothing more, and after coming back what it has missed, once', async ({
    openScene,
    databaseUrl,
  }) => {
    const { log, says } = heardLog();
    const { office, branch } = await openBoth(openScene, mode, {
      ...BOTH,
      log,
      config: { ...BOTH.config, databaseUrl },
    });
    await office.asks('tom', '#support', 'digest hourly');
    await branch.asks('zoe', '#hotline', 'digest hourly');
    office.misses(MR_GREEN, { at: at(9, 5) });
    office.clock.advanceTo(at(10));
    await branch.sees('zoe', '#hotline', '1 new call');

    await office.slack.team(BRANCH).uninstall();
    await says(HAS_LEFT);
    const calls = () => office.slack.calls.filter(({ teamId }) => teamId === BRANCH).length;
    office.misses(MS_BLACK, { at: at(10, 5) });
    office.clock.advanceTo(at(11));
    await office.sees('tom', '#support', '10:00–11:00');
    const after = calls();
    await office.restartDesk();
    office.clock.advanceTo(at(12));
    office.misses(MR_GREEN, { at: at(11, 30) });
    await office.sees('tom', '#support', '11:00–12:00');
    expect(calls()).toBe(after);

    expect((await browserAt(office).installs(BRANCH, MAX)).status).toBe(200);
    office.clock.advanceTo(at(13));
    const back = branch.read(await branch.sees('zoe', '#hotline', /0102/), 'zoe');
    expect(back).toContain('2 new calls from 2 callers');
    expect(branch.readAll('zoe', '#hotline').join().match(/0102 /g)).toHaveLength(1);
  });
});

describe('a workspace whose token is good for nothing any more', { concurrent: true }, () => {
  it('has left, also where Slack’s word of that was lost', async ({ openScene }) => {
    const { log, says } = heardLog();
    const { office, branch } = await openBoth(openScene, 'socket', { ...BOTH, log });
    await branch.asks('zoe', '#hotline', 'digest hourly');
    const { workspace } = office.slack.team(BRANCH);
    workspace.app.events = [];
    await office.slack.team(BRANCH).uninstall();
    office.misses(MR_GREEN, { at: at(9, 5) });
    office.clock.advanceTo(at(10));
    await says(HAS_LEFT);
    const before = office.slack.calls.length;
    office.clock.advanceTo(at(12));
    expect(office.read(await office.asks('tom', '#support', '7 today'))).toMatch(OF_GREEN);
    expect(office.slack.calls.slice(before).filter(({ error }) => error === 'token_revoked')).toEqual([]);
  });

  it('is not taken for one that has left by news that comes late', async ({ openScene, databaseUrl }) => {
    const config = { ...BOTH.config, databaseUrl };
    const { office, branch } = await openBoth(openScene, 'socket', { ...BOTH, config });
    const team = office.slack.team(BRANCH);
    const asked = () =>
      office.slack.calls.filter(({ method, teamId }) => method === 'auth.test' && teamId === BRANCH).length;
    const before = asked();
    await team.emit({ type: 'tokens_revoked', tokens: { oauth: ['U0ZOEBLANC'], bot: [] } });
    await team.emit({ type: 'app_uninstalled' });
    await office.slack.settled(() => asked() > before);
    // What it has begun is done then.
    await office.restartDesk();
    expect(branch.read(await branch.asks('zoe', '#hotline', 'help'), 'zoe')).toContain('/missed');
  });
});

describe('what is kept of a workspace that has left', { concurrent: true }, () => {
  it('is removed after thirty days, and nothing of the others', async ({ openScene, databaseUrl }) => {
    const { log, says } = heardLog();
    const { office, branch } = await openBoth(openScene, 'socket', {
      ...BOTH,
      log,
      config: { ...BOTH.config, databaseUrl },
    });
    office.misses(MR_GREEN);
    await office.asks('tom', '#support', 'digest hourly');
    await branch.asks('zoe', '#hotline', 'digest hourly');
    await office.slack.team(BRANCH).uninstall();
    await says(HAS_LEFT);
    office.clock.advance(30 * DAY + MINUTE);
    await office.restartDesk();
    await says('All data of a workspace that has left was removed');
    expect((await browserAt(office).installs(BRANCH, MAX)).status).toBe(200);
    const list = await branch.asks('zoe', '#hotline', 'digest list');
    expect(branch.read(list, 'zoe')).not.toContain('every hour');
    await office.sees('tom', '#support', '1 new call');
    expect(office.read(await office.asks('tom', '#support', 'digest list'))).toMatch(/every hour/);
  });
});

describe('several desks on one database', { concurrent: true }, () => {
  it('each serve who has installed it at another one', async ({ openScene, onTestFinished }) => {
    const database = await emptyPostgres();
    databases.push(database);
    const config = { ...BOTH.config, databaseUrl: database.url };
    const office = await openScene('http', { ...BOTH, config });
    const second = await createDesk({ ...office.config, port: 0 }, { clock: office.clock, log: silentLog });
    onTestFinished(() => second.stop());
    await second.start();
    expect((await browserAt(office).installs(BRANCH, MAX)).status).toBe(200);

    const command = new URLSearchParams({
      command: '/missed',
      text: 'help',
      team_id: BRANCH,
      channel_id: 'C0HOTLINE',
      user_id: MAX,
      api_app_id: 'A0DESKAPP',
      trigger_id: '1.2.3',
      response_url: 'http://127.0.0.1:9/',
    });
    expect((await postSigned({ config: office.config, desk: second }, command)).status).toBe(200);
    await office.in(BRANCH).sees('max', '#hotline', '/missed');
  });
});
