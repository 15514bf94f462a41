import { describe, expect } from 'vitest';
import { collectLog } from '../collect-log.ts';
import {
  buttonValue,
  callsSomebody,
  changeManagers,
  forged,
  GROUPS_KEPT_MS,
  LI,
  MANAGERS,
  only,
  restrict,
  TOM,
} from './rights-scene.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, MS_BLACK, SALES, type Scene, SUPPORT } from './scene.ts';

const settingsOf = (databaseUrl: string) => ({
  config: { vdns: [SUPPORT, SALES], databaseUrl },
});

/** Nobody sees what is not theirs: not in the channel, nor privately. */
const seesNothingOf = (caller: string, who: string, channel: string, { readAll }: Scene) =>
  expect(readAll(who, channel).join('\n')).not.toContain(caller.slice(-4));

describe('who may see a VDN', { concurrent: true }, () => {
  it('asks and is answered; others are told whom to ask, and call nobody by it', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, misses, read, slack } = scene;
    misses(MR_GREEN);
    await restrict(scene, SUPPORT.number, { see: MANAGERS, manage: only({ userIds: [TOM] }) });

    const refusal = await asks('li', '#support', 'vdn 7 today');
    expect(refusal.ephemeralTo).toBe(LI);
    expect(read(refusal, 'li')).toMatch(/只有 @managers和Tom Baker 可以查看 VDN 7 的来电/);
    expect(callsSomebody(refusal)).toBe(false);
    expect(read(await asks('tom', '#managers', 'vdn 7 today private'))).toContain('1 call from 1 caller');
    expect(read(await asks('ana', '#managers', 'vdn 7 today private'), 'ana')).toContain(
      '1 call from 1 caller',
    );
    // The contact centre was not even asked for whoever may not see it.
    expect(slack.calls.filter(({ method }) => method === 'usergroups.list')).toHaveLength(1);
  });

  it('is spoken to of no other: names, guesses and lists are of what somebody may see', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, read } = scene;
    await restrict(scene, SUPPORT.number, { see: MANAGERS });
    const said = async (text: string) => read(await asks('li', '#sales', text), 'li');

    for (const text of ['vdn support today', 'vdn suport today', 'vdn 9 today', 'vdn 7 today'])
      expect(await said(text)).not.toContain('Support');
    expect(await said('vdn 9 today')).toContain('Sales');
    // Where only one is left, it is the one that is meant.
    expect(await said('today private')).toContain('Sales (VDN 8)');

    await restrict(scene, SALES.number, { see: MANAGERS });
    expect(await said('today')).toContain('没有可以查看的 VDN');
    expect(await said('vdn 9 today')).toContain('没有可以查看的 VDN');
  });

  it('is answered alone where the channel may not see it, and told why', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, misses, read, readAll } = scene;
    misses(MR_GREEN);
    await restrict(scene, SUPPORT.number, {
      see: only({ groupIds: ['S0MANAGER'], channelIds: ['C0MANAGER'] }),
    });
    const alone = await asks('tom', '#support', 'vdn 7 today');
    expect(alone.ephemeralTo).toBe(TOM);
    expect(read(alone)).toContain('may not be shown in this channel');
    expect(readAll('li', '#support')).toEqual([]);
    const open = await asks('tom', '#managers', 'vdn 7 today');
    expect(open.ephemeralTo).toBeUndefined();
    expect(read(open)).not.toContain('may not be shown');
  });

  it('is the same by every way: a mention in a channel, a direct message', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, becomes, misses, presses, read, readAll, sees, slack } = scene;
    misses(MR_GREEN);
    await restrict(scene, SUPPORT.number, { see: MANAGERS });
    await slack.as('li').say('#support', `<@${slack.botUserId}> 7 today`);
    expect((await sees('li', '#support', '可以查看 VDN 7 的来电')).ephemeralTo).toBe(LI);
    await slack.as('li').say('@app', '7 today');
    await sees('li', '@app', '可以查看 VDN 7 的来电');
    await slack.as('tom').say('#support', `<@${slack.botUserId}> 7 today`);
    expect((await sees('tom', '#support', '1 call from 1 caller')).ephemeralTo).toBe(TOM);
    expect(readAll('ana', '#support')).toEqual([]);

    // What stands in a direct message is its reader's, as long as they may see it.
    await slack.as('tom').say('@app', '7 today');
    const mine = await sees('tom', '@app', '1 call from 1 caller');
    expect(read(mine)).toContain('0101');
    await restrict(scene, SUPPORT.number, { see: only({ userIds: [LI] }) });
    const theirs = await asks('li', '#support', 'vdn 7 today');
    await presses('li', theirs, '认领');
    await becomes('tom', mine, 'You may no longer see the calls that stood here.');
    seesNothingOf(MR_GREEN, 'tom', '@app', scene);
  });

  it('may be whoever is in a channel, wherever they ask', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, becomes, hasForm, misses, presses, read, submits } = scene;
    misses(MR_GREEN);
    const managers = only({ channelIds: ['C0MANAGER'] });
    await restrict(scene, SUPPORT.number, { see: managers, claim: managers });
    expect(read(await asks('li', '#support', 'vdn 7 today'), 'li')).toMatch(/只有 .*managers.* 可以查看/);
    expect(read(await asks('tom', '@app', 'vdn 7 today'))).toContain('1 call from 1 caller');
    const open = await asks('tom', '#managers', 'vdn 7 today');
    await presses('tom', open, 'Claim');
    const claimed = await becomes('tom', open, 'Claimed by @Tom Baker');
    // A form has no channel: that its user is in one is what Slack says.
    await presses('tom', claimed, 'Log result');
    await hasForm('tom', 'What came of it?');
    await submits('tom');
    await becomes('tom', open, '✓ Reached by @Tom Baker');
  });

  it('is not guessed while Slack does not say who is who', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, clock, read, slack } = scene;
    await restrict(scene, SUPPORT.number, { see: MANAGERS });
    slack.faults.add({ kind: 'error', error: 'internal_error', method: 'usergroups.list', times: 20 });
    expect(read(await asks('tom', '#support', 'vdn 7 today'))).toContain(
      'Slack does not tell me right now who may do that',
    );
    slack.faults.clear();
    clock.advance(MINUTE);
    expect(read(await asks('tom', '#support', 'vdn 7 today'))).toContain('Missed calls: Support');
  });
});

