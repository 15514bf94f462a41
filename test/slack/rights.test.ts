import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { createChannelMembers } from '../../src/slack/channel-members.ts';
import { createPeople } from '../../src/slack/people.ts';
import { createRights } from '../../src/slack/rights.ts';
import { createUserGroups } from '../../src/slack/user-groups.ts';
import { type Access, type Holders, OPEN_ACCESS, type Right } from '../../src/vdns/access.ts';
import { unsetSettings } from '../../src/vdns/settings.ts';
import { runClient } from '../sandbox/slack/harness.ts';

const MINUTE = 60_000;
const LI = 'U0LIWEI01';
const ANA = 'U0ANASOUZ';
const TOM = 'U0TOMBAKE';

const only = (ids: Partial<Extract<Holders, { kind: 'some' }>>): Holders => ({
  kind: 'some',
  groupIds: [],
  userIds: [],
  channelIds: [],
  ...ids,
});
const managers = only({ groupIds: ['S0MANAGER'] });

/** VDNs with these rights set, on the stand-in's office: Ana owns it, Ana and Tom are its managers. */
async function open(accesses: Record<number, Partial<Access>>) {
  const { slack, client, clock } = await runClient({ rateLimits: true });
  onTestFinished(() => slack.close());
  const { teamId } = slack;
  const all = new Map(
    Object.entries(accesses).map(([number, access]) => [Number(number), { ...OPEN_ACCESS, ...access }]),
  );
  const settings = {
    accessOf: async () => all,
    list: async () =>
      [...all].map(([number, access]) => ({
        ...unsetSettings({ number, name: null, timeZone: null, country: null }),
        access,
        version: 1,
      })),
  };
  const rights = createRights({
    settings,
    people: createPeople({ client, teamId, clock, log: silentLog }),
    groups: createUserGroups(client, clock, silentLog),
    members: createChannelMembers(client, clock, silentLog),
  });
  const actor = (userId: string, channelId: string | null = null) => ({ teamId, userId, channelId });
  const judge = (userId: string, right: Right | 'administer', channelId: string | null = null) =>
    rights.judge(actor(userId, channelId), 7, right);
  const asked = () => slack.calls.map(({ method }) => method);
  return { slack, clock, rights, actor, judge, asked, teamId };
}

