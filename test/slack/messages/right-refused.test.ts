import { describe, expect, it } from 'vitest';
import { channelRefused, type Holders, rightRefused } from '../../../src/slack/messages/right-refused.ts';
import type { Right } from '../../../src/vdns/access.ts';
import { english, vdn } from './examples.ts';

const nobody: Holders = { groups: [], people: [], channels: [] };
const said = (right: Right | 'administer', may: Partial<Holders>, mayGive: Partial<Holders> = {}) =>
  rightRefused(
    { wanted: { right, vdn }, may: { ...nobody, ...may }, mayGive: { ...nobody, ...mayGive } },
    english,
  ).text;

describe('a refused right', () => {
  it('names who may, and whom to ask for the right itself', () => {
    expect(said('claim', { groups: ['support-leads'], people: ['Li Wei'] })).toBe(
      'Only @support-leads and Li Wei may claim callbacks of Support (VDN 159). Ask one of them. To get that right yourself, ask a workspace admin.',
    );
    expect(said('see', { people: ['Li Wei'] }, { people: ['Ana'], groups: ['leads'] })).toBe(
      'Only Li Wei may see the calls of Support (VDN 159). Ask them. To get that right yourself, ask @leads, Ana or a workspace admin.',
    );
  });

  it('names channels, groups that are no more, admins where there is nobody else, and not more than one can read', () => {
    expect(said('manage', { groups: [null], channels: ['C0SUPPORT'] })).toContain(
      'Only a user group that is no more and whoever is in <#C0SUPPORT> may change the digests and settings',
    );
    expect(said('claim', {})).toContain('Only workspace admins may claim callbacks');
    const many = Array.from({ length: 30 }, (_, n) => `Person ${n}`);
    expect(said('claim', { people: many })).toContain('Person 3, Person 4 and 25 more may claim');
    expect(rightRefused({ wanted: null, may: nobody, mayGive: nobody }, english).text).toContain(
      'Only workspace admins may change what holds for all VDNs.',
    );
  });

  it('calls nobody, whatever people and groups are named', () => {
    const people = ['<!channel>', '<@U0ANASOUZ>', '*bold* & more', ''];
    const groups = ['here', '<!subteam^S1>'];
    const text = said('claim', { people, groups });
    expect(text).not.toMatch(/<[!@]/);
    expect(text).toContain('&lt;!channel&gt;');
  });
});

describe('a channel that may not show a VDN', () => {
  it('is told which ones may, and whom to ask', () => {
    const mayGive = { ...nobody, people: ['Ana'] };
    expect(channelRefused({ vdn, channels: ['C1', 'C2'], mayGive }, english).text).toBe(
      'The calls of Support (VDN 159) may only be shown in <#C1> and <#C2>. To have them here, ask Ana or a workspace admin.',
    );
    expect(channelRefused({ vdn, channels: [], mayGive: nobody }, english).text).toBe(
      'The calls of Support (VDN 159) may not be shown in any channel. To have them here, ask a workspace admin.',
    );
  });
});