describe('who may claim', { concurrent: true }, () => {
  /** An answer for everybody in #support, of which only managers may claim. */
  async function answered(scene: Scene) {
    scene.misses(MR_GREEN);
    await restrict(scene, SUPPORT.number, { claim: MANAGERS });
    return scene.asks('tom', '#support', 'vdn 7 today');
  }

  it('claims; others are told whom to ask', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { becomes, presses, read, sees } = scene;
    const answer = await answered(scene);
    await presses('li', answer, 'Claim');
    const refusal = await sees('li', '#support', '只有');
    expect(read(refusal, 'li')).toContain('只有 @managers 可以认领 Support (VDN 7) 的回拨');
    expect(callsSomebody(refusal)).toBe(false);
    await presses('tom', answer, 'Claim');
    const claimed = await becomes('tom', answer, 'Claimed by @Tom Baker');
    // To see its history is another right.
    await presses('tom', claimed, 'Log result');
    await scene.hasForm('tom', 'What came of it?');
  });

  it('does so no more when the group has changed: a button and a form from before do nothing', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { becomes, clock, hasForm, presses, read, readAll, sees, slack, submits } = scene;
    const answer = await answered(scene);
    await presses('tom', answer, 'Claim');
    const claimed = await becomes('tom', answer, 'Claimed by @Tom Baker');
    await presses('tom', claimed, 'Log result');
    await hasForm('tom', 'What came of it?');

    changeManagers(scene, [LI]);
    clock.advance(GROUPS_KEPT_MS);
    await submits('tom', { note: 'too late' });
    expect(await hasForm('tom', 'Only @managers may claim')).not.toContain('What came of it?');
    await slack.as('tom').closeView();
    await presses('tom', claimed, 'Log result');
    await sees('tom', '#support', 'Only @managers may claim callbacks of Support (VDN 7)');
    expect(slack.as('tom').views).toEqual([]);
    expect(read(claimed)).toContain('Claimed by');
    expect(readAll('tom', '#support').join()).not.toContain('Reached by');
  });

  it('is asked of whose callback it is, whatever a button says', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, becomes, misses, presses, sees } = scene;
    const answer = await answered(scene);
    misses(MS_BLACK, { vdn: SALES.number });
    const open = await asks('li', '#support', 'vdn 8 today');
    // The button of one that Li may claim, with the callback of one that Li may not.
    const value = buttonValue(answer, 'claim');
    await presses(
      'li',
      forged(open, () => value),
      'Claim',
    );
    await sees('li', '#support', '可以认领 Support (VDN 7)');
    await presses('tom', answer, 'Claim');
    await becomes('tom', answer, 'Claimed by @Tom Baker');
  });

  it('is asked of whose callback it is, whatever a form says', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, becomes, hasForm, misses, presses, pressesInForm, slack, submits } = scene;
    const answer = await answered(scene);
    misses(MS_BLACK, { vdn: SALES.number });
    const open = await asks('li', '#support', 'vdn 8 today');
    await presses('li', open, 'Claim');
    const claimed = await becomes('li', open, 'Claimed by @Li Wei');
    const callbackId = Number(buttonValue(answer, 'claim').split('.')[2]);

    const openForged = async () => {
      await presses('li', claimed, 'Log result');
      await hasForm('li', '结果');
      const view = slack.as('li').views.at(-1);
      if (!view) throw new Error('Li has no form open');
      const [version, , seen, outboxId] = JSON.parse(String(view.definition.private_metadata));
      view.definition.private_metadata = JSON.stringify([version, callbackId, seen, outboxId]);
    };
    await openForged();
    await submits('li');
    await hasForm('li', '可以认领 Support (VDN 7)');
    await slack.as('li').closeView();
    await openForged();
    await pressesInForm('li', '放弃');
    await hasForm('li', '可以认领 Support (VDN 7)');
    await becomes('tom', answer, 'Claim');
  });

  it('may be given a callback, others may not', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { becomes, hasForm, presses, pressesInForm, submits } = scene;
    const answer = await answered(scene);
    await presses('tom', answer, 'Claim');
    const claimed = await becomes('tom', answer, 'Claimed by @Tom Baker');
    await presses('tom', claimed, 'Log result');
    await hasForm('tom', 'What came of it?');
    await pressesInForm('tom', 'Assign…');
    await hasForm('tom', 'Who calls back?');
    expect(await submits('tom', { assignee: LI })).toEqual({
      assignee: 'They may not claim callbacks of this VDN.',
    });
    expect(await submits('tom', { assignee: 'U0ANASOUZ' })).toEqual({});
    await becomes('tom', claimed, 'Claimed by @Ana Souza');
  });
});

