import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createDesk, type Desk } from '../../src/desk.ts';
import { silentLog } from '../../src/log.ts';
import type { Office } from '../../src/sandbox/office.ts';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { emptyPostgres, postgresServer, type TestDatabase } from '../storage/postgres.ts';
import { it, MR_GREEN, modes, postSigned, type Scene, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };

// It starts when somebody first asks for it, and on a busy machine that takes longer than a test may.
beforeAll(async () => void (await postgresServer()), 60_000);
const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map(({ drop }) => drop())));

/** A database for several desks. */
async function sharedDatabase(): Promise<string> {
  const database = await emptyPostgres();
  databases.push(database);
  return database.url;
}

/** Another desk on the same database, until the test is over. */
async function startSecondDesk(
  { config: first, clock }: Office,
  onTestFinished: (stop: () => Promise<void>) => void,
): Promise<Desk> {
  const desk = await createDesk({ ...first, port: 0 }, { clock, log: silentLog });
  onTestFinished(() => desk.stop());
  await desk.start();
  return desk;
}

describe('what Slack delivers again', { concurrent: true }, () => {
  it.for(modes)('after a restart is done once, over %s', async (mode, { databaseUrl, openScene }) => {
    const scene = await openScene(mode, { config: { ...config, databaseUrl } });
    const { asks, misses, readAll, restartDesk, slack } = scene;
    misses(MR_GREEN);
    await asks('tom', '#support', 'today');
    await restartDesk();
    expect((await slack.redeliver()).status).toBe('acked');
    // Questions about one VDN take turns: an answer to the one before would have come before this one.
    await asks('tom', '#managers', 'today');
    expect(readAll('ana', '#support')).toHaveLength(1);
  });

  it('to another desk is done once, over sockets', async ({ onTestFinished, openScene }) => {
    const databaseUrl = await sharedDatabase();
    const scene = await openScene('socket', { config: { ...config, databaseUrl } });
    const { asks, misses, readAll, slack } = scene;
    misses(MR_GREEN);
    await asks('tom', '#support', 'today');
    await startSecondDesk(scene, onTestFinished);
    await slack.settled(() => slack.connections === 4);
    for (let i = 0; i < 4; i++) expect((await slack.redeliver()).status).toBe('acked');
    await asks('tom', '#managers', 'today');
    expect(readAll('ana', '#support')).toHaveLength(1);
  });

  it('to another desk is done once, over http, and what is typed again is done again', async ({
    onTestFinished,
    openScene,
  }) => {
    const databaseUrl = await sharedDatabase();
    const scene = await openScene('http', { config: { ...config, databaseUrl } });
    const { config: first, desk, misses, readAll, slack } = scene;
    const second = await startSecondDesk(scene, onTestFinished);
    misses(MR_GREEN);
    const typed = (text: string) =>
      new URLSearchParams({
        command: '/missed',
        text,
        team_id: slack.teamId,
        channel_id: 'C0SUPPORT',
        user_id: 'U0TOMBAKE',
        trigger_id: '1.2.3',
      });
    const answers = (count: number) => slack.settled(() => readAll('ana', '#support').length === count);
    expect((await postSigned({ config: first, desk }, typed('today'))).status).toBe(200);
    await answers(1);
    const again = await postSigned({ config: first, desk: second }, typed('today'), { retry: 1 });
    expect(again.status).toBe(200);
    expect((await postSigned({ config: first, desk: second }, typed('last 2h'))).status).toBe(200);
    await answers(2);
    expect((await postSigned({ config: first, desk }, typed('today'))).status).toBe(200);
    await answers(3);
  });
});

/** The desk forgets that Slack has delivered anything, and Slack delivers its last once more. */
async function runAgain({ config: { databaseUrl }, slack }: Scene): Promise<void> {
  const knex = await openDatabase(databaseUrl);
  await knex('deliveries').delete();
  await knex.destroy();
  expect((await slack.redeliver()).status).toBe('acked');
}

