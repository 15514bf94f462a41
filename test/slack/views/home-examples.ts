import type { HomeView } from '@slack/types';
import type { ListRow } from '../../../src/callbacks/list-page.ts';
import type { Vdn } from '../../../src/calls/vdn.ts';
import type { MessageContext } from '../../../src/slack/i18n.ts';
import { type HomeData, homeView } from '../../../src/slack/views/home.ts';
import { tenRows } from '../limits/list-messages.ts';
import { at, callback, row, subscription, ZONE } from '../messages/examples.ts';

export const support: Vdn = { number: 159, name: 'Support', timeZone: ZONE, country: 'CN' };
export const sales: Vdn = { number: 160, name: 'Sales', timeZone: ZONE, country: 'CN' };

/** The Home of somebody who may see Support, where nothing has happened. */
export const home = (more: Partial<HomeData> = {}): HomeData => ({
  readerId: 'U0ANA',
  timeZone: ZONE,
  anyVdn: true,
  mayClaim: true,
  vdns: new Map([[159, support]]),
  own: { rows: [], claimed: 0, overdue: 0 },
  queue: { rows: [], open: 0, overdue: 0, page: 0, pages: 1 },
  team: null,
  digests: [],
  ...more,
});

export const mine = (id: number, vdn = 159) =>
  row({ callback: callback('claimed', { id, vdn, attempts: 1, dueAt: at('15:00') }) });
export const waiting = (id: number, vdn = 159) => row({ callback: callback('open', { id, vdn }) });

/** As long as a Home can be; each row of another VDN than the one above it. */
export function largestHome(): HomeData {
  const ten = (make: typeof mine, from: number) =>
    Array.from({ length: 10 }, (_, n) => make(from + n, n % 2 === 0 ? 159 : 160));
  return home({
    vdns: new Map([support, sales].map((vdn) => [vdn.number, vdn])),
    own: { rows: ten(mine, 100), claimed: 250, overdue: 12 },
    queue: { rows: ten(waiting, 200), open: 5000, overdue: 4000, page: 3, pages: 500 },
    team: Array.from({ length: 15 }, (_, n) => ({
      ownerId: `U0PERSON${n}`,
      claimed: 1000 + n,
      overdue: n * 10,
      done: 1000,
    })),
    digests: Array.from({ length: 200 }, (_, n) => subscription({ number: n + 1 })),
  });
}

/** Every kind of Home that there is, with VDNs of this name. */
export function everyHome(text: string, context: MessageContext): HomeView[] {
  const largest = largestHome();
  const named = {
    ...largest,
    vdns: new Map([...largest.vdns].map(([number, vdn]) => [number, { ...vdn, name: text }])),
    own: { ...largest.own, rows: tenRows(text) },
    queue: { ...largest.queue, rows: tenRows(text).map(another) },
  };
  return [
    homeView(home({ anyVdn: false, vdns: new Map() }), null, context),
    homeView(home({ vdns: new Map() }), null, context),
    homeView(home({ team: [] }), 'Somebody else has it.', context),
    homeView(home({ own: { rows: [mine(7)], claimed: 1, overdue: 0 } }), null, context),
    homeView(home({ queue: { rows: [waiting(7)], open: 1, overdue: 1, page: 0, pages: 1 } }), null, context),
    ...[largest, named].map((data) => homeView(data, 'Somebody else has it.', context)),
  ];
}

const another = (one: ListRow): ListRow => ({
  ...one,
  callback: one.callback && { ...one.callback, id: one.callback.id - 100 },
});
