import type { KnownBlock } from '@slack/types';
import type { ListPage, ListRow } from '../../callbacks/list-page.ts';
import type { CallbackNoticesData, NoticeEntry } from '../../callbacks/notices.ts';
import { unnamedVdn, type Vdn, zoneOf } from '../../calls/vdn.ts';
import { groupMention, HERE, mention } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { pagingBlocks } from './call-list.ts';
import { callRow } from './call-row.ts';
import { type Message, message, section } from './message.ts';
import { listGone } from './refusals.ts';
import { vdnLabel } from './vdn-label.ts';

export interface NoticesView {
  /** UUID of its outbox row. */
  outboxId: string;
  /** By number, those that the list's callbacks are of. */
  vdns: ReadonlyMap<number, Vdn>;
  /** Those whose callbacks the reader may not see. */
  hidden: ReadonlySet<number>;
  /** Where it is a direct message: whose. */
  readerId?: string;
}

interface Group {
  entry: NoticeEntry;
  vdn: Vdn;
  rows: ListRow[];
}

/** What became of callbacks: what is said of each group, and under it its callers as they stand now, with their buttons. */
export function callbackNoticesMessage(
  data: CallbackNoticesData,
  listPage: ListPage | null,
  view: NoticesView,
  context: MessageContext,
): Message {
  if (!listPage) return listGone(context);
  const { outboxId, readerId } = view;
  const groups = groupsOf(data, listPage, view);
  const called = calling(data);
  const headings = groups.map((group, n) => `${n === 0 ? called : ''}${heading(group, context)}`);
  const place = { page: listPage.page, outboxId, ...(readerId === undefined ? {} : { readerId }) };
  const blocks = groups.flatMap(({ rows, vdn }, n): KnownBlock[] => [
    section(headings[n] ?? ''),
    ...rows.flatMap((row) => callRow(row, { ...place, timeZone: zoneOf(vdn) }, context)),
  ]);
  if (blocks.length === 0) return listGone(context);
  return message(headings.join('\n'), [...blocks, ...pagingBlocks(listPage, { outboxId }, context)]);
}

/** Rows that stand together and are told the same. */
function groupsOf(
  { entries }: CallbackNoticesData,
  { rows, list }: ListPage,
  { vdns, hidden }: NoticesView,
): Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const entry = entries[row.position];
    const number = row.callback?.vdn ?? list.vdn;
    if (!entry || hidden.has(number)) continue;
    const last = groups.at(-1);
    const isSame =
      last?.vdn.number === number &&
      last.entry.notice === entry.notice &&
      last.entry.actorId === entry.actorId;
    if (isSame) last.rows.push(row);
    else groups.push({ entry, vdn: vdns.get(number) ?? unnamedVdn(number), rows: [row] });
  }
  return groups;
}

function heading({ entry, vdn, rows }: Group, context: MessageContext): string {
  return context.t(`notice.${entry.notice}`, {
    count: rows.length,
    vdn: vdnLabel(vdn, context),
    actor: entry.actorId === null ? '' : mention(entry.actorId),
  });
}

function calling({ calls }: CallbackNoticesData): string {
  if (calls === null) return '';
  return `${calls === 'here' ? HERE : groupMention(calls.group)} `;
}
