import type { ModalView } from '@slack/types';
import type { NamedVdn } from '../../grammar/errors.ts';
import type { Kept } from '../../privacy/erasure.ts';
import { strong } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { keptWords } from '../messages/erasing.ts';
import { context as greyPrint, section } from '../messages/message.ts';
import { vdnLabel } from '../messages/vdn-label.ts';
import { modal } from './view.ts';

export const ERASE = 'erase';

/** What a confirmation is about, as it was typed. */
export interface EraseMetadata {
  typed: string;
  vdn: number | null;
}

const CALLER_MAX = 100;
const VDNS_MOST = 20;

/** Asks whether a caller is to be removed for good: how much that is, and where. */
export function eraseView(
  found: readonly { vdn: NamedVdn; kept: Kept }[],
  metadata: EraseMetadata,
  context: MessageContext,
): ModalView {
  const { t } = context;
  const words = { title: t('erase.title'), close: t('log.cancel'), submit: t('erase.submit') };
  const lines = found
    .slice(0, VDNS_MOST)
    .map(({ vdn, kept }) => `• ${vdnLabel(vdn, context)}: ${keptWords(kept, context)}`);
  if (found.length > VDNS_MOST) lines.push(t('list.more', { count: found.length - VDNS_MOST }));
  return modal(ERASE, JSON.stringify([metadata.typed, metadata.vdn]), words, [
    section(t('erase.asks', { caller: strong(metadata.typed, CALLER_MAX) })),
    section(lines.join('\n')),
    section(t('erase.follows')),
    greyPrint(t('erase.stays')),
  ]);
}

/** undefined: not of ours. */
export function eraseMetadataOf(text: string): EraseMetadata | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (!Array.isArray(read)) return undefined;
    const [typed, vdn]: unknown[] = read;
    if (typeof typed !== 'string' || (vdn !== null && typeof vdn !== 'number')) return undefined;
    return { typed, vdn };
  } catch {
    return undefined;
  }
}
