import { describe, expect } from 'vitest';
import {
  HOUR,
  it,
  MINUTE,
  MONDAY,
  MR_GREEN,
  MRS_WHITE,
  MS_BLACK,
  modes,
  OPENING,
  type Scene,
  SUPPORT,
} from './scene.ts';

const config = { vdns: [SUPPORT] };
const DAY = 24 * HOUR;
const FORM = 'What came of it?';

/** Tom asks, and has claimed the only caller. */
async function claimedByTom({ asks, becomes, misses, presses }: Scene) {
  misses(MR_GREEN);
  const answer = await asks('tom', '#support', 'today');
  await presses('tom', answer, 'Claim');
  return becomes('tom', answer, 'Claimed by @Tom Baker');
}

describe.each(modes)('what time makes of a callback, over %s', { concurrent: true }, (mode) => {
  it('nobody answered, tried again when it is time, and reached', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { becomes, clock, hasForm, picks, presses, readAll, sees, submits } = scene;
    const row = await claimedByTom(scene);
    await presses('tom', row, 'Log result');
    await hasForm('tom', FORM);
    await picks('tom', 'outcome:1', 'no-answer');
    await hasForm('tom', 'Try again');
    await submits('tom', { note: 'Rang out' });
    await becomes('tom', row, 'tried once · again');
    clock.advance(HOUR + MINUTE);

    const due = await sees('tom', '@app', 'Try again now · Support (VDN 7)');
    await becomes('tom', row, /tried once\b(?! · again)/);
    await presses('tom', due, 'Log result');
    await hasForm('tom', 'said that it was time to try again');
    await submits('tom', { note: 'She will come by' });
    await becomes('tom', due, /✓ Reached by @Tom Baker.*“She will come by”/);
    await becomes('ana', row, '✓ Reached by @Tom Baker');
    expect(readAll('tom', '@app')).toHaveLength(1);
    expect(readAll('ana', '@app')).toEqual([]);
  });

  it('several things that are due are one message', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { asks, becomes, clock, hasForm, misses, presses, pressesInForm, read, readAll, sees, submits } =
      scene;
    misses(MR_GREEN);
    misses(MS_BLACK);
    const answer = await asks('tom', '#support', 'today');
    for (const n of [1, 2]) {
      await presses('tom', answer, 'Claim', n - 1);
      await becomes('tom', answer, new RegExp(`(?:Claimed by[\\s\\S]*){${n}}`));
    }
    for (const n of [0, 1]) {
      const seen = await becomes('tom', answer, 'Log result');
      await presses('tom', seen, 'Log result', n);
      await hasForm('tom', '[Snooze…]');
      await pressesInForm('tom', 'Snooze…');
      await hasForm('tom', 'Remind me');
      await submits('tom', { when: 'opening' });
      await becomes('tom', answer, new RegExp(`(?:again [\\s\\S]*){${n + 1}}`));
    }
    clock.advanceTo(MONDAY + DAY + 9 * HOUR);
    const told = read(await sees('tom', '@app', 'Try again now'));
    expect(told.match(/\[Log result\]/g)).toHaveLength(2);
    expect(readAll('tom', '@app')).toHaveLength(1);
  });

  it('a claim that rests: its owner is reminded, then everybody may claim it again', async ({
    openScene,
  }) => {
    const scene = await openScene(mode, { config });
    const { becomes, clock, fliesUntil, presses, readAll, sees } = scene;
    const row = await claimedByTom(scene);
    clock.advance(31 * MINUTE);
    await fliesUntil(() => readAll('tom', '@app').length === 1);
    const reminder = await sees('tom', '@app', 'Are you still on this one?');
    clock.advance(31 * MINUTE);
    await fliesUntil(() => readAll('tom', '@app').length === 2);
    await sees('tom', '@app', 'Open to everybody again');
    const open = await becomes('ana', row, '[Claim]');
    await becomes('tom', reminder, '[Claim]');
    await presses('ana', open, 'Claim');
    await becomes('tom', row, 'Claimed by @Ana Souza');
    expect(readAll('tom', '@app')).toHaveLength(2);
    expect(readAll('ana', '@app')).toEqual([]);
  });

  it('several that come to somebody one by one, and come back, are few messages', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { asks, becomes, clock, fliesUntil, hasForm, misses, presses, pressesInForm, readAll, sees } =
      scene;
    const { slack, submits } = scene;
    await asks('tom', '#support', 'digest hourly');
    for (const caller of [MR_GREEN, MS_BLACK, MRS_WHITE]) misses(caller);
    clock.advanceTo(MONDAY + 10 * HOUR);
    const digest = await sees('tom', '#support', '3 new calls');
    for (const n of [0, 1, 2]) {
      await presses('tom', digest, 'Claim', n);
      const claimed = await becomes('tom', digest, new RegExp(`(?:Claimed by[\\s\\S]*){${n + 1}}`));
      await presses('tom', claimed, 'Log result', n);
      await hasForm('tom', '[Assign…]');
      await pressesInForm('tom', 'Assign…');
      await hasForm('tom', 'Who calls back?');
      await submits('tom', { assignee: slack.as('ana').id });
      await becomes('tom', digest, new RegExp(`(?:Claimed by @Ana[\\s\\S]*){${n + 1}}`));
    }
    await fliesUntil(() => readAll('ana', '@app').length === 2);
    const given = readAll('ana', '@app').map((text) => text.match(/\[Log result\]/g)?.length);
    expect(given).toEqual([1, 2]);

    clock.advance(31 * MINUTE);
    await fliesUntil(() => readAll('ana', '@app').length === 3);
    clock.advance(31 * MINUTE);
    const back = 'Open to everybody again: whoever had these callers did not get to them';
    await fliesUntil(() => readAll('tom', '#support').some((text) => text.includes(back)));
    await fliesUntil(() => readAll('ana', '@app').length === 4);
    const told = await sees('tom', '#support', back);
    await fliesUntil(() => readAll('ana', '@app').length === 4);
    expect(slack.render(told, 'tom').match(/\[Claim\]/g)).toHaveLength(3);
    expect(
      readAll('ana', '@app')
        .map((text) => /still on|again/.exec(text)?.[0])
        .slice(2),
    ).toEqual(['still on', 'again']);
    expect(readAll('tom', '@app')).toEqual([]);
  });

  it('one that nobody claims is raised: in the channel, to a group, to a person', async ({ openScene }) => {
    const rules = {
      hours: null,
      timeZone: 'UTC',
      restMs: null,
      raise: [
        { afterMs: HOUR, to: { kind: 'channel' as const } },
        { afterMs: 2 * HOUR, to: { kind: 'group' as const, groupId: 'S0MANAGER' } },
        { afterMs: 3 * HOUR, to: { kind: 'person' as const, userId: '' } },
      ],
    };
    const scene = await openScene(mode, { config, rulesOf: async () => rules });
    const { asks, becomes, clock, misses, presses, readAll, sees, slack } = scene;
    const person = rules.raise[2]?.to;
    if (person?.kind === 'person') person.userId = slack.as('ana').id;
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN);
    clock.advanceTo(MONDAY + 10 * HOUR);
    const digest = await sees('tom', '#support', '1 new call');
    clock.advance(HOUR + MINUTE);
    const raised = await sees(
      'tom',
      '#support',
      '@here Nobody has claimed this caller yet · Support (VDN 7)',
    );
    clock.advance(HOUR);
    await sees('tom', '#support', '@managers Nobody has claimed this caller yet');
    clock.advance(HOUR);
    const asked = await sees('ana', '@app', 'Nobody has claimed this caller yet');
    await presses('ana', asked, 'Claim');
    for (const message of [digest, raised]) await becomes('tom', message, 'Claimed by @Ana Souza');
    clock.advance(5 * HOUR);
    await becomes('ana', asked, 'Yours since');
    expect(readAll('tom', '#support').filter((text) => text.includes('Nobody has claimed'))).toHaveLength(2);
    expect(readAll('tom', '@app')).toEqual([]);
  });

  it('one that only a question has told is never raised', async ({ openScene }) => {
    const raise = [{ afterMs: HOUR, to: { kind: 'channel' as const } }];
    const rules = { hours: null, timeZone: 'UTC', restMs: null, raise };
    const scene = await openScene(mode, { config, rulesOf: async () => rules });
    const { asks, clock, misses, readAll, sees } = scene;
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN, { vdn: SUPPORT.number, at: OPENING - 3 * HOUR });
    await asks('ana', '#managers', 'today');
    misses(MRS_WHITE);
    clock.advanceTo(MONDAY + 10 * HOUR);
    await sees('tom', '#support', 'new call');
    clock.advance(HOUR + MINUTE);
    await sees('tom', '#support', 'Nobody has claimed');
    expect(readAll('tom', '#support').filter((text) => text.includes('Nobody has claimed'))).toHaveLength(1);
  });

  it('one that somebody asked for before a digest told it is raised like any other', async ({
    openScene,
  }) => {
    const raise = [{ afterMs: HOUR, to: { kind: 'channel' as const } }];
    const rules = { hours: null, timeZone: 'UTC', restMs: null, raise };
    const scene = await openScene(mode, { config, rulesOf: async () => rules });
    const { asks, clock, misses, sees } = scene;
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN);
    await asks('ana', '#managers', 'today');
    clock.advanceTo(MONDAY + 10 * HOUR);
    await sees('tom', '#support', '1 new call');
    clock.advance(HOUR + MINUTE);
    await sees('tom', '#support', 'Nobody has claimed');
  });

  it('a claim that was ended meanwhile is not asked about', async ({ openScene }) => {
    const rules = { hours: null, timeZone: 'UTC', restMs: 30 * MINUTE, raise: [] };
    const scene = await openScene(mode, { config, rulesOf: async () => rules });
    const { asks, becomes, clock, fliesUntil, hasForm, misses, presses, readAll, submits } = scene;
    misses(MR_GREEN);
    misses(MS_BLACK);
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim', 0);
    await becomes('tom', answer, 'Claimed by @Tom Baker');
    await presses('tom', answer, 'Claim', 1);
    const both = await becomes('tom', answer, /(?:Claimed by @Tom Baker[\s\S]*){2}/);
    // Both are written down now, and wait for what follows.
    clock.advance(30 * MINUTE + 5_000);
    await presses('tom', both, 'Log result', 0);
    const reached = /0101/.test(await hasForm('tom', 'What came of it?')) ? '0101' : '0102';
    expect(await submits('tom', { outcome: 'reached' })).toEqual({});
    await becomes('tom', answer, 'Reached');
    await fliesUntil(() => readAll('tom', '@app').some((text) => text.includes('Are you still on')));
    const asked = readAll('tom', '@app').find((text) => text.includes('Are you still on')) ?? '';
    expect(asked).toContain(reached === '0101' ? '0102' : '0101');
    expect(asked).not.toContain(reached);
  });

  it('those whom nobody has called back in time are counted once, in the next digest', async ({
    openScene,
  }) => {
    const scene = await openScene(mode, { config });
    const { asks, becomes, clock, misses, readAll, sees } = scene;
    await asks('tom', '#support', 'digest daily 10:00');
    misses(MR_GREEN);
    misses(MS_BLACK);
    clock.advanceTo(MONDAY + 10 * HOUR);
    const digest = await sees('tom', '#support', '2 new calls');
    clock.advanceTo(MONDAY + 7 * DAY + 9 * HOUR + 20 * MINUTE);
    await becomes('tom', digest, /(?:Never called back[\s\S]*){2}/);
    clock.advanceTo(MONDAY + 7 * DAY + 10 * HOUR);
    const told = await sees('tom', '#support', '2 callers were never called back, and are now too long ago');
    expect(scene.read(told)).toMatch(
      /Never called back\n.*7946 0101[\s\S]*\[History\][\s\S]*7946 0102[\s\S]*\[History\]/,
    );
    misses(MRS_WHITE);
    clock.advanceTo(MONDAY + 8 * DAY + 10 * HOUR);
    await sees('tom', '#support', '1 new call');
    expect(readAll('tom', '#support').filter((text) => text.includes('never called back'))).toHaveLength(1);
  });
});
