import { describe, expect } from 'vitest';
import { HOUR, it, MONDAY, MR_GREEN, modes, OPENING, type Scene, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };
const FORM = 'What came of it?';

/** Tom asks, and has claimed the only caller. */
async function claimedByTom({ asks, becomes, misses, presses }: Scene) {
  misses(MR_GREEN);
  const answer = await asks('tom', '#support', 'today');
  await presses('tom', answer, 'Claim');
  return becomes('tom', answer, 'Claimed by @Tom Baker');
}

/** What a person reads of the form's history, newest first. */
const historyOf = (form: string) => form.slice(form.indexOf('History')).split('\n').slice(1);

describe.each(modes)('a callback, over %s', { concurrent: true }, (mode) => {
  it('that nobody answered is tried again at a time, with a note, and counts', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, picks, presses, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('tom', row, 'Log result');
    const form = await hasForm('tom', FORM);
    expect(form).toContain('+44 20 7946 0101');
    expect(form).not.toContain('Try again');
    await picks('tom', 'outcome:1', 'No answer');
    expect(await hasForm('tom', 'Try again')).toContain('In 1 hour');
    expect(await submits('tom', { note: 'Rang out <!channel>' })).toEqual({});
    const tried = await becomes('tom', row, /Claimed by @Tom Baker since .* · tried once · again .*10:1/);

    await presses('tom', tried, 'Log result');
    const [latest] = historyOf(await hasForm('tom', 'got no answer'));
    expect(latest).toMatch(/@Tom Baker got no answer, again .*10:1.*“Rang out <!channel>”/);
  });

  it('is planned for a time that somebody picks, which must be to come', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, picks, presses, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('tom', row, 'Log result');
    await hasForm('tom', FORM);
    await picks('tom', 'outcome:1', 'left-message');
    await picks('tom', 'when:1', 'picked');
    await hasForm('tom', 'Date and time');
    const seconds = (at: number) => at / 1000;
    expect(await submits('tom', { at: seconds(OPENING - HOUR) })).toEqual({ at: 'That is in the past.' });
    expect(await submits('tom', { at: seconds(MONDAY + 40 * 24 * HOUR) })).toEqual({
      at: 'That is too far ahead: 31 days at most.',
    });
    expect(await submits('tom', { at: seconds(MONDAY + 15 * HOUR) })).toEqual({});
    await becomes('tom', row, /again .*15:00/);
  });

  it('stays with its owner after "no answer" where no time is known for the next one, and counts', async ({
    openScene,
  }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, picks, presses, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('tom', row, 'Log result');
    await hasForm('tom', FORM);
    await picks('tom', 'outcome:1', 'no-answer');
    expect(await hasForm('tom', 'Try again')).toContain('In 1 hour');
    await submits('tom', { when: 'unset' });
    const tried = await becomes('ana', row, /Claimed by @Tom Baker since [^·]* · tried once(?! · again)/);
    await presses('ana', tried, 'Log result');
    expect(historyOf(await hasForm('ana', 'got no answer'))[0]).toMatch(/@Tom Baker got no answer$/);
  });

  it('ends with "no answer" where it is not tried again', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, picks, presses, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('tom', row, 'Log result');
    await hasForm('tom', FORM);
    await picks('tom', 'outcome:1', 'no-answer');
    await hasForm('tom', 'Try again');
    await submits('tom', { when: 'never' });
    await becomes('ana', row, '✓ No answer · @Tom Baker');
  });

  it('is taken over by somebody whom Slack asks first; the former owner is told', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, presses, pressesInForm, readAll, sees, slack, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('ana', row, 'Log result');
    expect(await hasForm('ana', 'Claimed by @Tom Baker')).not.toContain(FORM);
    const view = slack.as('ana').views.at(-1);
    if (!view) throw new Error('no form');
    expect(JSON.stringify(view.blocks)).toMatch(/"confirm":\{"title":[^}]*Take over\?/);
    await pressesInForm('ana', 'Take over');

    await becomes('tom', row, 'Claimed by @Ana Souza');
    const told = await sees('tom', '@app', '@Ana Souza took this caller from your hands');
    expect(slack.render(told, 'tom')).toContain('Claimed by @Ana Souza');
    // She goes on in the same form.
    await hasForm('ana', FORM);
    await submits('ana', { note: 'All settled' });
    await becomes('tom', row, /✓ Reached by @Ana Souza.*“All settled”/);
    await becomes('tom', told, '✓ Reached by @Ana Souza');
    expect(readAll('ana', '@app')).toEqual([]);
    expect(readAll('tom', '@app')).toHaveLength(1);
  });

  it('is given to somebody, who is told and can begin there', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, presses, pressesInForm, readAll, sees, slack, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('tom', row, 'Log result');
    await hasForm('tom', '[Assign…]');
    await pressesInForm('tom', 'Assign…');
    await hasForm('tom', 'Who calls back?');
    expect(await submits('tom', { assignee: slack.as('tom').id })).toEqual({
      assignee: 'They have this one already.',
    });
    expect(await submits('tom', { assignee: slack.workspace.app.botUserId })).toMatchObject({
      assignee: expect.stringContaining('choose a person'),
    });
    expect(await submits('tom', { assignee: slack.as('ana').id })).toEqual({});
    await becomes('tom', row, 'Claimed by @Ana Souza');
    const told = await sees('ana', '@app', '@Tom Baker gave you this caller to call back');
    await presses('ana', told, 'Log result');
    await hasForm('ana', FORM);
    await submits('ana', { outcome: 'wrong-number' });
    await becomes('tom', row, '✓ Wrong number · @Ana Souza');
    await becomes('ana', told, '✓ Wrong number · @Ana Souza');
    expect(readAll('tom', '@app')).toEqual([]);
  });

  it('is snoozed by its owner, in a form over the form', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, presses, pressesInForm, slack, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('ana', row, 'Log result');
    expect(await hasForm('ana', 'Claimed by @Tom Baker')).not.toContain('Snooze');
    await presses('tom', row, 'Log result');
    await hasForm('tom', '[Snooze…]');
    await pressesInForm('tom', 'Snooze…');
    await hasForm('tom', 'Remind me');
    await submits('tom', { when: '15m' });
    await becomes('tom', row, /Claimed by @Tom Baker since .* · again .*09:2/);
    expect(slack.as('tom').views).toEqual([]);
  });

  it('has its last change taken back by whoever made it, in the form', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, presses, pressesInForm, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('tom', row, 'Log result');
    await hasForm('tom', '[Snooze…]');
    await pressesInForm('tom', 'Snooze…');
    await hasForm('tom', 'Remind me');
    await submits('tom', { when: 'opening' });
    const snoozed = await becomes('tom', row, /again .*Tue.*09:00|again tomorrow.* 09:00/);

    await presses('ana', snoozed, 'Log result');
    expect(await hasForm('ana', 'snoozed it until')).not.toContain('Undo');
    await presses('tom', snoozed, 'Log result');
    await hasForm('tom', '[Undo snooze]');
    await pressesInForm('tom', 'Undo snooze');
    await hasForm('tom', 'took the last change back');
    const undone = await becomes('ana', row, /Claimed by @Tom Baker since [^·]*\n/);
    await presses('ana', undone, 'Log result');
    expect(historyOf(await hasForm('ana', 'took the last change back'))).toEqual([
      expect.stringContaining('@Tom Baker took the last change back'),
      expect.stringContaining('@Tom Baker snoozed it until'),
      expect.stringContaining('@Tom Baker claimed it'),
      expect.stringContaining('The desk opened this: a call was missed'),
      expect.anything(),
    ]);
  });

  it('whose form was opened before somebody else took it says so, and loses nothing that was typed', async ({
    openScene,
  }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, presses, pressesInForm, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('tom', row, 'Log result');
    await hasForm('tom', FORM);
    await presses('ana', row, 'Log result');
    await hasForm('ana', 'Claimed by @Tom Baker');
    await pressesInForm('ana', 'Take over');
    await becomes('tom', row, 'Claimed by @Ana Souza');

    await submits('tom', { outcome: 'resolved', note: 'She mailed us' });
    await hasForm('tom', '@Ana Souza already has this one');
    await pressesInForm('tom', 'Take over');
    await hasForm('tom', 'Yours since');
    await submits('tom');
    await becomes('ana', row, /✓ Resolved otherwise · @Tom Baker.*“She mailed us”/);
  });

  it('is not counted twice when its form is submitted again after a slow answer', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { becomes, hasForm, picks, presses, slack, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('tom', row, 'Log result');
    await hasForm('tom', FORM);
    await picks('tom', 'outcome:1', 'no-answer');
    await hasForm('tom', 'Try again');
    await submits('tom');
    expect((await slack.redeliver()).status).toBe('acked');
    await becomes('tom', row, 'tried once');
  });

  it('is shown as it stands in an old message, too, once somebody opens its form there', async ({
    openScene,
  }) => {
    const scene = await openScene(mode, { config });
    const { asks, becomes, hasForm, presses, read, slack, submits } = scene;
    const old = await claimedByTom(scene);
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await asks('tom', '#support', 'today'));
    const newest = answers.at(-1) ?? old;
    await presses('tom', newest, 'Log result');
    await hasForm('tom', FORM);
    await submits('tom', { outcome: 'resolved' });
    for (const answer of answers.slice(1)) await becomes('ana', answer, '✓ Resolved otherwise');
    const shown = slack
      .as('ana')
      .messages('#support')
      .find(({ ts }) => ts === old.ts);
    expect(shown && read(shown)).toContain('Claimed by @Tom Baker');
    await presses('ana', old, 'Log result');
    await hasForm('ana', 'Resolved otherwise');
    await becomes('ana', old, '✓ Resolved otherwise');
  });

  it('opens no form for a click that waited too long', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { presses, sees, slack } = scene;
    const row = await claimedByTom(scene);
    slack.faults.add({ kind: 'error', method: 'views.open', error: 'expired_trigger_id' });
    await presses('tom', row, 'Log result');
    await sees('tom', '#support', 'Slack was too slow to open the form');
  });

  it('is changed from a private answer, which shows it too', async ({ openScene }) => {
    const { asks, becomes, hasForm, misses, presses, submits } = await openScene(mode, { config });
    misses(MR_GREEN);
    const mine = await asks('tom', '#support', 'today private');
    await presses('tom', mine, 'Claim');
    const claimed = await becomes('tom', mine, 'Claimed by @Tom Baker');
    await presses('tom', claimed, 'Log result');
    await hasForm('tom', FORM);
    await submits('tom', { outcome: 'not-needed' });
    await becomes('tom', mine, '✓ Not needed · @Tom Baker');
  });
});
