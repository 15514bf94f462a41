import type { NamedVdn } from '../../grammar/errors.ts';
import { foreign, shorten } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';

const NAME_MAX = 40;
const LABEL_MAX = 60;

/** "Support (VDN 159)", or "VDN 159" where it has no name; mrkdwn. */
export function vdnLabel(vdn: NamedVdn, context: MessageContext): string {
  return foreign(vdnPlain(vdn, context), LABEL_MAX);
}

/** The same, not escaped: for titles, which are escaped as a whole. */
export function vdnPlain({ number, name }: NamedVdn, { t }: MessageContext): string {
  const shortName = shorten(name ?? '', NAME_MAX);
  return shortName === '' ? t('vdn.unnamed', { number }) : t('vdn.named', { name: shortName, number });
}
