import type { InputBlock } from '@slack/types';
import type { MessageContext } from '../../i18n.ts';
import { input, multiSelect } from '../view.ts';

/** A user group that can be chosen; `handle` is without the @. */
export interface GroupChoice {
  id: string;
  handle: string;
}

/** A view holds 250 KB, and one may ask for groups three times. */
const GROUPS_MOST = 400;

/**
 * Slack has no element for user groups: a menu of those that it lists, and of those that are chosen already, whatever
 * it says of them; of very many not all. None where there is nothing to choose.
 */
export function groupSelect(
  blockId: string,
  label: string,
  groups: readonly GroupChoice[],
  chosen: readonly string[],
  most: number,
  { t }: MessageContext,
): InputBlock[] {
  const gone = chosen.filter((id) => !groups.some((group) => group.id === id));
  const isChosen = ({ id }: GroupChoice) => chosen.includes(id);
  const choices = [
    ...[...groups.filter(isChosen), ...groups.filter((group) => !isChosen(group))]
      .slice(0, GROUPS_MOST)
      .toSorted((a, b) => a.handle.localeCompare(b.handle))
      .map(({ id, handle }) => ({ value: id, label: `@${handle}` })),
    ...gone.map((id) => ({ value: id, label: t('settings.groupGone', { id }) })),
  ];
  if (choices.length === 0) return [];
  return [input(blockId, label, multiSelect(blockId, choices, chosen, most), { optional: true })];
}
