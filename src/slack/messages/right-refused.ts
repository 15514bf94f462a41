import type { NamedVdn } from '../../grammar/errors.ts';
import type { Right } from '../../vdns/access.ts';
import { channelMention, foreign } from '../escape.ts';
import type { MessageContext } from '../i18n.ts';
import { type Message, plainMessage } from './message.ts';
import { vdnLabel } from './vdn-label.ts';

/** Who has a right, as people know them. */
export interface Holders {
  /** Handles of user groups, without the @; null: one that is no more. */
  groups: readonly (string | null)[];
  /** Names of people. */
  people: readonly string[];
  /** Ids of channels. */
  channels: readonly string[];
}

export interface RightRefusal {
  /** What was wanted; null: something that holds for the whole workspace. */
  wanted: { right: Right | 'administer'; vdn: NamedVdn } | null;
  /** Who may do it, admins aside. */
  may: Holders;
  /** Who may let somebody do it, admins aside. */
  mayGive: Holders;
}

const NAME_MAX = 40;
const NAMES_MOST = 5;

/** Who may do what was refused, and whom to ask. Names are text: nobody is called by it. */
export function rightRefused({ wanted, may, mayGive }: RightRefusal, context: MessageContext): Message {
  const { t, locale } = context;
  const names = namesOf(may, context);
  const who = listed(names.length > 0 ? names : [t('rights.admins')], 'conjunction', locale);
  const givers = namesOf(mayGive, context);
  const only =
    wanted === null
      ? t('rights.only.workspace', { who })
      : t(`rights.only.${wanted.right}`, { who, vdn: vdnLabel(wanted.vdn, context) });
  const isOne = may.people.length === 1 && names.length === 1;
  const letIn = t('rights.letIn', {
    who: listed([...givers, t('rights.anAdmin')], 'disjunction', locale),
  });
  const ask = t(isOne ? 'rights.askThem' : 'rights.askOne');
  // Where admins alone may, they are asked already.
  return sentences(names.length + givers.length > 0 ? [only, ask, letIn] : [only, ask], context);
}

/** Slack does not say now who may. */
export function rightUnknown({ t }: MessageContext): Message {
  return plainMessage(t('rights.unknown'));
}

/** Of a VDN that the whole workspace was not given. */
export function notGranted(vdn: number, context: MessageContext): Message {
  return plainMessage(
    context.t('rights.notGranted', { vdn: vdnLabel({ number: vdn, name: null }, context) }),
  );
}

/** To whoever may see no VDN at all. */
export function noVdnVisible({ t }: MessageContext): Message {
  return plainMessage(t('rights.noVdn'));
}

/** In place of what may no longer be shown there. */
export function withheld(where: 'channel' | 'person', { t }: MessageContext): Message {
  return plainMessage(t(`rights.withheld.${where}`));
}

/** In a channel that may not get the VDN's digests. `channels`: those that may. */
export function channelRefused(
  { vdn, channels, mayGive }: { vdn: NamedVdn; channels: readonly string[]; mayGive: Holders },
  context: MessageContext,
): Message {
  const { t, locale } = context;
  const where = channels.slice(0, NAMES_MOST).map((id) => channelMention(id));
  const words = { vdn: vdnLabel(vdn, context), where: listed(where, 'conjunction', locale) };
  const givers = [...namesOf(mayGive, context), t('rights.anAdmin')];
  return sentences(
    [
      t(where.length > 0 ? 'rights.channel.others' : 'rights.channel.none', words),
      t('rights.channel.letIn', { who: listed(givers, 'disjunction', locale) }),
    ],
    context,
  );
}

/** Chinese sentences stand together without a space. */
const sentences = (all: readonly string[], { locale }: MessageContext): Message =>
  plainMessage(all.join(locale === 'zh-CN' ? '' : ' '));

function namesOf({ groups, people, channels }: Holders, { t }: MessageContext): string[] {
  const names = [
    ...groups.map((handle) => (handle === null ? t('rights.goneGroup') : `@${foreign(handle, NAME_MAX)}`)),
    ...people.map((name) => foreign(name, NAME_MAX)),
    ...channels.map((id) => t('rights.inChannel', { channel: channelMention(id) })),
  ];
  const rest = names.length - NAMES_MOST;
  return rest > 0 ? [...names.slice(0, NAMES_MOST), t('rights.more', { count: rest })] : names;
}

/** "a, b and c", "a or b". */
const listed = (items: readonly string[], type: 'conjunction' | 'disjunction', locale: string): string =>
  new Intl.ListFormat(locale === 'en' ? 'en-GB' : locale, { type }).format(items);