describe('a channel that may not see a VDN', { concurrent: true }, () => {
  const inManagers = only({ groupIds: ['S0MANAGER'], channelIds: ['C0MANAGER'] });

  it('gets no digest of it, and is told where one may be', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, read, readAll } = scene;
    await restrict(scene, SUPPORT.number, { see: inManagers });
    const refusal = await asks('tom', '#support', 'digest 7 hourly');
    expect(read(refusal)).toContain('The calls of Support (VDN 7) may only be shown in #managers.');
    expect(readAll('li', '#support')).toEqual([]);
    expect(read(await asks('li', '#support', 'digest 7 hourly'), 'li')).toContain('只有 @managers');
    expect(read(await asks('tom', '#managers', 'digest 7 hourly'))).toContain('This channel now gets');
  });

  it('any more has its digest paused, and its creator told; nothing of it is posted', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, clock, misses, read, readAll, sees } = scene;
    await asks('tom', '#support', 'digest 7 hourly');
    misses(MR_GREEN, { at: MONDAY + 9 * HOUR + 30 * MINUTE });
    await restrict(scene, SUPPORT.number, { see: inManagers });
    clock.advanceTo(MONDAY + 10 * HOUR);
    const told = read(await sees('tom', '@app', 'I had to pause digest 1'));
    expect(told).toContain('The calls of this VDN may no longer be shown in that channel.');
    expect(readAll('tom', '#support')).toHaveLength(1);
    seesNothingOf(MR_GREEN, 'li', '#support', scene);
    expect(read(await asks('tom', '#support', 'digest resume 1'))).toContain(
      'may only be shown in #managers',
    );

    await restrict(scene, SUPPORT.number, {});
    await asks('tom', '#support', 'digest resume 1');
    await sees('li', '#support', '1 new call');
  });

  it('any more reads nothing of it in its old messages as soon as they change', async ({
    openScene,
    databaseUrl,
  }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, becomes, misses, presses, read } = scene;
    misses(MR_GREEN);
    const old = await asks('tom', '#support', 'vdn 7 today');
    const other = await asks('tom', '#managers', 'vdn 7 today');
    expect(read(old, 'li')).toContain('0101');
    await restrict(scene, SUPPORT.number, { see: inManagers });
    await presses('tom', other, 'Claim');
    await becomes('tom', other, 'Claimed by @Tom Baker');
    const emptied = await becomes('li', old, 'may no longer be shown in this channel');
    expect(emptied.blocks).toHaveLength(1);
    seesNothingOf(MR_GREEN, 'li', '#support', scene);
  });

  it('reads nothing through a page that somebody turns', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, becomes, misses, presses, read, sees } = scene;
    for (let n = 0; n < 12; n += 1) misses(`4420794601${50 + n}`);
    const old = await asks('tom', '#support', 'vdn 7 today');
    await restrict(scene, SUPPORT.number, { see: inManagers });
    await presses('li', old, 'Next →');
    expect(read(await sees('li', '#support', '只有'), 'li')).toContain('可以查看 VDN 7');
    await presses('tom', old, 'Next →');
    await becomes('li', old, 'may no longer be shown in this channel');
  });

  it('reads nothing through a button that was shared there', async ({ openScene, databaseUrl }) => {
    const scene = await openScene('http', settingsOf(databaseUrl));
    const { asks, becomes, misses, presses, read, sees, slack } = scene;
    await restrict(scene, SUPPORT.number, { see: inManagers, claim: inManagers });
    for (let n = 0; n < 12; n += 1) misses(`4420794601${50 + n}`);
    const original = await asks('tom', '#managers', 'vdn 7 today');
    // As Slack shows a message that was forwarded: its buttons work where it stands now.
    const { user, text, blocks } = original;
    const channel = slack.workspace.channel('#support').id;
    const shared = slack.workspace.messages.post({ channel, user, byApp: true, text: 'FYI', blocks });

    await presses('li', shared, 'Next →');
    expect(read(await sees('li', '#support', '只有'), 'li')).toContain('可以查看 VDN 7');
    await presses('li', shared, 'Claim');
    await sees('li', '#support', '可以认领 VDN 7');
    slack.faults.add({ kind: 'ratelimited', method: 'chat.update', retryAfterS: 1, times: 1 });
    await presses('tom', shared, 'Next →');
    await becomes('tom', original, '11–12 of 12');
    expect(slack.workspace.messages.find(channel, shared.ts)?.text).toBe('FYI');
    expect(text).not.toBe('FYI');
  });
});

describe('somebody who may not see a VDN any more', { concurrent: true }, () => {
  it('is not reminded of its callbacks', async ({ openScene, databaseUrl }) => {
    const { log, lines } = collectLog();
    const scene = await openScene('http', { ...settingsOf(databaseUrl), log });
    const { asks, becomes, clock, fliesUntil, hasForm, misses, picks, presses, readAll, submits } = scene;
    await restrict(scene, SUPPORT.number, { see: MANAGERS });
    misses(MR_GREEN);
    const answer = await asks('tom', '@app', 'vdn 7 today');
    await presses('tom', answer, 'Claim');
    const claimed = await becomes('tom', answer, 'Claimed by @Tom Baker');
    await presses('tom', claimed, 'Log result');
    await hasForm('tom', 'What came of it?');
    await picks('tom', 'outcome:1', 'no-answer');
    await submits('tom');
    await becomes('tom', answer, 'tried once');
    changeManagers(scene, [LI]);
    clock.advance(HOUR);
    // That it was due, and was not said, is in the log.
    await fliesUntil(() => lines.some((line) => line.includes('"error":"no_right"')));
    expect(readAll('tom', '@app')).toHaveLength(1);
  });
});
