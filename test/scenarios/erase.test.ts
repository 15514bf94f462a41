import { describe, expect } from 'vitest';
import { officeSeed } from '../../src/sandbox/slack/seed.ts';
import { collectLog } from '../collect-log.ts';
import { it, MR_GREEN, MS_BLACK, modes, SALES, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT, SALES] };
const OF_GREEN = /946 ?0101/;

describe.each(modes)('erasing a caller, over %s', { concurrent: true }, (mode) => {
  it('asks first, then removes the caller from the desk and from what it has posted', async ({
    openScene,
  }) => {
    const { log, lines } = collectLog();
    const scene = await openScene(mode, { config, log });
    const { asks, becomes, hasForm, misses, presses, read, readAll, sees, slack, submits, types } = scene;
    misses(MR_GREEN);
    misses(MR_GREEN, { vdn: SALES.number });
    misses(MS_BLACK);
    const answer = await asks('tom', '#support', '7 today');
    await asks('tom', '#managers', '8 today');
    await presses('tom', answer, 'Claim');
    await becomes('ana', answer, 'Claimed by @Tom Baker');
    expect(read(answer)).toMatch(OF_GREEN);

    await types('ana', '#support', 'erase 020 7946 0101');
    const form = await hasForm('ana', 'Erase');
    expect(form).toContain('Support (VDN 7): 1 call, 1 callback');
    expect(form).toContain('Sales (VDN 8): 1 call, 1 callback');
    expect(await submits('ana')).toEqual({});
    expect(await hasForm('ana', 'Erased: 2 calls, 2 callbacks')).not.toMatch(OF_GREEN);

    await becomes('tom', answer, /^(?![\s\S]*946 ?0101)[\s\S]*2 calls from 2 callers/);
    await sees('tom', '#managers', /^(?![\s\S]*946 ?0101)[\s\S]*1 call from 1 caller/);
    // A fresh sync meets the same calls again.
    const again = await asks('tom', '#support', '7 today private');
    expect(read(again)).toContain('1 call from 1 caller');
    expect(readAll('tom', '#support').join()).not.toMatch(OF_GREEN);
    const logged = lines.join('\n');
    expect(logged).not.toMatch(/946 ?0101/);
    const told = await asks('ana', '#support', 'erase 020 7946 0101 vdn 7');
    expect(read(told, 'ana')).toContain('keeps nothing of that caller');
    expect(slack.as('li').views).toEqual([]);
  });

  it('erases in one VDN where one is named', async ({ openScene }) => {
    const { asks, hasForm, misses, read, submits, types } = await openScene(mode, { config });
    misses(MR_GREEN);
    misses(MR_GREEN, { vdn: SALES.number });
    await asks('tom', '#support', '7 today');
    await asks('tom', '#support', '8 today');
    await types('ana', '#support', 'erase “+44 20 7946 0101” vdn Support');
    expect(await hasForm('ana', 'Erase')).not.toContain('Sales');
    await submits('ana');
    await hasForm('ana', 'Erased: 1 call, 1 callback');
    expect(read(await asks('tom', '#support', '7 today private'))).not.toMatch(OF_GREEN);
    expect(read(await asks('tom', '#support', '8 today private'))).toMatch(OF_GREEN);
  });

  it('is for admins, and not for what is said in a message', async ({ openScene }) => {
    const { asks, misses, read, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    await asks('tom', '#support', '7 today');
    expect(read(await asks('tom', '#support', 'erase 020 7946 0101'))).toContain('Only workspace admins');
    expect(read(await asks('ana', '#support', 'erase'), 'ana')).toContain('erase +86');
    expect(read(await asks('ana', '#support', 'erase anonymous'), 'ana')).toContain('Whom?');
    await slack.as('ana').say('#support', `<@${officeSeed.app.botUserId}> erase 020 7946 0101`);
    await sees('ana', '#support', 'Type it as a command');
    expect([...slack.as('tom').views, ...slack.as('ana').views]).toEqual([]);
  });

  it('asks again who may when the form is submitted', async ({ openScene }) => {
    const { asks, clock, hasForm, misses, read, slack, submits, types } = await openScene(mode, { config });
    misses(MR_GREEN);
    await asks('tom', '#support', '7 today');
    await types('ana', '#support', 'erase 020 7946 0101');
    await hasForm('ana', 'Erase');
    delete slack.workspace.person('ana').role;
    clock.advance(10 * 60_000);
    await submits('ana');
    await hasForm('ana', 'Only workspace admins');
    expect(read(await asks('tom', '#support', '7 today private'))).toMatch(OF_GREEN);
  });
});