describe('rights', () => {
  it('ask Slack nothing where everybody may, or somebody is named', async () => {
    const { judge, asked } = await open({ 7: { claim: only({ userIds: [LI], channelIds: ['C0SALES01'] }) } });
    expect(await judge(TOM, 'see')).toBe('yes');
    expect(await judge(LI, 'claim')).toBe('yes');
    expect(await judge(TOM, 'claim', 'C0SALES01')).toBe('yes');
    expect(asked()).toEqual([]);
  });

  it('are those of a user group, asked for once for all who want to know', async () => {
    const { judge, asked } = await open({ 7: { see: managers } });
    expect(await Promise.all([judge(TOM, 'see'), judge(ANA, 'claim'), judge(LI, 'see')])).toEqual([
      'yes',
      'yes',
      'no',
    ]);
    expect(asked().filter((method) => method === 'usergroups.list')).toHaveLength(1);
  });

  it('are those of a channel, also for its members elsewhere; a hidden one has none', async () => {
    const hidden = only({ channelIds: ['C0PRIVATE'] });
    const { judge } = await open({ 7: { see: only({ channelIds: ['C0MANAGER'] }), claim: hidden } });
    expect(await judge(TOM, 'see')).toBe('yes');
    expect(await judge(LI, 'see')).toBe('no');
    // The desk is not in that one, and cannot know who is: only there it counts.
    expect(await judge(LI, 'claim')).toBe('no');
    expect(await judge(LI, 'claim', 'C0PRIVATE')).toBe('yes');
  });

  it('are all given to workspace admins, whatever is set', async () => {
    const { judge, rights } = await open({ 7: { see: only({}) } });
    expect(await judge(ANA, 'administer')).toBe('yes');
    expect(await judge(TOM, 'see')).toBe('no');
    expect([await rights.isAdmin(ANA), await rights.isAdmin(TOM)]).toEqual([true, false]);
  });

  it('of an admin end where their workspace does: a shared channel shows people of others', async () => {
    const { slack, client, clock } = await runClient();
    onTestFinished(() => slack.close());
    const elsewhere = createPeople({ client, teamId: 'T0OTHER01', clock, log: silentLog });
    expect(await elsewhere.isAdmin(ANA)).toBe(false);
  });

  it('to give rights need a name, and those of the workspace one in every VDN', async () => {
    const { judge, rights, actor } = await open({ 7: { manage: managers }, 8: {} });
    expect(await judge(TOM, 'administer')).toBe('yes');
    expect(await judge(LI, 'administer')).toBe('no');
    expect(await rights.judge(actor(TOM), 8, 'administer')).toBe('no');
    expect(await rights.judgeWorkspace(actor(TOM))).toBe('no');
    expect(await rights.judgeWorkspace(actor(ANA))).toBe('yes');

    const both = await open({ 7: { manage: managers }, 8: { manage: managers } });
    expect(await both.rights.judgeWorkspace(both.actor(TOM))).toBe('yes');
    expect(await both.rights.judgeWorkspace(both.actor(LI))).toBe('no');
  });

  it('tell which VDNs somebody may see, and which a channel may show', async () => {
    const { rights, actor, teamId } = await open({
      7: { see: managers },
      8: { see: only({ channelIds: ['C0SALES01'] }) },
    });
    expect(await rights.which(actor(LI, 'C0SUPPORT'), [7, 8, 9], 'see')).toEqual([8, 9]);
    expect(await rights.which(actor(TOM), [9, 7], 'see')).toEqual([9, 7]);
    expect(await rights.mayReceive(teamId, 'C0SALES01', 8)).toBe(true);
    expect(await rights.mayReceive(teamId, 'C0SALES01', 7)).toBe(false);
    expect(await rights.mayReceive(teamId, 'C0SALES01', 9)).toBe(true);
  });

  it('follow a user group within minutes', async () => {
    const { slack, clock, judge } = await open({ 7: { see: managers } });
    const [group] = slack.workspace.groups;
    expect(await judge(LI, 'see')).toBe('no');
    group?.members.push(LI);
    expect(await judge(LI, 'see')).toBe('no');
    clock.move(3 * MINUTE);
    expect(await judge(LI, 'see')).toBe('yes');
    if (group) group.disabled = true;
    clock.move(3 * MINUTE);
    expect(await judge(LI, 'see')).toBe('no');
  });

  it('stay for half an hour as they were while Slack does not answer, and then are unknown', async () => {
    const { slack, clock, judge, rights, actor } = await open({ 7: { see: managers } });
    expect(await judge(TOM, 'see')).toBe('yes');
    slack.faults.add({ kind: 'http', method: 'usergroups.list', status: 500, times: 100 });
    slack.faults.add({ kind: 'http', method: 'users.info', status: 500, times: 100 });
    clock.move(29 * MINUTE);
    expect(await judge(TOM, 'see')).toBe('yes');
    clock.move(2 * MINUTE);
    expect(await judge(TOM, 'see')).toBe('unknown');
    expect(await rights.may(actor(TOM), 7, 'see')).toBe(false);
    expect(await rights.which(actor(TOM), [7], 'see')).toEqual([]);
    slack.faults.clear();
    clock.move(MINUTE);
    expect(await judge(TOM, 'see')).toBe('yes');
  });

  it('do not ask a Slack that has just failed for everybody again, and obey its pace', async () => {
    const { slack, clock, judge, asked } = await open({ 7: { see: managers } });
    const lists = () => asked().filter((method) => method === 'usergroups.list').length;
    slack.faults.add({ kind: 'ratelimited', method: 'usergroups.list', retryAfterS: 40 });
    expect(await judge(TOM, 'see')).toBe('unknown');
    expect(await judge(TOM, 'see')).toBe('unknown');
    clock.move(39_000);
    expect(await judge(TOM, 'see')).toBe('unknown');
    expect(lists()).toBe(1);
    clock.move(1_000);
    expect(await judge(TOM, 'see')).toBe('yes');
    expect(lists()).toBe(2);
  });

  it('are told by the admin flag alone where a plan has no user groups', async () => {
    const { slack, judge } = await open({ 7: { see: managers } });
    slack.faults.add({ kind: 'error', method: 'usergroups.list', error: 'plan_upgrade_required' });
    expect(await judge(TOM, 'see')).toBe('no');
    expect(await judge(ANA, 'see')).toBe('yes');
  });

  it('of an admin end minutes after Slack has ended them', async () => {
    const { slack, clock, rights } = await open({});
    expect(await rights.isAdmin(ANA)).toBe(true);
    delete slack.workspace.person('ana').role;
    clock.move(2 * MINUTE);
    expect(await rights.isAdmin(ANA)).toBe(true);
    clock.move(MINUTE);
    expect(await rights.isAdmin(ANA)).toBe(false);
  });
});
