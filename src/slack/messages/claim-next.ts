import { unnamedVdn, type Vdn } from '../../calls/vdn.ts';
import type { MessageContext } from '../i18n.ts';
import { wholeNumber } from './actions.ts';
import { type Message, plainMessage } from './message.ts';
import { vdnLabel } from './vdn-label.ts';

/** What the button carries: the number of the VDN to look in, or `-` for all of the clicker's. */
const VERSION = '1';
const ALL = '-';

export const encodeClaimNext = (vdn: number | null) => `${VERSION}.${vdn ?? ALL}`;

/** Reads it back, null: all; undefined for anything that encodeClaimNext does not write. */
export function decodeClaimNext(value: string): number | null | undefined {
  const [version, vdn = '', ...rest] = value.split('.');
  if (version !== VERSION || rest.length > 0) return undefined;
  return vdn === ALL ? null : wholeNumber(vdn);
}

/** Nothing is open; `vdn`: there, null: in any of the asker's. */
export function nobodyWaits(vdn: Vdn | null, context: MessageContext): Message {
  const { t } = context;
  return plainMessage(vdn ? t('next.noneIn', { vdn: vdnLabel(vdn, context) }) : t('next.none'));
}

export function nextNotYours(vdn: number, named: Vdn | undefined, context: MessageContext): Message {
  return plainMessage(context.t('next.notYours', { vdn: vdnLabel(named ?? unnamedVdn(vdn), context) }));
}
