import { describe, expect } from 'vitest';
import type { View } from '../../src/sandbox/slack/views.ts';
import { HOUR, it, MINUTE, MONDAY, MR_GREEN, MS_BLACK, modes, type Scene, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };

/** Ana is an admin of the workspace. */
const ADMIN = 'ana';

/** The form that somebody sees. */
function formOf({ slack }: Scene, who = ADMIN): View {
  const view = slack.as(who).views.at(-1);
  if (!view) throw new Error(`${who} has no form open`);
  return view;
}

/** Opens the settings by command, and from there a VDN. */
async function opensVdn(scene: Scene, who = ADMIN) {
  await scene.types(who, '#support', 'settings');
  await scene.hasForm(who, 'Your VDNs');
  await scene.pressesInForm(who, 'Open');
  return scene.hasForm(who, 'Business hours');
}

/** Presses the button beside a part of the VDN's page. */
async function changes(scene: Scene, part: 'names' | 'hours' | 'callbacks' | 'access', who = ADMIN) {
  await scene.pressesInForm(who, `settings:${part}-${SUPPORT.number}`);
}

describe.each(modes)('settings, over %s', { concurrent: true }, (mode) => {
  it('lead through the first VDN: test query, channel, first digest', async ({ openScene }) => {
    const scene = await openScene(mode);
    const { hasForm, misses, pressesInForm, sees, submits, types } = scene;
    misses(MR_GREEN);
    await types('tom', '#support', '');
    const form = await hasForm('tom', 'Add your first VDN');
    expect(form).toContain('Europe/London');
    expect(await submits('tom', { number: '0', name: '7', zone: 'Londn', country: 'Grate Britain' })).toEqual(
      {
        number: 'This is no VDN: give a number from 1 to 5000.',
        name: 'A name needs at least one letter.',
        zone: 'No such time zone is known. Did you mean Europe/London?',
        country: expect.stringContaining('No such country is known'),
      },
    );
    expect(
      await submits('tom', { number: '7', name: 'Support', zone: 'london', country: 'united kingdom' }),
    ).toEqual({});
    await hasForm('tom', 'Step 2 of 3');
    await pressesInForm('tom', 'Ask now');
    expect(await hasForm('tom', 'Step 3 of 3')).toContain('1 missed call today, 1 caller');
    await pressesInForm('tom', 'Add digest');
    const digest = await hasForm('tom', 'Preview');
    expect(digest).toContain('Now it would tell 1 call of 1 caller');
    expect(await submits('tom', { channel: 'C0SUPPORT' })).toEqual({});
    await hasForm('tom', 'All set');
    await sees('tom', '#support', /every hour/);
    await sees('tom', '#support', '+44 20 7946 0101');
  });

  it('open from the App Home, also where there is no VDN yet', async ({ openScene }) => {
    const named = await openScene(mode, { config });
    await named.slack.as(ADMIN).openHome();
    await named.hasHome(ADMIN, 'Settings');
    await named.pressesInHome(ADMIN, 'Settings');
    await named.hasForm(ADMIN, 'Your VDNs');

    const unnamed = await openScene(mode);
    await unnamed.slack.as('tom').openHome();
    await unnamed.hasHome('tom', 'Add VDN');
    await unnamed.pressesInHome('tom', 'Add VDN');
    await unnamed.hasForm('tom', 'Add your first VDN');
  });

  it('say why the contact centre does not answer, and what to do', async ({ openScene }) => {
    const scene = await openScene(mode, { config: { ...config, cms: { secretKey: 'wrong' } } });
    await opensVdn(scene);
    await scene.pressesInForm(ADMIN, 'Ask now');
    await scene.hasForm(ADMIN, /CMS_SECRET_KEY|access key|key/i);
  });

  it('say at each field what is wrong with it, and keep what is right', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { hasForm, pressesInForm, submits } = scene;
    await opensVdn(scene);
    await changes(scene, 'hours');
    await hasForm(ADMIN, 'Weekly hours');
    expect(
      await submits(ADMIN, { week: 'Mon-Fri 9-18, Blursday 9-12', holidays: '2022-12-25\n25.12.' }),
    ).toEqual({
      week: '“Blursday” cannot be read. Write it like Mon-Fri 09:00-18:00, Sat 09:00-13:00.',
      holidays: '“25.12.” cannot be read. Write one a line, like 2026-12-25.',
    });
    expect(
      await submits(ADMIN, { week: 'Mon-Fri 9-18', holidays: '2022-12-24 9-12\n2022-12-25..2022-12-26' }),
    ).toEqual({});
    expect(await hasForm(ADMIN, 'Mon-Fri 09:00-18:00')).toContain('3 holidays');

    await changes(scene, 'callbacks');
    await hasForm(ADMIN, 'When nobody claims');
    expect(await submits(ADMIN, { target: '60', 'raise-group': '15', 'raise-person': '30' })).toEqual({
      group: 'Choose the user group that is told.',
      person: 'Choose the person who is told.',
    });
    expect(
      await submits(ADMIN, { group: ['S0MANAGER'], person: 'U0ANASOUZ', 'raise-channel': '120' }),
    ).toEqual({});
    const page = await hasForm(ADMIN, 'Call back within 1 h');
    expect(page).toMatch(
      /after 15 min: tell @managers\n.*after 30 min: tell @Ana Souza\n.*after 2 h: tell the channel/,
    );

    await changes(scene, 'access');
    await hasForm(ADMIN, 'Who may claim them?');
    await scene.picks(ADMIN, 'settings-choice:claim', 'some');
    await hasForm(ADMIN, 'User groups');
    expect(await submits(ADMIN, {})).toEqual({
      'claim-people': 'Choose somebody, or another answer above.',
    });
    expect(await submits(ADMIN, { 'claim-groups': ['S0MANAGER'], 'claim-channels': ['C0SUPPORT'] })).toEqual(
      {},
    );
    expect(await hasForm(ADMIN, 'Claim: @managers #support')).toContain('See: everybody');

    await pressesInForm(ADMIN, 'Add digest');
    await hasForm(ADMIN, 'How often');
    await scene.picks(ADMIN, 'settings-choice:from', '18');
    await hasForm(ADMIN, 'Until');
    expect(await submits(ADMIN, { channel: 'C0PRIVATE', to: '9' })).toEqual({
      channel: expect.stringContaining('The desk is not in this channel'),
      to: 'This must be later than the beginning.',
    });
    await scene.picks(ADMIN, 'settings-choice:every', 'daily');
    await hasForm(ADMIN, 'At');
    expect(await submits(ADMIN, { channel: 'C0PARTNER' })).toEqual({
      channel: "This channel is shared with another organisation: callers' numbers are not shown there.",
    });
    expect(await submits(ADMIN, { channel: 'C0SUPPORT', time: '08:30' })).toEqual({});
    expect(await hasForm(ADMIN, 'daily at 08:30')).toContain('#support');
    await pressesInForm(ADMIN, 'Add digest');
    await hasForm(ADMIN, 'How often');
    expect(await submits(ADMIN, { channel: 'C0SUPPORT' })).toEqual({
      channel: 'This channel has a digest of it already: change number 1 instead.',
    });
  });

  it('let one of two managers win, and keep what the other has entered, who is told who changed what', async ({
    openScene,
  }) => {
    const scene = await openScene(mode, { config });
    const { hasForm, submits } = scene;
    await opensVdn(scene, 'ana');
    await opensVdn(scene, 'tom');
    await changes(scene, 'names', 'ana');
    await changes(scene, 'names', 'tom');
    await hasForm('ana', 'Time zone');
    await hasForm('tom', 'Time zone');
    expect(await submits('ana', { name: 'Help desk' })).toEqual({});
    expect(await submits('tom', { name: 'Hotline', country: 'France' })).toEqual({});
    const again = await hasForm('tom', '@Ana Souza has saved other settings meanwhile: Name.');
    expect(again).toContain('It stands so now: Help desk (VDN 7) · UTC · United Kingdom');
    for (const entered of ['Hotline', 'France']) expect(again).toContain(entered);
    expect(await submits('tom')).toEqual({});
    expect(await hasForm('tom', 'Hotline (VDN 7)')).toContain('France');
  });

  it('win over the environment, and stay over a restart', async ({ databaseUrl, openScene }) => {
    const scene = await openScene(mode, { config: { ...config, databaseUrl } });
    const { asks, hasForm, misses, restartDesk, submits } = scene;
    expect(await opensVdn(scene)).toContain('From the environment (VDNS): Support · UTC · GB');
    await changes(scene, 'names');
    expect(await hasForm(ADMIN, 'Time zone')).toContain('From the environment (VDNS): Support · UTC · GB');
    expect(await submits(ADMIN, { name: 'Help desk', country: '' })).toEqual({});
    await hasForm(ADMIN, 'The environment (VDNS) says: Support · UTC · GB');
    await restartDesk();
    misses(MR_GREEN);
    expect(scene.read(await asks('tom', '#support', 'today'))).toContain('Help desk');
  });

  it('end what a removed VDN has, tell whom it concerns, and let it begin afresh', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { asks, becomes, hasForm, misses, presses, pressesInForm, sees, submits, types } = scene;
    misses(MR_GREEN);
    misses(MS_BLACK);
    await types('tom', '#support', 'digest 7 hourly');
    await sees('tom', '#support', 'every hour');
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    await becomes('tom', answer, 'Claimed by @Tom Baker');

    await opensVdn(scene);
    expect(JSON.stringify(formOf(scene).blocks)).toContain('Remove Support (VDN 7)?');
    await pressesInForm(ADMIN, 'Remove');
    await hasForm(ADMIN, 'Removed. 1 digest ended, 2 callbacks expired.');
    await sees(
      'tom',
      '#support',
      'Digest 1 has ended: @Ana Souza has removed Support (VDN 7) from the desk.',
    );
    await sees('tom', '@app', 'your callback there has expired');
    await presses('tom', answer, 'Claim');
    await becomes('tom', answer, 'its VDN was removed from the desk');

    await types(ADMIN, '#support', 'setup');
    await hasForm(ADMIN, 'Add your first VDN');
    expect(await submits(ADMIN, { number: '7', name: 'Support', zone: 'UTC', country: 'GB' })).toEqual({});
    expect(await hasForm(ADMIN, 'Step 2 of 3')).toContain('No digest yet');
  });

  it('read callers by a new country: what is one caller then has one callback', async ({ openScene }) => {
    const scene = await openScene(mode, { config: { vdns: [{ ...SUPPORT, country: null }] } });
    const { asks, becomes, hasForm, misses, presses, submits } = scene;
    misses('02079460101');
    misses('+442079460101');
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    await becomes('tom', answer, 'Claimed by @Tom Baker');
    await opensVdn(scene);
    await changes(scene, 'names');
    await hasForm(ADMIN, 'Country');
    expect(await submits(ADMIN, { country: 'GB' })).toEqual({});
    const now = scene.read(await asks('tom', '#support', 'today'));
    expect(now).toMatch(/2 calls|×2/);
    expect(now).toContain('Claimed by @Tom Baker');
  });

  it('have a claim rest for as long as is set, at once', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { asks, becomes, clock, fliesUntil, hasForm, misses, presses, readAll, submits } = scene;
    misses(MR_GREEN);
    const answer = await asks('tom', '#support', 'today');
    await presses('tom', answer, 'Claim');
    await becomes('tom', answer, 'Claimed by @Tom Baker');
    clock.advance(20 * MINUTE);
    await opensVdn(scene);
    await changes(scene, 'callbacks');
    await hasForm(ADMIN, 'Remind whoever claimed');
    expect(await submits(ADMIN, { rest: '15' })).toEqual({});
    await fliesUntil(() =>
      readAll('tom', '@app').some((text) => text.includes('Are you still on this one?')),
    );
  });

  it('have what nobody claims raised step by step: in the channel, to a user group, to a person', async ({
    openScene,
  }) => {
    const scene = await openScene(mode, { config });
    const { asks, becomes, clock, hasForm, misses, presses, readAll, sees, submits } = scene;
    await asks('tom', '#support', 'digest hourly');
    expect(await opensVdn(scene)).toContain('Unclaimed after 2 h: tell the channel');
    await changes(scene, 'callbacks');
    await hasForm(ADMIN, 'When nobody claims');
    const steps = { 'raise-channel': '15', 'raise-group': '30', 'raise-person': '60' };
    expect(await submits(ADMIN, { ...steps, group: ['S0MANAGER'], person: 'U0ANASOUZ' })).toEqual({});
    await hasForm(ADMIN, 'Unclaimed after 1 h: tell @Ana Souza');
    misses(MR_GREEN);
    clock.advanceTo(MONDAY + 10 * HOUR);
    await sees('tom', '#support', '1 new call');
    clock.advance(16 * MINUTE);
    await sees('tom', '#support', '@here Nobody has claimed this caller yet');
    clock.advance(15 * MINUTE);
    const told = await sees('tom', '#support', '@managers Nobody has claimed this caller yet');
    expect(readAll(ADMIN, '@app')).toEqual([]);
    clock.advance(30 * MINUTE);
    await presses(ADMIN, await sees(ADMIN, '@app', 'Nobody has claimed this caller yet'), 'Claim');
    await becomes('tom', told, 'Claimed by @Ana Souza');
  });

  it('change the language of channels without a restart', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { hasForm, pressesInForm, sees, submits, types } = scene;
    await types(ADMIN, '#support', 'settings');
    const all = await hasForm(ADMIN, 'Workspace');
    expect(all).toContain('English (from the environment)');
    expect(all).toContain('Missed calls can be called back for 7 days (CALLBACK_DAYS).');
    await pressesInForm(ADMIN, 'settings:workspace-0');
    await hasForm(ADMIN, 'Whoever reads alone');
    expect(await submits(ADMIN, { language: 'zh-CN', masking: 'channels' })).toEqual({});
    expect(await hasForm(ADMIN, '中文')).toContain('Masked in channels');
    await types('tom', '#support', 'digest 7 hourly');
    await sees('tom', '#support', '每 1 小时');
  });

  it('are not for everybody', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { hasForm, slack, submits, types } = scene;
    await opensVdn(scene);
    await opensVdn(scene, 'tom');
    await changes(scene, 'hours', 'tom');
    await hasForm('tom', 'Weekly hours');
    await changes(scene, 'access');
    await hasForm(ADMIN, 'Who may manage');
    await scene.picks(ADMIN, 'settings-choice:manage', 'admins');
    await hasForm(ADMIN, 'Only admins');
    expect(await submits(ADMIN)).toEqual({});
    // What he has open is no way in.
    expect(await submits('tom', { week: 'Mon 9-10' })).toEqual({});
    await hasForm('tom', 'Only workspace admins may change the digests and settings');
    await slack.as('tom').closeView();
    await types('tom', '#support', 'settings');
    await hasForm('tom', 'There is no VDN here that you manage');
  });

  it('of who may see a VDN count at once, for what stands in its channels, too', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { asks, becomes, hasForm, misses, read, submits } = scene;
    misses('442079460101');
    const answer = await asks('tom', '#support', '7 today');
    expect(read(answer)).toContain('0101');
    await opensVdn(scene);
    await changes(scene, 'access');
    await hasForm(ADMIN, 'Who may manage');
    await scene.picks(ADMIN, 'settings-choice:see', 'admins');
    expect(await submits(ADMIN)).toEqual({});
    await becomes('tom', answer, 'may no longer be shown in this channel');
    expect(read(await asks('tom', '#support', '7 today'))).toContain('Only workspace admins may see');
  });

  it('pause, change and end a digest, and its channel hears of it', async ({ openScene }) => {
    const scene = await openScene(mode, { config });
    const { clock, hasForm, pressesInForm, sees, submits, types } = scene;
    await types('tom', '#support', 'digest 7 hourly');
    await sees('tom', '#support', 'every hour');
    await opensVdn(scene);
    await pressesInForm(ADMIN, 'settings:digest-1');
    await hasForm(ADMIN, 'Preview');
    await scene.picks(ADMIN, 'settings-choice:every', '30');
    expect(await submits(ADMIN)).toEqual({});
    await sees('tom', '#support', 'every 30 min');
    clock.advance(HOUR);
    await pressesInForm(ADMIN, 'settings:digest-1');
    await hasForm(ADMIN, 'Preview');
    await pressesInForm(ADMIN, 'Pause');
    await hasForm(ADMIN, 'Resume');
    await sees('tom', '#support', 'paused');
    await pressesInForm(ADMIN, 'End it');
    await hasForm(ADMIN, 'This digest has ended');
  });
});
