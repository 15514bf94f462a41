import { describe, expect } from 'vitest';
import { SANDBOX_KEYS } from '../../src/sandbox/office.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { collectLog } from '../collect-log.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, MS_BLACK, modes, SUPPORT } from './scene.ts';

const at = (hours: number, minutes = 0) => MONDAY + hours * HOUR + minutes * MINUTE;
/** A made-up user id of a social platform, and an address, as callers. */
const SOCIAL = '1000000000000004711';
const MAIL = 'customer4711@example.com';
const TYPED = '*9460101';

describe.each(modes)('the log of a long day, over %s', { concurrent: true }, (mode) => {
  it('holds no caller, no secret, no token and nothing that anybody said', async ({ openScene }) => {
    const { lines, log } = collectLog();
    const scene = await openScene(mode, { log, config: { vdns: [SUPPORT], cms: { timeoutMs: 300 } } });
    const { asks, becomes, clock, cms, config, fliesUntil, misses, presses, readAll, sees, slack } = scene;
    const callers = [MR_GREEN, MS_BLACK, SOCIAL, MAIL];
    // The oldest, whom Tom claims.
    misses(MR_GREEN, { at: clock.now() - MINUTE });
    misses(MS_BLACK);
    cms.calls.ring({ vdn: 7, callerNo: SOCIAL, mediaType: 53, subMediaType: 2 });
    cms.calls.ring({ vdn: 7, callerNo: MAIL, mediaType: 50 });

    // A good day.
    await asks('tom', '#support', 'digest hourly');
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    await becomes('tom', answer, 'Claimed by @Tom Baker');
    await Promise.all([slack.as('ana').click(answer, 'Claim'), slack.as('li').click(answer, 'Claim')]);
    await sees('ana', '#support', 'already has this one');
    await asks('ana', '#sales', `today caller ${TYPED}`);
    await asks('tom', '#support', `caller ${MR_GREEN} tomorow`);
    await slack.as('tom').command('#support', '/lost', MR_GREEN);
    clock.advanceTo(at(9, 40));
    // It waits for a moment, in case more is to be told.
    await fliesUntil(
      () => readAll('tom', '@app').some((text) => text.includes('Are you still on this one?')),
      1000,
    );
    for (const caller of callers) misses(caller, { at: at(9, 30) });
    clock.advanceTo(at(10));
    await sees('tom', '#support', /new calls? from/);
    await sees('tom', '@app', 'Called again');

    // A bad one, of the contact centre …
    for (const fault of [
      { kind: 'bad-json' },
      { kind: 'bad-json', body: `{"callerNo":"${MR_GREEN}",` },
      { kind: 'wrong-shape' },
      { kind: 'status', status: 401 },
      { kind: 'status', status: 500 },
      { kind: 'return-code', returnCode: '7', returnDesc: `${MR_GREEN} is unknown` },
      { kind: 'malformed-rows', rows: 3 },
    ] as const) {
      cms.faults.add(fault, { next: 1 });
      await asks('tom', '#support', 'today private');
    }
    cms.faults.add({ kind: 'drop', when: 'within-the-answer' }, { next: 1 });
    await asks('tom', '#support', 'today private');
    // … and of Slack.
    for (const fault of [
      { kind: 'error', error: 'invalid_blocks' },
      { kind: 'http', status: 500 },
      { kind: 'drop' },
    ] as const) {
      slack.faults.add({ ...fault, method: 'response_url' });
      await slack.as('tom').command('#support', '/missed', 'today private');
      await slack.settled(() => slack.faults.waiting.length === 0);
    }
    // Nor is there any other way to tell the asker.
    slack.faults.add({ kind: 'http', method: 'response_url', status: 404 });
    slack.faults.add({ kind: 'error', method: 'chat.postEphemeral', error: 'user_not_in_channel' });
    slack.faults.add({ kind: 'error', method: 'conversations.open', error: 'user_disabled' });
    await slack.as('tom').command('#support', '/missed', 'today private');
    await slack.settled(() => slack.faults.waiting.length === 0);
    slack.faults.add({ kind: 'accept-then-drop', method: 'chat.postMessage' });
    slack.faults.add({ kind: 'error', method: 'chat.update', error: 'msg_too_long' });
    clock.advanceTo(at(10, 30));
    await asks('tom', '#managers', 'today');
    await fliesUntil(() => slack.calls.some(({ method }) => method === 'conversations.history'));
    expect(readAll('tom', '#support').length).toBeGreaterThan(5);

    const printed = lines.join('');
    expect(lines.length).toBeGreaterThan(30);
    for (const level of [20, 30, 40, 50]) expect(printed).toContain(`"level":${level},`);
    // Long enough to be in no id by chance.
    for (const caller of [...callers, '0004711', 'customer', '9460101', '9460102', '946 0101'])
      expect(printed).not.toContain(caller);
    const { connection, botToken } = config.slack;
    const secret = connection.mode === 'socket' ? connection.appToken : connection.signingSecret;
    for (const word of [botToken, secret, 'xoxb-', 'xapp-', ...Object.values(SANDBOX_KEYS), 'auth-v2'])
      expect(printed).not.toContain(word);
    for (const said of [
      'tomorow',
      'already has',
      'Claimed by',
      'longest wait',
      'response/T0',
      'Called again',
    ])
      expect(printed).not.toContain(said);
  });

  it('says of an exception what broke and where, and not whose call it was about', async ({
    openScene,
    databaseUrl,
  }) => {
    const { lines, log } = collectLog();
    const { asks, becomes, misses, read, sees, slack } = await openScene(mode, {
      log,
      config: { vdns: [SUPPORT], databaseUrl },
    });
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');

    const knex = await openDatabase(databaseUrl);
    await knex.schema.renameTable('missed_calls', 'taken_away');
    await knex.schema.renameTable('callbacks', 'taken_away_too');
    await knex.destroy();
    misses(MS_BLACK);
    await slack.as('tom').click(answer, 'Claim');
    const sorry = read(await sees('tom', '#support', 'something went wrong on my side'));
    const reference = /reference: (\w{8})/.exec(sorry)?.[1];
    expect(reference).toBeDefined();
    expect(lines.find((line) => line.includes(`"reference":"${reference}"`))).toContain('"stack"');
    expect(read(await asks('tom', '#managers', 'today'))).toContain('something went wrong on my side');
    await becomes('ana', answer, '[Claim]');

    const printed = lines.join('');
    expect(printed).toContain('no such table');
    for (const number of ['9460101', '9460102']) expect(printed).not.toContain(number);
  });
});
