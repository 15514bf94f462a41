import type { Button, KnownBlock } from '@slack/types';
import { LIST_PAGE_SIZE, type ListPage } from '../../callbacks/list-page.ts';
import type { MessageContext } from '../i18n.ts';
import { ACTIONS, actionId, encodeAction } from './actions.ts';
import { briefCallRow, callRow } from './call-row.ts';
import { encodeClaimNext } from './claim-next.ts';
import { actions, button, context as greyPrint, section } from './message.ts';

/** The message that shows a list. */
export interface ListView {
  /** UUID of the row that the message is kept as, or null. */
  outboxId: string | null;
  /** IANA: the zone that the message names. */
  timeZone: string;
  /** That zone is the only reader's own: nothing has to be said of the rows' times. */
  ofReader?: boolean;
}

/** Callers of a list that is shown in brief. */
const BRIEF_ROWS = 5;

/**
 * The first callers of a page in one line each, and what to type for the others; for a message that Slack has refused as too
 * large when it was whole. `command`: as people may copy it.
 */
export function briefListBlocks(
  listPage: ListPage,
  view: ListView & { command: string },
  context: MessageContext,
): KnownBlock[] {
  const { list, page } = listPage;
  const place = { listId: list.id, page, ...view };
  const rows = listPage.rows.slice(0, BRIEF_ROWS);
  const rest = list.rowCount - rows.length;
  return [
    ...rows.map((row) => briefCallRow(row, place, context)),
    ...(rest > 0 ? [greyPrint(context.t('list.rest', { count: rest, command: view.command }))] : []),
  ];
}

/**
 * One page of a list: whose time the rows show, its callers and, when there are more than fit, "11–20 of 57" with buttons to turn the page.
 * A callback must not be on the page twice (a list has each caller once): its buttons' ids come from it.
 */
export function listBlocks(listPage: ListPage, view: ListView, context: MessageContext): KnownBlock[] {
  const place = { page: listPage.page, ...view };
  const rows = listPage.rows.slice(0, LIST_PAGE_SIZE);
  return [
    ...(rows.length > 0 && !view.ofReader ? [greyPrint(context.t('list.times'))] : []),
    ...rows.flatMap((row, n) => [
      ...(isFirstOfCallbacks(listPage, n) ? [section(`*${context.t('list.neverCalledBack')}*`)] : []),
      ...callRow(row, place, context),
    ]),
    ...pagingBlocks(listPage, view, context, nextButtons(listPage, context)),
  ];
}

/** Where those begin, on each page, whom nobody has called back: they stand after the callers of a digest. */
function isFirstOfCallbacks({ list: { callbacksFrom }, rows }: ListPage, n: number): boolean {
  const is = (index: number) => callbacksFrom !== undefined && (rows[index]?.position ?? -1) >= callbacksFrom;
  return is(n) && !is(n - 1);
}

/** "Claim next", where more than one caller of the list waits for somebody. */
const nextButtons = ({ list, stillOpen }: ListPage, { t }: MessageContext) =>
  stillOpen > 1
    ? [button(t('button.claimNext'), actionId(ACTIONS.claimNext, list.vdn), encodeClaimNext(list.vdn))]
    : [];

/** "11–20 of 57" and the buttons to turn the page, where not all fits on one, with what else is offered there. */
export function pagingBlocks(
  { list, page, pages, rows }: ListPage,
  view: Pick<ListView, 'outboxId'>,
  { t }: MessageContext,
  offered: readonly Button[] = [],
): KnownBlock[] {
  if (pages <= 1) return offered.length > 0 ? [actions(...offered)] : [];
  const turnTo = (target: number, label: string) =>
    button(
      label,
      actionId(ACTIONS.page, target),
      encodeAction({ page: target, callbackId: null, outboxId: view.outboxId }),
    );
  const turns = [
    ...(page > 0 ? [turnTo(page - 1, t('button.previous'))] : []),
    ...(page < pages - 1 ? [turnTo(page + 1, t('button.next'))] : []),
  ];
  const from = page * LIST_PAGE_SIZE + 1;
  const to = from + Math.max(0, Math.min(rows.length, LIST_PAGE_SIZE) - 1);
  return [
    greyPrint(t('list.place', { from, to, total: list.rowCount })),
    ...(turns.length + offered.length > 0 ? [actions(...turns, ...offered)] : []),
  ];
}
