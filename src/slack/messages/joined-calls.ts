import type { KnownBlock } from '@slack/types';
import type { Callback } from '../../callbacks/callback.ts';
import type { JoinedCallsData } from '../../callbacks/joined.ts';
import { datedMomentToken } from '../dates.ts';
import { strong } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { TITLE_MAX } from '../limits.ts';
import { callbackButtons, stateWords } from './callback-state.ts';
import { callerLabel } from './caller-label.ts';
import { actions, context as greyPrint, type Message, message, section } from './message.ts';
import { vdnLabel, vdnPlain } from './vdn-label.ts';

/** With their buttons they all fit into one message. */
const CALLERS_MOST = 10;

/** The direct message as it stands now. */
export interface JoinedCallsView {
  /** UUID of its outbox row. */
  outboxId: string;
  /** Slack user id of who reads it. */
  readerId: string;
  /** By the ids in the data; those that the desk no longer keeps are not there. */
  callbacks: ReadonlyMap<number, Callback>;
}

/** To the person who calls somebody back, when that caller has called again; several in one, each to be ended there. */
export function joinedCallsMessage(
  data: JoinedCallsData,
  view: JoinedCallsView,
  context: MessageContext,
): Message {
  const { t } = context;
  const title = t('joined.title', { vdn: vdnPlain(data.vdn, context) });
  const shown = data.callers.slice(0, CALLERS_MOST);
  const rest = data.callers.length - shown.length;
  return message(t('joined.text', { count: data.callers.length, vdn: vdnLabel(data.vdn, context) }), [
    section([strong(title, TITLE_MAX), t('joined.intro', { count: data.callers.length })].join('\n')),
    ...shown.flatMap((caller) => callerBlocks(caller, view, context)),
    ...(rest > 0 ? [greyPrint(t('joined.more', { count: rest }))] : []),
  ]);
}

function callerBlocks(
  { caller, callbackId, calls, latestAt }: JoinedCallsData['callers'][number],
  { outboxId, readerId, callbacks }: JoinedCallsView,
  context: MessageContext,
): KnownBlock[] {
  const line = context.t('joined.row', {
    caller: callerLabel(caller, undefined, context),
    count: calls,
    time: datedMomentToken(latestAt),
  });
  const callback = callbacks.get(callbackId);
  // Merged: the work goes on in another callback, which other messages show.
  if (!callback || callback.mergedInto !== null) return [section(line)];
  const { state, ownerId } = callback;
  // That the reader has it is why they got the message.
  const asTold = state === 'claimed' && ownerId === readerId;
  const words = asTold ? '' : stateWords(callback, datedMomentToken, context);
  const text = section(words === '' ? line : `${line}\n${words}`);
  if (state !== 'open' && ownerId !== readerId) return [text];
  const place = { page: 0, outboxId };
  return [text, actions(...callbackButtons(callback, caller, place, context))];
}
