import { describe, expect } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { createVdnSettingsStore } from '../../src/storage/vdn-settings-store.ts';
import {
  HOUR,
  it,
  MINUTE,
  MR_GREEN,
  MRS_WHITE,
  MS_BLACK,
  modes,
  SALES,
  type Scene,
  SUPPORT,
} from './scene.ts';

const config = { vdns: [SUPPORT] };
const NOBODY = 'Nobody is waiting';

/** The part of a Home under a title. */
const under = (home: string, title: string) => {
  const from = home.indexOf(title);
  return from < 0 ? '' : home.slice(from);
};
const queueOf = (home: string) => under(home, 'Waiting for somebody');

/** Their calls are missed one after the other, and somebody asks. */
async function missedAndAsked(scene: Scene, callers: readonly string[]) {
  callers.forEach((caller, n) => {
    scene.misses(caller, { at: scene.clock.now() - (callers.length - n) * MINUTE });
  });
  return await scene.asks('tom', '#support', 'today');
}

describe.each(modes)('the App Home, over %s', { concurrent: true }, (mode) => {
  it('says kindly that there is nothing yet, and shows by itself what comes', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    await scene.opensHome('tom');
    await scene.hasHome('tom', NOBODY);
    await missedAndAsked(scene, [MR_GREEN]);
    const home = await scene.hasHome('tom', '1 caller waits');
    expect(queueOf(home)).toContain('[Claim]');
    expect(home).toContain('[Claim next]');
  });

  it('two who claim the next at once get two callers, the first ones first', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    await missedAndAsked(scene, [MR_GREEN, MS_BLACK, MRS_WHITE]);
    for (const who of ['tom', 'ana']) {
      await scene.opensHome(who);
      await scene.hasHome(who, '3 callers wait');
    }
    await Promise.all(['tom', 'ana'].map((who) => scene.pressesInHome(who, 'Claim next')));
    const homes = await Promise.all(['tom', 'ana'].map((who) => scene.hasHome(who, '1 is yours')));
    const claimed = homes.map((home) => /0101|0102|0103/.exec(under(home, 'Yours to call back'))?.[0]);
    expect(claimed.toSorted()).toEqual(['0101', '0102']);
    for (const who of ['tom', 'ana']) {
      const home = await scene.hasHome(who, '1 caller waits');
      expect(queueOf(home)).toContain('0103');
    }
    // Ana is an admin.
    const team = under(await scene.hasHome('ana', 'The team'), 'The team');
    for (const name of ['Tom Baker', 'Ana Souza']) expect(team).toContain(`@${name} · 1 claimed`);
    expect(await scene.hasHome('tom', '1 caller waits')).not.toContain('The team');
  });

  it('whoever presses Claim next twice gets one caller', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    await missedAndAsked(scene, [MR_GREEN, MS_BLACK]);
    await scene.opensHome('tom');
    await scene.hasHome('tom', '2 callers wait');
    await Promise.all([1, 2].map(() => scene.pressesInHome('tom', 'Claim next')));
    await scene.hasHome('tom', '1 is yours');
    await scene.hasHome('tom', '1 caller waits');
  });

  it('of two who claim the same caller the second one reads who was faster', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    await missedAndAsked(scene, [MR_GREEN]);
    for (const who of ['tom', 'ana']) {
      await scene.opensHome(who);
      await scene.hasHome(who, '[Claim]');
    }
    await Promise.all(['tom', 'ana'].map((who) => scene.pressesInHome(who, 'Claim')));
    const homes = await Promise.all(
      ['tom', 'ana'].map((who) => scene.hasHome(who, /is yours|already has this one/)),
    );
    expect(homes.filter((home) => home.includes('1 is yours'))).toHaveLength(1);
    expect(homes.filter((home) => home.includes('already has this one'))).toHaveLength(1);
    expect(scene.readAll('tom', '@app').concat(scene.readAll('ana', '@app'))).toEqual([]);
  });

  it('nobody answered, tried again when it is time, and reached: the Home follows', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    await missedAndAsked(scene, [MR_GREEN]);
    await scene.opensHome('tom');
    await scene.hasHome('tom', '[Claim next]');
    await scene.pressesInHome('tom', 'Claim next');
    await scene.hasHome('tom', '[Log result]');
    await scene.pressesInHome('tom', 'Log result');
    await scene.hasForm('tom', 'What came of it?');
    await scene.picks('tom', 'outcome:1', 'no-answer');
    await scene.hasForm('tom', 'Try again');
    await scene.submits('tom', { note: 'Rang out' });
    await scene.hasHome('tom', 'tried once · again');
    scene.clock.advance(HOUR + MINUTE);
    await scene.hasHome('tom', /tried once\b(?! · again)/);
    await scene.pressesInHome('tom', 'Log result');
    await scene.hasForm('tom', 'What came of it?');
    await scene.submits('tom', {});
    const home = await scene.hasHome('tom', 'Nothing at the moment');
    expect(home).toContain(NOBODY);
    await scene.opensHome('ana');
    await scene.hasHome('ana', '@Tom Baker · 0 claimed · 1 done today');
  });

  it('who was not called back in time is overdue, first in the queue, and the next one', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene(mode, { config: { vdns: [SUPPORT, SALES], databaseUrl } });
    const knex = await openDatabase(databaseUrl);
    const settings = createVdnSettingsStore(knex);
    const sales = await settings.find(scene.slack.workspace.team.id, SALES.number);
    if (sales) await settings.change(scene.slack.workspace.team.id, { ...sales, targetMs: 30 * MINUTE });
    await knex.destroy();
    scene.misses(MR_GREEN, { at: scene.clock.now() - 20 * MINUTE });
    scene.misses(MS_BLACK, { vdn: SALES.number, at: scene.clock.now() - 10 * MINUTE });
    await scene.asks('tom', '#support', 'support today');
    await scene.asks('tom', '#support', 'sales today');
    await scene.opensHome('tom');
    const calm = queueOf(await scene.hasHome('tom', '2 callers wait'));
    expect(calm.indexOf('Support')).toBeLessThan(calm.indexOf('Sales'));
    scene.clock.advance(25 * MINUTE);
    const late = queueOf(await scene.hasHome('tom', '1 overdue'));
    expect(late.indexOf('Sales')).toBeLessThan(late.indexOf('Support'));
    await scene.pressesInHome('tom', 'Claim next');
    const home = await scene.hasHome('tom', '1 is yours');
    expect(under(home, 'Yours to call back')).toMatch(/^Yours to call back · ⏰ 1 overdue\s+Sales/);
  });

  it('turns the pages of a long queue', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const callers = Array.from({ length: 500 }, (_, n) => `44207946${1000 + n}`);
    for (const caller of callers) scene.misses(caller);
    await scene.asks('tom', '#support', 'today');
    await scene.opensHome('tom');
    const first = await scene.hasHome('tom', '1–10 of 500');
    await scene.pressesInHome('tom', 'Next →');
    const second = await scene.hasHome('tom', '11–20 of 500');
    const shown = (home: string) => new Set(home.match(/\+44 20 7946 1\d\d\d/g));
    expect(shown(first).size).toBe(10);
    expect(shown(first).union(shown(second)).size).toBe(20);
    await scene.pressesInHome('tom', '← Prev');
    await scene.hasHome('tom', '1–10 of 500');
  });

  it('is shown later where Slack has enough for now', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    await scene.opensHome('tom');
    await scene.hasHome('tom', NOBODY);
    scene.slack.faults.add({ kind: 'ratelimited', method: 'views.publish', retryAfterS: 30 });
    await missedAndAsked(scene, [MR_GREEN]);
    await scene.slack.settled(() =>
      scene.slack.calls.some(({ method, error }) => method === 'views.publish' && error === 'ratelimited'),
    );
    expect(scene.slack.render(scene.slack.as('tom').home ?? fail(), 'tom')).toContain(NOBODY);
    await scene.fliesUntil(() =>
      scene.slack.render(scene.slack.as('tom').home ?? fail(), 'tom').includes('1 caller waits'),
    );
  });

  it('is shown although the answer to the last publishing was lost', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    await missedAndAsked(scene, [MR_GREEN, MS_BLACK]);
    await scene.opensHome('tom');
    await scene.hasHome('tom', '2 callers wait');
    scene.slack.faults.add({ kind: 'accept-then-drop', method: 'views.publish', times: 2 });
    await scene.pressesInHome('tom', 'Claim next');
    await scene.hasHome('tom', '1 is yours');
    await scene.slack.settled(() => scene.slack.faults.waiting.length === 0);
    scene.clock.advance(3_000);
    await scene.pressesInHome('tom', 'Claim next');
    await scene.hasHome('tom', '2 are yours');
    const conflicts = scene.slack.calls.filter(({ error }) => error === 'hash_conflict');
    expect(conflicts.map(({ method }) => method)).toContain('views.publish');
  });

  it('welcomes who comes first, and says what to try', async ({ openScene }) => {
    const scene = await openScene(mode, { config: { vdns: [] } });
    await scene.opensHome('li');
    await scene.hasHome('li', '欢迎');
    await scene.opensHome('tom');
    await scene.hasHome('tom', '/missed vdn 159 today');
    await scene.pressesInHome('tom', 'Add VDN');
    await scene.slack.settled(() => scene.slack.as('tom').views.length === 1);
  });
});