// Where the record of deliveries cannot be asked, or has forgotten, a delivery is done a second time.
describe('what is done a second time', () => {
  it.for([
    ['today', 'a question is answered once more', /1 call from 1 caller/],
    ['help', 'help comes once more', /\/missed/],
    ['digest list', 'the list comes once more', /There are no digests yet/],
  ] as const)('%s: %s', async ([text, , words], { databaseUrl, openScene }) => {
    const scene = await openScene('socket', { config: { ...config, databaseUrl } });
    scene.misses(MR_GREEN);
    await scene.asks('tom', '#support', text);
    await runAgain(scene);
    await scene.slack.settled(() => scene.readAll('tom', '#support').length === 2);
    expect(scene.readAll('tom', '#support')[1]).toMatch(words);
  });

  it.for([
    ['digest hourly', 'changes nothing, and says what there is', 'already has digest 1'],
    ['digest pause 1', 'changes nothing, and says so to its asker', 'paused'],
    ['digest resume 1', 'changes nothing, and says so to its asker', 'goes on'],
    ['digest remove 1', 'finds nothing to remove', 'no digest 1'],
    ['digest now 1', 'finds nothing new', 'othing new'],
  ] as const)('/missed %s: %s', async ([text, , words], { databaseUrl, openScene }) => {
    const scene = await openScene('socket', { config: { ...config, databaseUrl } });
    const { asks, misses, readAll, sees } = scene;
    if (text !== 'digest hourly') await asks('ana', '#support', 'digest hourly');
    if (text === 'digest resume 1') await asks('ana', '#support', 'digest pause 1');
    if (text === 'digest now 1') misses(MR_GREEN);
    await asks('tom', '#support', text);
    if (text === 'digest now 1') await sees('ana', '#support', '1 new call');
    const everybodys = readAll('ana', '#support');
    const his = readAll('tom', '#support').length;
    await runAgain(scene);
    await scene.slack.settled(() => readAll('tom', '#support').length > his);
    expect(readAll('tom', '#support').at(-1)).toContain(words);
    expect(readAll('ana', '#support')).toEqual(everybodys);
  });

  it('a click on Claim, a result, Undo, Release: nothing changes, and nobody hears of it', async ({
    databaseUrl,
    openScene,
  }) => {
    const scene = await openScene('socket', { config: { ...config, databaseUrl } });
    const { asks, becomes, hasForm, misses, presses, pressesInForm, readAll, submits } = scene;
    const inForm = async (act: () => Promise<unknown>) => {
      await presses('tom', message, 'Log result');
      await hasForm('tom', '[Release]');
      await act();
    };
    misses(MR_GREEN);
    let message: Message = await asks('tom', '#support', 'today');
    for (const [act, shows] of [
      [() => presses('tom', message, 'Claim'), 'Claimed by @Tom Baker'],
      [() => inForm(() => submits('tom')), '✓ Reached by @Tom Baker'],
      [() => presses('tom', message, 'Undo'), 'Claimed by @Tom Baker'],
      [() => inForm(() => pressesInForm('tom', 'Release')), '[Claim]'],
    ] as const) {
      await act();
      message = await becomes('tom', message, shows);
      await runAgain(scene);
      // It is answered after the click, if at all.
      await asks('tom', '#managers', 'help');
      message = await becomes('tom', message, shows);
    }
    expect(readAll('tom', '#support')).toHaveLength(1);
  });

  it('a page that was turned stays, and a digest that was changed is told to its channel once', async ({
    databaseUrl,
    openScene,
  }) => {
    const scene = await openScene('socket', { config: { ...config, databaseUrl } });
    const { asks, becomes, cms, presses, readAll, sees, slack } = scene;
    cms.calls.burst({ vdn: 7, count: 12 });
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Next →');
    await becomes('tom', answer, '11–12 of 12');
    await runAgain(scene);
    await asks('tom', '#managers', 'help');
    await becomes('tom', answer, '11–12 of 12');

    await asks('ana', '#support', 'digest hourly');
    const offer = await asks('tom', '#support', 'digest daily 9:00');
    await presses('tom', offer, 'Change it');
    await sees('ana', '#support', '09:00');
    const everybodys = readAll('ana', '#support');
    const replies = () => slack.calls.filter(({ method }) => method === 'response_url').length;
    const before = replies();
    await runAgain(scene);
    await slack.settled(() => replies() > before);
    expect(readAll('ana', '#support')).toEqual(everybodys);
  });
});
