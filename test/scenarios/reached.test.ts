import { describe, expect } from 'vitest';
import { collectLog } from '../collect-log.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, MS_BLACK, modes, OPENING, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT], cms: { ccId: 1 } };
const TEN = MONDAY + 10 * HOUR;
const vdn = SUPPORT.number;

describe.each(modes)('a list that cleans itself, over %s', { concurrent: true }, (mode) => {
  it('marks in the next digest who was called out to, with the call that proves it', async ({
    openScene,
  }) => {
    const { asks, clock, cms, misses, read, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: OPENING + 2 * MINUTE });
    misses(MS_BLACK, { at: OPENING + 3 * MINUTE });
    cms.talks.callOut({ vdn, calleeNo: MR_GREEN, talkMs: 2 * MINUTE, beganAt: OPENING + 10 * MINUTE });
    clock.advanceTo(TEN);

    const digest = await sees('tom', '#support', 'Reached');
    expect(read(digest)).toMatch(/✓ Reached: somebody called them, .*09:20, talked 2 min/);
    expect(read(digest)).toContain('[Undo]');
    expect(read(digest)).toContain('[Claim]');
    expect(read(digest)).toContain('1 still open');
  });

  it('marks who rang again and was answered, also in the messages that are there', async ({ openScene }) => {
    const { asks, becomes, clock, cms, misses } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: OPENING + 2 * MINUTE });
    clock.advance(5 * MINUTE);
    const answer = await asks('tom', '#support', 'today');
    cms.talks.answer({ vdn, callerNo: MR_GREEN, talkMs: 3_000, beganAt: OPENING + 20 * MINUTE });
    clock.advanceTo(TEN);
    await becomes('tom', answer, /✓ Reached: they rang again and were answered, .*09:30, talked 3 s/);
  });

  it('lets a short call out, or one that nobody answered, prove nothing', async ({ openScene }) => {
    const { asks, clock, cms, misses, read, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: OPENING + 2 * MINUTE });
    for (const talkMs of [0, 9_000])
      cms.talks.callOut({ vdn, calleeNo: MR_GREEN, talkMs, beganAt: OPENING + 10 * MINUTE });
    clock.advanceTo(TEN);
    const digest = await sees('tom', '#support', '[Claim]');
    expect(read(digest)).not.toContain('Reached');
    expect(cms.requests.filter(({ path }) => path.endsWith('querycalls')).length).toBeGreaterThan(0);
  });

  it('tells whoever claims somebody who was reached already, and marks it', async ({ openScene }) => {
    // Ana reads it in São Paulo, three hours behind.
    const { asks, becomes, cms, clock, misses, presses, read, sees, slack } = await openScene(mode, {
      config,
    });
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    clock.advance(5 * MINUTE);
    cms.talks.callOut({ vdn, calleeNo: MR_GREEN });
    await presses('ana', answer, 'Claim');
    const told = await sees('ana', '#support', 'has been reached already');
    expect(told.ephemeralTo).toBe(slack.as('ana').id);
    expect(read(told, 'ana')).toMatch(/somebody called them, .*06:1\d, talked 1 min/);
    await becomes('tom', answer, '✓ Reached');
  });

  it('asks whoever gets a caller in another way, too: the next one, one that was assigned, one that was taken over', async ({
    openScene,
  }) => {
    const scene = await openScene(mode, { config });
    const {
      asks,
      becomes,
      clock,
      cms,
      hasForm,
      misses,
      presses,
      pressesInForm,
      sees,
      slack,
      submits,
      types,
    } = scene;
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    await presses('tom', await becomes('tom', answer, 'Claimed by @Tom Baker'), 'Log result');
    await hasForm('tom', '[Assign…]');
    await pressesInForm('tom', 'Assign…');
    await hasForm('tom', 'Who calls back?');
    clock.advance(5 * MINUTE);
    cms.talks.callOut({ vdn, calleeNo: MR_GREEN });
    await submits('tom', { assignee: slack.as('ana').id });
    const reached = await becomes('tom', answer, '✓ Reached');
    await presses('tom', reached, 'Undo');
    await presses('li', await becomes('tom', answer, 'Claimed by @Ana Souza'), 'Log result');
    await hasForm('li', '认领');
    clock.advance(5 * MINUTE);
    cms.talks.callOut({ vdn, calleeNo: MR_GREEN });
    await slack.as('li').click(slack.as('li').views.at(-1) ?? reached, 'take-over:1');
    await becomes('tom', answer, '✓ Reached');

    clock.advance(5 * MINUTE);
    misses(MS_BLACK);
    await asks('tom', '#support', 'today');
    clock.advance(5 * MINUTE);
    cms.talks.callOut({ vdn, calleeNo: MS_BLACK });
    await types('tom', '#support', 'next');
    await sees('tom', '#support', 'has been reached already');
  });

  it('takes that back for anybody, and gives it to whom it was', async ({ openScene }) => {
    const { asks, becomes, clock, cms, misses, presses } = await openScene(mode, { config });
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    clock.advance(5 * MINUTE);
    cms.talks.callOut({ vdn, calleeNo: MR_GREEN });
    await presses('ana', answer, 'Claim');
    const reached = await becomes('tom', answer, '✓ Reached');
    await presses('tom', reached, 'Undo');
    await becomes('tom', answer, 'Claimed by @Ana Souza');
  });

  it('changes nothing when the query fails, and logs no number', async ({ openScene }) => {
    const { log, lines } = collectLog();
    const { asks, becomes, clock, cms, misses, presses, read, readAll, sees } = await openScene(mode, {
      config,
      log,
    });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: OPENING + 2 * MINUTE });
    cms.talks.callOut({ vdn, calleeNo: MR_GREEN, beganAt: OPENING + 10 * MINUTE });
    cms.faults.add({ kind: 'status', status: 403 }, { of: 'calls' });
    clock.advanceTo(TEN);
    const digest = await sees('tom', '#support', '[Claim]');
    await presses('tom', digest, 'Claim');
    expect(read(await becomes('tom', digest, 'Claimed by @Tom Baker'))).not.toContain('Reached');
    expect(readAll('tom', '#support').join()).not.toContain('reached already');
    expect(lines.join()).toContain('does not say who was reached since');
    expect(lines.join()).not.toMatch(/2079460101/);
  });

  it('opens again when the caller is missed once more', async ({ openScene }) => {
    const { asks, clock, cms, misses, read, sees } = await openScene(mode, { config });
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { at: OPENING + 2 * MINUTE });
    cms.talks.callOut({ vdn, calleeNo: MR_GREEN, beganAt: OPENING + 10 * MINUTE });
    clock.advanceTo(TEN);
    await sees('tom', '#support', '✓ Reached');
    // Before the desk had marked it, and after they had talked.
    misses(MR_GREEN, { at: OPENING + 40 * MINUTE });
    clock.advanceTo(TEN + HOUR);
    expect(read(await sees('tom', '#support', '[Claim]'))).not.toContain('Reached');
  });
});