const fail = (): never => {
  throw new Error('There is no Home');
};

describe.each(modes)('the next one, outside the Home, over %s', { concurrent: true }, (mode) => {
  it('is asked for in words, and its claimer alone sees it, with what to do', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const answer = await missedAndAsked(scene, [MR_GREEN, MS_BLACK]);
    await scene.types('ana', '#support', 'next');
    const mine = await scene.sees('ana', '#support', 'Yours to call back · Support (VDN 7)');
    expect(scene.read(mine, 'ana')).toContain('0101');
    expect(scene.readAll('tom', '#support').join()).not.toContain('Yours to call back');
    await scene.becomes('tom', answer, 'Claimed by @Ana Souza');
    await scene.presses('ana', mine, 'Log result');
    await scene.hasForm('ana', 'What came of it?');
    await scene.submits('ana', {});
    await scene.becomes('ana', mine, '✓ Reached by @Ana Souza');
    await scene.becomes('tom', answer, '✓ Reached by @Ana Souza');
  });

  it('is offered under a list, and nobody gets one when all have somebody', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const answer = await missedAndAsked(scene, [MR_GREEN, MS_BLACK]);
    await scene.presses('ana', answer, 'Claim next');
    await scene.sees('ana', '#support', 'Yours to call back');
    await scene.presses('tom', answer, 'Claim next');
    expect(scene.read(await scene.sees('tom', '#support', 'Yours to call back'))).toContain('0102');
    await scene.becomes('tom', answer, /Claimed by @Ana Souza[\s\S]*Claimed by @Tom Baker/);
    await scene.types('tom', '#support', 'next support');
    await scene.sees('tom', '#support', 'Nobody is waiting for a call back in Support (VDN 7)');
    await scene.types('tom', '#support', 'next');
    await scene.sees('tom', '#support', /Nobody is waiting for a call back right now/);
  });
});
