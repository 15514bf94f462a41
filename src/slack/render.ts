import { JOINED_CALLS, type JoinedCallsData } from '../callbacks/joined.ts';
import type { ListPage, ListRow } from '../callbacks/list-page.ts';
import type { ListService } from '../callbacks/lists.ts';
import { CALLBACK_NOTICES, type CallbackNoticesData } from '../callbacks/notices.ts';
import type { CallbackStore } from '../callbacks/store.ts';
import type { VdnStore } from '../calls/vdn.ts';
import {
  type DigestData,
  digestKinds,
  type SourceNoticeData,
  type SubscriptionNewsData,
  type SubscriptionPausedData,
} from '../digests/digest.ts';
import { isPrivate, type OutboxRow } from '../outbox/outbox.ts';
import { ANSWER, type AnswerData } from '../questions/answer.ts';
import type { DueTimes } from '../vdns/due-times.ts';
import { VDN_REMOVED, type VdnRemovedData } from '../vdns/removed.ts';
import type { MessageContext } from './i18n.ts';
import { type ContextFor, type MaskingOf, maskedFor } from './masking.ts';
import { answerMessage } from './messages/answer.ts';
import { callbackNoticesMessage } from './messages/callback-notices.ts';
import { digestMessage } from './messages/digest.ts';
import { joinedCallsMessage } from './messages/joined-calls.ts';
import { type Message, wordsOnly } from './messages/message.ts';
import { withheld } from './messages/right-refused.ts';
import { sourceBackMessage, sourceDownMessage } from './messages/source-notice.ts';
import { subscriptionPausedMessage } from './messages/subscription-paused.ts';
import { subscriptionNews } from './messages/subscription-replies.ts';
import { vdnRemovedMessage } from './messages/vdn-removed.ts';
import { type ReadingOf, readerOf } from './reading.ts';
import { UnknownKind } from './unknown-kind.ts';

export interface RendererParts {
  lists: Pick<ListService, 'page'>;
  callbacks: Pick<CallbackStore, 'findAll'>;
  vdns: Pick<VdnStore, 'list'>;
  /** What its reader may see of a row. */
  readingOf: ReadingOf;
  contextOf(userId: string): Promise<MessageContext>;
  contextFor: ContextFor;
  channelContext: MessageContext;
  maskingOf: MaskingOf;
  dueTimes: DueTimes;
  botUserId: string;
}

/** A direct message: to a person, or in the conversation with one. */
const isDirect = ({ channelId }: OutboxRow) => /^[UWD]/.test(channelId);

/**
 * Renders the outbox's rows as they stand now: states are read anew, figures are the list's, and who may see what. What its reader may
 * not see (any more) is left out, whoever asked for it.
 */
export function createRenderer(parts: RendererParts) {
  const {
    lists,
    callbacks,
    vdns,
    readingOf,
    contextOf,
    contextFor,
    channelContext,
    maskingOf,
    dueTimes,
    botUserId,
  } = parts;

  /** The page that the row shows, with when its callers are due: by the settings as they are now. */
  async function pageOf({ teamId, listId, page }: OutboxRow): Promise<ListPage | null> {
    const found = listId === null ? undefined : await lists.page(listId, page);
    if (!found) return null;
    const shown = found.rows.flatMap(({ callback }) => callback ?? []);
    const dues = await dueTimes.of(teamId, shown);
    const withDue = (row: ListRow) => {
      const due = row.callback ? dues.get(row.callback.id) : undefined;
      return due ? { ...row, due } : row;
    };
    return { ...found, rows: found.rows.map(withDue) };
  }

  /** What a channel reads, numbers as the workspace wants them there. */
  const ofChannel = async ({ teamId }: OutboxRow): Promise<MessageContext> =>
    maskedFor('many', await maskingOf(teamId), channelContext);

  /** What whoever reads it reads of these VDNs' callers. */
  async function contextIn(row: OutboxRow, vdnsShown: readonly number[]): Promise<MessageContext> {
    const reader = readerOf(row);
    return reader ? contextFor(reader, vdnsShown) : ofChannel(row);
  }

  async function answer(row: OutboxRow): Promise<Message> {
    // What the desk wrote itself, as JSON, in this shape.
    const data = row.data as AnswerData;
    const isAlone = isPrivate(row) || isDirect(row);
    const view = {
      outboxId: row.id,
      private: isAlone,
      inviteBotId: data.invite ? botUserId : null,
      shrunk: row.shrunk,
    };
    return answerMessage(data, await pageOf(row), view, await contextIn(row, [data.vdn.number]));
  }

  async function joinedCalls(row: OutboxRow): Promise<Message> {
    const data = row.data as JoinedCallsData;
    const ids = data.callers.map(({ callbackId }) => callbackId);
    const view = {
      outboxId: row.id,
      readerId: row.channelId,
      callbacks: await callbacks.findAll(row.teamId, ids),
    };
    return joinedCallsMessage(data, view, await contextIn(row, [data.vdn.number]));
  }

  async function callbackNotices(row: OutboxRow, hidden: ReadonlySet<number>): Promise<Message> {
    const named = await vdns.list(row.teamId);
    const view = {
      outboxId: row.id,
      hidden,
      vdns: new Map(named.map((vdn) => [vdn.number, vdn])),
      // Direct messages: the channel is the person.
      ...(isDirect(row) ? { readerId: row.channelId } : {}),
    };
    const page = await pageOf(row);
    const shown = new Set(
      page?.rows.flatMap(({ callback }) => callback?.vdn ?? []).filter((vdn) => !hidden.has(vdn)),
    );
    const context = await contextIn(row, [...shown]);
    return callbackNoticesMessage(row.data as CallbackNoticesData, page, view, context);
  }

  async function withheldFrom(row: OutboxRow): Promise<Message> {
    const reader = readerOf(row);
    return reader ? withheld('person', await contextOf(reader.userId)) : withheld('channel', channelContext);
  }

  async function ofKind(row: OutboxRow, hidden: ReadonlySet<number>): Promise<Message> {
    switch (row.kind) {
      case ANSWER:
        return answer(row);
      case digestKinds.digest:
        return digestMessage(
          row.data as DigestData,
          await pageOf(row),
          row.id,
          await ofChannel(row),
          row.shrunk,
        );
      case digestKinds.sourceDown:
        return sourceDownMessage(row.data as SourceNoticeData, channelContext);
      case digestKinds.sourceBack:
        return sourceBackMessage(row.data as SourceNoticeData, channelContext);
      // Direct messages: the channel is the person.
      case digestKinds.subscriptionPaused:
        return subscriptionPausedMessage(row.data as SubscriptionPausedData, await contextOf(row.channelId));
      case digestKinds.subscriptionNews:
        return subscriptionNews(row.data as SubscriptionNewsData, channelContext);
      case VDN_REMOVED:
        return vdnRemovedMessage(
          row.data as VdnRemovedData,
          isDirect(row) ? await contextOf(row.channelId) : channelContext,
        );
      case JOINED_CALLS:
        return joinedCalls(row);
      case CALLBACK_NOTICES:
        return callbackNotices(row, hidden);
      default:
        throw new UnknownKind(row.kind);
    }
  }

  return async (row: OutboxRow): Promise<Message> => {
    const { verdict, hidden } = await readingOf(row);
    if (verdict !== 'yes') return withheldFrom(row);
    const message = await ofKind(row, hidden);
    // What shows no list has nothing to leave out but its blocks.
    return row.shrunk > 0 && row.listId === null ? wordsOnly(message) : message;
  };
}
