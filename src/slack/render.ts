import { JOINED_CALLS, type JoinedCallsData } from '../callbacks/joined.ts';
import type { ListPage } from '../callbacks/list-page.ts';
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
import type { OutboxRow } from '../outbox/outbox.ts';
import { ANSWER, type AnswerData } from '../questions/answer.ts';
import { VDN_REMOVED, type VdnRemovedData } from '../vdns/removed.ts';
import type { MessageContext } from './i18n.ts';
import { answerMessage } from './messages/answer.ts';
import { callbackNoticesMessage } from './messages/callback-notices.ts';
import { digestMessage } from './messages/digest.ts';
import { joinedCallsMessage } from './messages/joined-calls.ts';
import { type Message, wordsOnly } from './messages/message.ts';
import { sourceBackMessage, sourceDownMessage } from './messages/source-notice.ts';
import { subscriptionPausedMessage } from './messages/subscription-paused.ts';
import { subscriptionNews } from './messages/subscription-replies.ts';
import { vdnRemovedMessage } from './messages/vdn-removed.ts';

export interface RendererParts {
  lists: Pick<ListService, 'page'>;
  callbacks: Pick<CallbackStore, 'findAll'>;
  vdns: Pick<VdnStore, 'list'>;
  contextOf(userId: string): Promise<MessageContext>;
  channelContext: MessageContext;
  botUserId: string;
}

/** To one person, rather than to a channel. */
const isDirect = ({ channelId }: OutboxRow) => /^[UW]/.test(channelId);

/** Renders the outbox's rows as they stand now: states are read anew, figures are the list's. */
export function createRenderer(parts: RendererParts) {
  const { lists, callbacks, vdns, contextOf, channelContext, botUserId } = parts;
  const pageOf = async ({ listId, page }: OutboxRow): Promise<ListPage | null> =>
    listId === null ? null : ((await lists.page(listId, page)) ?? null);

  async function answer(row: OutboxRow): Promise<Message> {
    // What the desk wrote itself, as JSON, in this shape.
    const data = row.data as AnswerData;
    const isPrivate = row.state === 'private';
    const view = {
      outboxId: row.id,
      private: isPrivate,
      inviteBotId: data.invite ? botUserId : null,
      shrunk: row.shrunk,
    };
    return answerMessage(
      data,
      await pageOf(row),
      view,
      isPrivate ? await contextOf(data.askerId) : channelContext,
    );
  }

  async function joinedCalls(row: OutboxRow): Promise<Message> {
    const data = row.data as JoinedCallsData;
    const ids = data.callers.map(({ callbackId }) => callbackId);
    const view = {
      outboxId: row.id,
      readerId: row.channelId,
      callbacks: await callbacks.findAll(row.teamId, ids),
    };
    return joinedCallsMessage(data, view, await contextOf(row.channelId));
  }

  async function callbackNotices(row: OutboxRow): Promise<Message> {
    const named = await vdns.list(row.teamId);
    const view = { outboxId: row.id, vdns: new Map(named.map((vdn) => [vdn.number, vdn])) };
    return callbackNoticesMessage(
      row.data as CallbackNoticesData,
      await pageOf(row),
      view,
      isDirect(row) ? await contextOf(row.channelId) : channelContext,
    );
  }

  async function ofKind(row: OutboxRow): Promise<Message> {
    switch (row.kind) {
      case ANSWER:
        return answer(row);
      case digestKinds.digest:
        return digestMessage(row.data as DigestData, await pageOf(row), row.id, channelContext, row.shrunk);
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
        return callbackNotices(row);
      default:
        throw new Error(`There is no message of the kind "${row.kind}": a newer desk has written it`);
    }
  }

  return async (row: OutboxRow): Promise<Message> => {
    const message = await ofKind(row);
    // What shows no list has nothing to leave out but its blocks.
    return row.shrunk > 0 && row.listId === null ? wordsOnly(message) : message;
  };
}
