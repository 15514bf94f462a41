import type { RaiseStep } from '../../../callbacks/vdn-rules.ts';
import { countryName } from '../../../grammar/place-names.ts';
import { type Holders, RIGHTS } from '../../../vdns/access.ts';
import type { VdnSettings } from '../../../vdns/settings.ts';
import { channelMention, foreign, groupMention, mention } from '../../escape.ts';
import type { MessageContext } from '../../i18n.ts';
import { durationWords } from '../../messages/duration.ts';
import { hoursWords } from '../../messages/hours-words.ts';

const NAME_MAX = 60;
const ZONE_MAX = 40;
const HOURS_MAX = 600;
/** So many of whom a right is given to are named. */
const HOLDERS_MOST = 8;

/** "Asia/Shanghai · China": where it is, as far as somebody has said. */
export function placeWords({ timeZone, country }: VdnSettings, { t, locale }: MessageContext): string {
  const zone = timeZone === null ? t('settings.noZone') : foreign(timeZone, ZONE_MAX);
  const where = country === null ? t('settings.noCountry') : foreign(countryName(country, locale), NAME_MAX);
  return `${zone} · ${where}`;
}

export function openWords({ week, holidays }: VdnSettings, context: MessageContext): string {
  const { t } = context;
  const hours = week === null ? t('settings.alwaysOpen') : foreign(hoursWords(week, context), HOURS_MAX);
  const days = holidays.length === 0 ? '' : ` · ${t('settings.holidayCount', { count: holidays.length })}`;
  return `${hours}${days}`;
}

/** What is asked of people who call back, and what happens where nobody does. */
export function callbackWords({ targetMs, restMs, raise }: VdnSettings, context: MessageContext): string {
  const { t } = context;
  const lines = [
    targetMs === null
      ? t('settings.noTarget')
      : t('settings.target', { duration: durationWords(targetMs, context) }),
    restMs === null ? t('settings.noRest') : t('settings.rest', { duration: durationWords(restMs, context) }),
    ...raise.map((step) => stepWords(step, context)),
  ];
  return lines.join('\n');
}

function stepWords({ afterMs, to }: RaiseStep, context: MessageContext): string {
  const { t } = context;
  const duration = durationWords(afterMs, context);
  switch (to.kind) {
    case 'channel':
      return t('settings.raiseChannel', { duration });
    case 'group':
      return t('settings.raiseGroup', { duration, group: groupMention(to.groupId) });
    case 'person':
      return t('settings.raisePerson', { duration, person: mention(to.userId) });
  }
}

export const accessWords = ({ access }: VdnSettings, context: MessageContext): string =>
  RIGHTS.map(
    (right) => `${context.t(`settings.right.${right}`)}: ${holdersWords(access[right], context)}`,
  ).join('\n');

function holdersWords(holders: Holders, { t }: MessageContext): string {
  if (holders.kind === 'everyone') return t('settings.everyone');
  const all = [
    ...holders.groupIds.map(groupMention),
    ...holders.userIds.map(mention),
    ...holders.channelIds.map(channelMention),
  ];
  if (all.length === 0) return t('settings.adminsOnly');
  const rest = all.length - HOLDERS_MOST;
  const named = all.slice(0, HOLDERS_MOST).join(' ');
  return rest > 0 ? `${named} ${t('settings.more', { count: rest })}` : named;
}
