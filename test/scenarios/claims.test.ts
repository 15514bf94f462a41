import { describe, expect } from 'vitest';
import type { Message } from '../../src/sandbox/slack/messages.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, MS_BLACK, modes, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const at = (hours: number, minutes = 0) => MONDAY + hours * HOUR + minutes * MINUTE;

describe.each(modes)('who calls back, over %s', { concurrent: true }, (mode) => {
  it.for([
    ['in one message', '#support', '#support'],
    ['in two messages', '#support', '#managers'],
  ] as const)('is decided once when two press Claim at once %s', async ([, here, there], { openScene }) => {
    const { asks, becomes, misses, readAll, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    const first = await asks('tom', here, 'today');
    const second = here === there ? first : await asks('tom', there, 'today');
    const acks = await Promise.all([
      slack.as('tom').click(first, 'Claim'),
      slack.as('ana').click(second, 'Claim'),
    ]);
    expect(acks.map(({ status }) => status)).toEqual(['acked', 'acked']);

    for (const message of [first, second]) await becomes('tom', message, /Claimed by @(Tom|Ana)/);
    const owner = /Claimed by @(Tom Baker|Ana Souza)/.exec(readAll('tom', here).join())?.[1] ?? 'nobody';
    const [loser, where] = owner === 'Tom Baker' ? ['ana', there] : ['tom', here];
    const refusal = await sees(loser, where, 'already has this one');
    expect(slack.render(refusal, loser)).toMatch(
      new RegExp(`@${owner} already has this one, since .*\\d\\d:\\d\\d`),
    );
    expect(refusal.ephemeralTo).toBe(slack.as(loser).id);
    const winner = loser === 'tom' ? 'ana' : 'tom';
    expect(readAll(winner, here).join() + readAll(winner, there).join()).not.toContain('already has');
  });

  it('goes on to a result, back to everybody by Release, back to its owner by Undo', async ({
    openScene,
  }) => {
    const { asks, becomes, hasForm, misses, presses, pressesInForm, read, sees, submits } = await openScene(
      mode,
      {
        config,
      },
    );
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    const claimed = await becomes('tom', answer, 'Claimed by @Tom Baker');
    expect(read(claimed)).toContain('[Log result]');
    expect(read(claimed)).toContain('none still open');

    await presses('ana', answer, 'Claim');
    await sees('ana', '#support', '@Tom Baker already has this one');
    await presses('tom', claimed, 'Log result');
    await hasForm('tom', '[Release]');
    await pressesInForm('tom', 'Release');
    const open = await becomes('ana', answer, '[Claim]');
    await presses('ana', open, 'Claim');
    const hers = await becomes('ana', answer, 'Claimed by @Ana Souza');
    await presses('ana', hers, 'Log result');
    await hasForm('ana', 'What came of it?');
    await submits('ana');
    const done = await becomes('tom', answer, /✓ Reached by @Ana Souza, .*09:1/);
    await presses('tom', done, 'Undo');
    await sees('tom', '#support', 'This one is done already: @Ana Souza');
    await presses('ana', done, 'Undo');
    await becomes('tom', answer, 'Claimed by @Ana Souza');
  });

  it('is shown in the message that was clicked and in the newest three other copies', async ({
    openScene,
  }) => {
    const { asks, becomes, misses, presses, read, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    const copies: Message[] = [];
    for (const channel of ['#support', '#managers', '#support', '#managers', '#support'])
      copies.push(await asks('tom', channel, 'today'));
    const [clicked, older, ...newest] = copies as [Message, Message, ...Message[]];
    await presses('tom', clicked, 'Claim');
    for (const copy of [clicked, ...newest]) await becomes('ana', copy, 'Claimed by @Tom Baker');
    const stale = await becomes('ana', older, '[Claim]');

    await presses('ana', stale, 'Claim');
    await becomes('ana', older, 'Claimed by @Tom Baker');
    // On a busy machine an answer may itself be an edit, of the notice that the desk is asking.
    const updates = slack.calls.filter(
      ({ method, args }) => method === 'chat.update' && JSON.stringify(args.blocks).includes('Claimed by'),
    );
    expect(updates.map(({ args }) => args.ts).sort()).toEqual(copies.map(({ ts }) => ts).sort());
    expect(read(clicked)).toContain('[Claim]');
  });

  it('is seen in a private copy only when it is clicked there', async ({ openScene }) => {
    const { asks, becomes, misses, presses, sees } = await openScene(mode, { config });
    misses(MR_GREEN);
    const mine = await asks('tom', '#support', 'today private');
    const everybodys = await asks('ana', '#support', 'today');
    await presses('ana', everybodys, 'Claim');
    await becomes('tom', everybodys, 'Claimed by @Ana Souza');
    await becomes('tom', mine, '[Claim]');
    await presses('tom', mine, 'Claim');
    await becomes('tom', mine, 'Claimed by @Ana Souza');
    await sees('tom', '#support', '@Ana Souza already has this one');
  });

  it('can be pressed twice, and arrive twice, without harm', async ({ openScene }) => {
    const { asks, becomes, hasForm, misses, presses, pressesInForm, readAll, slack } = await openScene(mode, {
      config,
    });
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    await Promise.all([presses('tom', answer, 'Claim'), presses('tom', answer, 'Claim')]);
    expect((await slack.redeliver()).status).toBe('acked');
    const claimed = await becomes('tom', answer, 'Claimed by @Tom Baker');
    await presses('tom', claimed, 'Log result');
    await hasForm('tom', '[Release]');
    await pressesInForm('tom', 'Release');
    await slack.redeliver();
    await becomes('tom', answer, '[Claim]');
    expect(readAll('tom', '#support')).toHaveLength(1);
  });

  it('is asked for once by a question that arrives twice', async ({ openScene }) => {
    const { asks, cms, misses, readAll, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    await asks('tom', '#support', 'today');
    expect((await slack.redeliver()).status).toBe('acked');
    // One question at a time asks about a VDN: a second answer would have been asked for before this one.
    await asks('tom', '#managers', 'last 2h');
    expect(cms.requests).toHaveLength(2);
    expect(readAll('ana', '#support')).toHaveLength(1);
  });

  it('hears in one message that the caller has called again, and the row says so', async ({ openScene }) => {
    const { asks, becomes, clock, hasForm, misses, presses, read, readAll, sees, submits } = await openScene(
      mode,
      { config },
    );
    await asks('ana', '#support', 'digest hourly');
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    const claimed = await becomes('tom', answer, 'Claimed by @Tom Baker');
    clock.advanceTo(at(9, 40));
    misses(MR_GREEN, { at: at(9, 30) });
    misses(MR_GREEN, { at: at(9, 35) });
    clock.advanceTo(at(10));

    const told = read(await sees('tom', '@app', 'Called again: Support (VDN 7)'));
    expect(told).toMatch(/You are calling this person back:\n.*0101 · 2 more calls, latest .*09:34/);
    expect(readAll('tom', '@app').filter((text) => text.includes('Called again'))).toHaveLength(1);
    const digest = read(await sees('ana', '#support', 'new calls'));
    expect(digest).toContain('Claimed by @Tom Baker');

    // The message in which it was claimed grows by itself.
    await becomes('tom', answer, /0101 · \+2 since/);
    await presses('tom', claimed, 'Log result');
    await hasForm('tom', '3 calls');
    await submits('tom');
    await becomes('tom', answer, 'Reached by @Tom Baker');
    expect(readAll('ana', '@app')).toEqual([]);
  });

  it('can be ended in the message that says so', async ({ openScene }) => {
    const { asks, becomes, clock, hasForm, misses, presses, pressesInForm, sees, submits } = await openScene(
      mode,
      { config },
    );
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    await becomes('ana', answer, 'Claimed by @Tom Baker');
    clock.advanceTo(at(9, 40));
    misses(MR_GREEN, { at: at(9, 30) });
    await asks('ana', '#managers', 'today');

    const told = await sees('tom', '@app', '[Log result]');
    await presses('tom', told, 'Log result');
    await hasForm('tom', 'What came of it?');
    await submits('tom', { outcome: 'not-needed' });
    const done = await becomes('tom', told, /✓ Not needed · @Tom Baker.*\n.*\[Undo\]/);
    await becomes('ana', answer, '✓ Not needed · @Tom Baker');
    await presses('tom', done, 'Undo');
    await becomes('tom', told, '[Log result]');
    await presses('tom', told, 'Log result');
    await hasForm('tom', '[Release]');
    await pressesInForm('tom', 'Release');
    await becomes('tom', told, '[Claim]');
    await becomes('ana', answer, '[Claim]');
  });

  it('is still known in a message from before the desk was started anew', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene(mode, { config: { ...config, databaseUrl } });
    const { asks, becomes, hasForm, misses, presses, restartDesk, submits } = scene;
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    await restartDesk();
    await presses('ana', answer, 'Claim');
    const claimed = await becomes('tom', answer, 'Claimed by @Ana Souza');
    await restartDesk();
    await presses('ana', claimed, 'Log result');
    await hasForm('ana', 'What came of it?');
    await restartDesk();
    await submits('ana');
    await becomes('tom', answer, '✓ Reached by @Ana Souza');
  });

  it('is not decided by buttons of another version: they get a sentence', async ({ openScene }) => {
    const { asks, misses, read, readAll, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    misses(MS_BLACK);
    const answer = await asks('tom', '#support', 'today');
    const forged = (change: { value?: string; action_id?: string }): Message => {
      const copy = structuredClone(answer);
      for (const block of copy.blocks) {
        if (typeof block.accessory === 'object') Object.assign(block.accessory ?? {}, change);
      }
      return copy;
    };
    for (const change of [
      { value: 'garbage' },
      { value: '1.not-a-list.0.1.-' },
      { value: '' },
      { value: '9'.repeat(1900) },
      { action_id: 'escalate:1' },
      { action_id: 'claim' },
    ]) {
      const before = readAll('tom', '#support').length;
      const button = change.action_id ?? 'Claim';
      expect((await slack.as('tom').click(forged(change), button)).status).toBe('acked');
      await slack.settled(() => readAll('tom', '#support').length > before);
      expect(readAll('tom', '#support').at(-1)).toContain('I do not know this button');
    }
    expect(read(await sees('ana', '#support', '2 still open'))).toContain('[Claim]');
  });

  it('is told when the desk no longer keeps the callback', async ({ openScene }) => {
    const { asks, misses, sees, slack } = await openScene(mode, { config });
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    const copy = structuredClone(answer);
    for (const { accessory } of copy.blocks) {
      if (typeof accessory !== 'object' || accessory === null || !('value' in accessory)) continue;
      accessory.value = String(accessory.value).replace(/\.0\.\d+\./, '.0.4711.');
    }
    await slack.as('tom').click(copy, 'Claim');
    await sees('tom', '#support', 'The desk no longer keeps this callback.');
  });
});
