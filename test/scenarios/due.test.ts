import { describe, expect } from 'vitest';
import { createMovingClock } from '../../src/sandbox/moving-clock.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createVdnSettingsStore } from '../../src/storage/vdn-settings-store.ts';
import type { VdnSettings } from '../../src/vdns/settings.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, modes, SUPPORT } from './scene.ts';

const DAY = 24 * HOUR;
const FRIDAY_EVENING = MONDAY + 4 * DAY + 17 * HOUR + MINUTE;
const NEXT_MONDAY = MONDAY + 7 * DAY;
const workday = [{ from: 9 * 60, to: 18 * 60 }];
/** Two hours of open time, Monday to Friday from 9 to 18. */
const measured = {
  week: [workday, workday, workday, workday, workday, [], []],
  targetMs: 2 * HOUR,
};

/** Somebody changes what is set of the VDN. */
async function settle(databaseUrl: string, teamId: string, change: Partial<VdnSettings>): Promise<void> {
  const knex = await openDatabase(databaseUrl);
  try {
    const store = createVdnSettingsStore(knex);
    const kept = await store.find(teamId, SUPPORT.number);
    if (!kept || !(await store.change(teamId, { ...kept, ...change }))) throw new Error('not changed');
  } finally {
    await knex.destroy();
  }
}

describe.each(modes)('a VDN with a target, over %s', { concurrent: true }, (mode) => {
  it('says by when a caller is due in open time, with the settings as they are when it is shown, and who is late', async ({
    openScene,
    databaseUrl,
  }) => {
    const clock = createMovingClock(FRIDAY_EVENING);
    const scene = await openScene(mode, { clock, config: { vdns: [SUPPORT], databaseUrl } });
    const { asks, becomes, hasForm, misses, picks, presses, read, sees, slack, submits } = scene;
    await settle(databaseUrl, slack.teamId, measured);
    await asks('tom', '#support', 'digest hourly');
    misses(MR_GREEN);
    clock.advanceTo(FRIDAY_EVENING + 59 * MINUTE);
    const digest = await sees('tom', '#support', '1 new call');
    expect(read(digest)).toMatch(/due by 28 Nov 2022,? 10:0\d/);

    await settle(databaseUrl, slack.teamId, { holidays: [{ date: '2022-11-28', open: [] }] });
    await presses('tom', digest, 'Claim');
    const claimed = await becomes('tom', digest, /Claimed by @Tom Baker .* · due by 29 Nov 2022,? 10:0\d/);

    clock.advanceTo(NEXT_MONDAY + DAY + 9 * HOUR + 30 * MINUTE);
    expect(read(await asks('ana', '#managers', 'last 7 days'), 'tom')).toMatch(/due by today 10:0\d/);
    clock.advanceTo(NEXT_MONDAY + DAY + 11 * HOUR);
    const late = await asks('ana', '#managers', 'last 7 days');
    expect(read(late)).toMatch(/🔴 Overdue since today 10:0\d/);

    await presses('tom', claimed, 'Log result');
    await hasForm('tom', 'Nobody has this one yet');
    await scene.pressesInForm('tom', 'Claim');
    await hasForm('tom', 'What came of it?');
    await picks('tom', 'outcome:1', 'no-answer');
    await hasForm('tom', 'Try again');
    await submits('tom');
    expect(read(await becomes('tom', late, 'tried once'))).not.toMatch(/due by|Overdue/);
  });
});
