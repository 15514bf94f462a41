import type { HomeView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createI18n } from '../../../src/slack/i18n.ts';
import { decodeAction } from '../../../src/slack/messages/actions.ts';
import { decodeClaimNext, encodeClaimNext } from '../../../src/slack/messages/claim-next.ts';
import type { Message } from '../../../src/slack/messages/message.ts';
import { homeView } from '../../../src/slack/views/home.ts';
import { problemsOfView } from '../limits-checker.ts';
import { anyListPage, hostileText, locale, namedVdn } from '../messages/arbitraries.ts';
import { buttons, english, read, subscription } from '../messages/examples.ts';
import { home, largestHome, mine, sales, support, waiting } from './home-examples.ts';

const asMessage = ({ blocks }: HomeView) => ({ blocks: blocks as Message['blocks'] });
const shown = (data: Parameters<typeof homeView>[0], notice: string | null = null) =>
  read(asMessage(homeView(data, notice, english)));

describe('a Home', () => {
  it('begins with how things stand, and what its reader has to do, before what waits', () => {
    const text = shown(
      home({
        own: { rows: [mine(7)], claimed: 1, overdue: 0 },
        queue: { rows: [waiting(8), waiting(9)], open: 2, overdue: 1, page: 0, pages: 1 },
      }),
    );
    const lines = text.split('\n');
    expect(lines.slice(0, 2)).toEqual([
      '2 callers wait for a call back · ⏰ 1 overdue · 1 is yours',
      '[Claim next]',
    ]);
    const [log, claim] = [text.indexOf('[Log result]'), text.indexOf('[Claim]')];
    expect(log).toBeGreaterThan(0);
    expect(claim).toBeGreaterThan(log);
    expect(text).not.toContain('Support (VDN 159)\n');
  });

  it('says whose a caller is where its reader sees several VDNs', () => {
    const text = shown(
      home({
        vdns: new Map([support, sales].map((vdn) => [vdn.number, vdn])),
        queue: { rows: [waiting(8), waiting(9), waiting(10, 160)], open: 3, overdue: 0, page: 0, pages: 1 },
      }),
    );
    expect(text.match(/^(?:Support|Sales) \(VDN 1\d\d\)$/gm)).toEqual([
      'Support (VDN 159)',
      'Sales (VDN 160)',
    ]);
  });

  it('says what came of a click before everything else', () => {
    expect(shown(home(), 'Somebody else has it.').split('\n')[0]).toBe('Somebody else has it.');
  });

  it('is kind where there is nothing to do, and offers nothing that cannot be done', () => {
    const text = shown(home({ team: [] }));
    expect(text).toContain('✓ Nobody is waiting.');
    expect(text).toContain('Nothing at the moment.');
    expect(text).toContain('Nobody has claimed a caller today.');
    expect(text).toContain('/missed digest vdn 159 hourly');
    expect(text).not.toContain('[Claim next]');
    const seesOnly = home({
      mayClaim: false,
      queue: { rows: [waiting(8)], open: 1, overdue: 0, page: 0, pages: 1 },
    });
    expect(shown(seesOnly)).not.toContain('[Claim next]');
  });

  it('says what to do to who sees no VDN', () => {
    expect(shown(home({ anyVdn: false, vdns: new Map() }))).toContain('/missed vdn 159 today');
    expect(shown(home({ vdns: new Map() }))).toContain("ask your workspace's admins");
  });

  it('shows the team to those of whom it is wanted only', () => {
    const load = [{ ownerId: 'U0ANA', claimed: 3, overdue: 1, done: 5 }];
    expect(shown(home({ team: load }))).toContain('<@U0ANA> · 3 claimed · ⏰ 1 overdue · 5 done today');
    expect(shown(home())).not.toContain('The team');
  });

  it('leads managers to the settings, and whoever comes first to adding a VDN', () => {
    const values = (data: Parameters<typeof homeView>[0]) =>
      buttons(asMessage(homeView(data, null, english)));
    expect(values(home({ team: [] }))).toEqual({ 'settings:overview-0': 'overview.0' });
    expect(values(home())).toEqual({});
    expect(values(home({ anyVdn: false, vdns: new Map() }))).toEqual({ 'settings:overview-0': 'overview.0' });
  });

  it('says how much is left out', () => {
    const text = shown(largestHome());
    expect(text).toContain('and 240 more');
    expect(text).toContain('31–40 of 5,000');
    expect(text).toContain('and 190 more');
  });

  it('carries in its buttons what listeners read back', () => {
    const values = buttons(asMessage(homeView(largestHome(), null, english)));
    expect(decodeClaimNext(values['claim-next:0'] ?? '')).toBeNull();
    expect(decodeAction(values['home-page:4'])).toEqual({ page: 4, callbackId: null, outboxId: null });
    expect(decodeAction(values['claim:200'])).toEqual({ page: 3, callbackId: 200, outboxId: null });
    expect(decodeClaimNext(encodeClaimNext(159))).toBe(159);
    for (const wrong of ['', '1', '1.', '1.x', '2.159', '1.159.1', '1.-1']) {
      expect(decodeClaimNext(wrong)).toBeUndefined();
    }
  });

  it("stays within Slack's limits whatever contact centres and people put into it", () => {
    const i18n = createI18n();
    const any = fc.record({
      own: anyListPage,
      queue: anyListPage,
      vdns: fc.array(namedVdn, { minLength: 1, maxLength: 5 }),
      owners: fc.array(hostileText, { maxLength: 15 }),
      notice: fc.constantFrom(null, 'Somebody else has it.'),
    });
    fc.assert(
      fc.property(any, locale, ({ own, queue, vdns, owners, notice }, language) => {
        const named = vdns.map((vdn) => ({ ...vdn, timeZone: null, country: null }));
        const others = queue.rows.map((one) => ({
          ...one,
          callback: one.callback && { ...one.callback, id: one.callback.id - 100 },
        }));
        const data = home({
          vdns: new Map(named.map((vdn) => [vdn.number, vdn])),
          own: { rows: own.rows, claimed: own.stillOpen, overdue: own.stillOpen },
          queue: { ...queue, rows: others, open: queue.stillOpen, overdue: 1 },
          team: owners.map((ownerId) => ({ ownerId, claimed: 1, overdue: 1, done: 1 })),
          digests: named.map((vdn) => ({ ...subscription(), vdn })),
        });
        expect(problemsOfView(homeView(data, notice, i18n.forLocale(language)))).toEqual([]);
      }),
    );
  });
});
