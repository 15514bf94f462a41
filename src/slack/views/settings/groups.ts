import type { InputBlock } from '@slack/types';
import type { MessageContext } from '../../i18n.ts';
import { input, multiSelect } from '../view.ts';

/** A user group that can be chosen; `handle` is without the @. */
export interface GroupChoice {
  id: string;
  handle: string;
}

/**
 * Slack has no element for user groups: a menu of those that it lists, and of those that are chosen already, whatever
 * it says of them. None where there is nothing to choose.
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
  const choices = [
    ...groups
      .toSorted((a, b) => a.handle.localeCompare(b.handle))
      .map(({ id, handle }) => ({ value: id, label: `@${handle}` })),
    ...gone.map((id) => ({ value: id, label: t('settings.groupGone', { id }) })),
  ];
  if (choices.length === 0) return [];
  return [input(blockId, label, multiSelect(blockId, choices, chosen, most), { optional: true })];
}
