import type { KnownBlock } from '@slack/types';
import type { CallbackCard } from '../../callbacks/card.ts';
import { momentToken } from '../dates.ts';
import { foreign } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { callerLabel } from '../messages/caller-label.ts';
import { durationWords } from '../messages/duration.ts';
import { mediaBeside, mediaWord } from '../messages/media-words.ts';
import { context as greyPrint, section } from '../messages/message.ts';
import { shownOf } from '../messages/shown-of.ts';
import { vdnLabel } from '../messages/vdn-label.ts';

const CALLEE_MAX = 40;
const CALLEES_MOST = 3;
const MEDIA_MOST = 4;

/** Who called: the number to tap, or the channel to answer on; how often, when, how long they waited, on which number. */
export function callerBlocks(
  { caller, figures, vdn }: CallbackCard,
  timeZone: string,
  context: MessageContext,
): KnownBlock[] {
  const { t } = context;
  const [medium] = figures.media;
  const platform = medium && mediaWord(medium, context);
  const label = callerLabel(caller, medium, context);
  const several = figures.calls > 1;
  const time = momentToken(figures.latestAt, timeZone);
  const wait = durationWords(figures.longestWaitMs, context);
  const callees = figures.calleeNos
    .map((callee) => foreign(callee, CALLEE_MAX))
    .filter((callee) => callee !== '');
  const media = mediaBeside(caller, figures.media, context);
  const facts = [
    vdnLabel(vdn, context),
    t('row.calls', { count: figures.calls }),
    several ? t('row.latest', { time }) : time,
    t(several ? 'row.longestWait' : 'row.waited', { wait }),
    ...(callees.length > 0
      ? [t('row.called', { callees: shownOf(callees, CALLEES_MOST, 'list.more', context) })]
      : []),
    ...(media.length > 0 ? [shownOf(media, MEDIA_MOST, 'list.more', context)] : []),
  ];
  return [
    section(`${label}\n${facts.join(' · ')}`),
    ...(caller.kind !== 'phone' && platform ? [greyPrint(t('log.answerOn', { platform }))] : []),
  ];
}
