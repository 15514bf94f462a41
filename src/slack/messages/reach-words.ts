import type { ReachProof } from '../../calls/reached.ts';
import type { MessageContext } from '../i18n.ts';
import { durationWords } from './duration.ts';

/** The call by which a caller was reached: "called out 15:04, talked 2 min". `moment` says a time (epoch ms) as the message says its others. */
export function reachWords(
  { direction, at, talkMs }: ReachProof,
  moment: (at: number) => string,
  context: MessageContext,
): string {
  const { t } = context;
  const said = t(direction === 'outbound' ? 'reached.outbound' : 'reached.inbound', { time: moment(at) });
  return talkMs === null ? said : t('reached.talked', { said, talk: durationWords(talkMs, context) });
}
