import type { SettingsMade } from '../../../vdns/changes.ts';
import type { KeptSettings } from '../../../vdns/settings.ts';
import { mention } from '../../escape.ts';
import type { MessageContext, MessageKey } from '../../i18n.ts';
import { vdnLabel } from '../../messages/vdn-label.ts';
import type { PlaceName } from './place.ts';
import { accessWords, callbackWords, openWords, placeWords } from './words.ts';

const LABELS: Readonly<Record<string, MessageKey>> = {
  name: 'settings.name',
  timeZone: 'settings.zone',
  country: 'settings.country',
  week: 'settings.week',
  holidays: 'settings.holidays',
  targetMs: 'settings.targetLabel',
  restMs: 'settings.restName',
  raise: 'settings.raise',
  access: 'settings.access',
  language: 'settings.language',
  masking: 'settings.masking',
};

/**
 * Said over what somebody has entered, where others have saved meanwhile: who changed what, and how it stands. What was
 * entered stays, and counts if it is saved once more.
 */
export function movedWords(made: readonly SettingsMade[], standing: string, { t }: MessageContext): string {
  const lines = made.map(({ actorId, changed }) => {
    const labels = changed.flatMap((name) => (LABELS[name] ? [t(LABELS[name])] : []));
    return t('settings.movedBy', { person: mention(actorId), what: labels.join(t('list.comma')) });
  });
  const who = lines.length > 0 ? lines : [t('settings.movedBySomebody')];
  return [...who, t('settings.movedNow', { standing }), t('settings.movedKept')].join('\n');
}

/** How what a form of a VDN changes stands now. */
export function standingWords(name: PlaceName, settings: KeptSettings, context: MessageContext): string {
  switch (name) {
    case 'hours':
      return openWords(settings, context);
    case 'callbacks':
      return callbackWords(settings, context);
    case 'access':
      return accessWords(settings, context);
    default:
      return `${vdnLabel(settings, context)} · ${placeWords(settings, context)}`;
  }
}
