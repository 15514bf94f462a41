import type { Callback, CallbackState } from '../../../src/callbacks/callback.ts';
import type { ListPage, ListRow } from '../../../src/callbacks/list-page.ts';
import type { CallerDisplay } from '../../../src/calls/caller.ts';
import type { ReachProof } from '../../../src/calls/reached.ts';
import type { Subscription } from '../../../src/digests/subscription.ts';
import type { AnswerData } from '../../../src/questions/answer.ts';
import { createI18n } from '../../../src/slack/i18n.ts';
import type { Message } from '../../../src/slack/messages/message.ts';

/** Monday 23 November 2026 in Shanghai, where VDN 159 is. */
export const ZONE = 'Asia/Shanghai';
export const at = (time: string, day = '2026-11-23') => Date.parse(`${day}T${time}:00+08:00`);

export const english = createI18n().forLocale('en-GB');
export const chinese = createI18n().forLocale('zh-CN');
export const vdn = { number: 159, name: 'Support' };
export const LIST_ID = '3f0c1f6e-3f1e-4a50-9a11-0d5a4c6b7e01';
export const OUTBOX_ID = '9b2d5a4c-6b7e-4a50-8a11-3f0c1f6e0d5a';

export function callback(state: CallbackState, more: Partial<Callback> = {}): Callback {
  return {
    id: 7,
    teamId: 'T01',
    vdn: 159,
    callerKey: 'tel:+861088880990',
    state,
    ownerId: state === 'open' ? null : 'U0ANA',
    since: at('14:03'),
    openedAt: at('09:12'),
    openedBy: 'question',
    doneAt: state === 'done' ? at('14:20') : null,
    mergedInto: null,
    outcome: null,
    note: null,
    attempts: 0,
    lastAttempt: null,
    dueAt: null,
    raised: 0,
    proof: null,
    touchedAt: at('14:03'),
    remindedAt: null,
    ...more,
  };
}

export const calledOut: ReachProof = {
  callId: '1669187000-1',
  direction: 'outbound',
  at: at('14:15'),
  talkMs: 95_000,
};
/** They rang again; the contact centre does not say how long they talked. */
export const rangAgain: ReachProof = { ...calledOut, direction: 'inbound', talkMs: null };

export const phone = (text = '+86 10 8888 0990'): CallerDisplay => ({ kind: 'phone', text, e164: null });

export function row({
  figures,
  ...more
}: Partial<Omit<ListRow, 'figures'>> & { figures?: Partial<ListRow['figures']> } = {}): ListRow {
  return {
    position: 0,
    caller: phone(),
    callback: callback('open'),
    unclaimable: null,
    laterCalls: 0,
    ...more,
    figures: {
      callerKey: 'tel:+861088880990',
      calls: 1,
      longestWaitMs: 12_000,
      oldestAt: at('09:12'),
      latestAt: at('09:12'),
      callerNo: '88880990',
      calleeNos: ['31045665'],
      media: [{ mediaType: 5, subMediaType: null }],
      ...figures,
    },
  };
}

export function listPage(
  rows: ListRow[],
  more: Partial<Omit<ListPage, 'list'>> & { list?: Partial<ListPage['list']> } = {},
): ListPage {
  const { list, ...page } = more;
  const open = rows.filter((one) => one.callback?.state === 'open').length;
  return {
    page: 0,
    pages: 1,
    rows,
    stillOpen: open,
    anyClaimable: rows.some(({ callback }) => callback !== null),
    ...page,
    list: {
      id: LIST_ID,
      teamId: 'T01',
      vdn: 159,
      createdAt: at('14:03'),
      window: { afterSeq: 0, uptoSeq: 99, waitFromAt: null, waitToAt: null, endFromAt: null },
      filter: {},
      figures: {
        calls: rows.length,
        callers: rows.length,
        withoutNumber: 0,
        longestWaitMs: rows.length > 0 ? 12_000 : 0,
        medianWaitMs: rows.length > 0 ? 12_000 : 0,
      },
      rowCount: rows.length,
      ...list,
    },
  };
}

export function answer(status: AnswerData['status'], more: Partial<AnswerData> = {}): AnswerData {
  return {
    vdn,
    askerId: 'U0LIWEI',
    range: { fromAt: at('00:00'), toAt: at('00:00', '2026-11-24'), timeZone: ZONE, zoneOf: 'vdn' },
    asked: 'vdn 159 today',
    askedAt: at('14:03'),
    invite: false,
    status,
    ...more,
  };
}

export const ready = (more: Partial<Extract<AnswerData['status'], { state: 'ready' }>> = {}) =>
  answer({ state: 'ready', listId: LIST_ID, stale: null, malformed: 0, complete: true, ...more });

export function subscription(more: Partial<Subscription> = {}) {
  return {
    subscription: {
      number: 7,
      channelId: 'C0SUPPORT',
      schedule: { every: { minutes: 60 as const }, weekdays: false, hours: null, allClear: false },
      state: 'active' as const,
      pausedBy: null,
      pauseError: null,
      nextRunAt: at('15:00'),
      ...more,
    },
    vdn,
    timeZone: ZONE,
  };
}

/** What a person reads: a line a text, date tokens as their fallback, buttons in brackets. */
export function read(message: Pick<Message, 'blocks'>): string {
  return message.blocks
    .map((block) => {
      if (block.type === 'section')
        return `${block.text?.text}${block.accessory ? ` ${label(block.accessory)}` : ''}`;
      if (block.type === 'actions') return block.elements.map(label).join(' ');
      if (block.type === 'context')
        return block.elements.map((one) => ('text' in one ? one.text : '')).join(' ');
      return `(${block.type})`;
    })
    .join('\n')
    .replaceAll(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1');
}

const label = (element: object) => `[${(element as { text?: { text?: string } }).text?.text}]`;

/** The values that the message's buttons carry, by action_id. */
export function buttons(message: Pick<Message, 'blocks'>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const block of message.blocks) {
    const elements =
      block.type === 'actions' ? block.elements : block.type === 'section' ? [block.accessory] : [];
    for (const one of elements) if (one?.type === 'button') found[one.action_id ?? ''] = one.value ?? '';
  }
  return found;
}
