import type { KnownBlock } from '@slack/types';
import type { Vdn } from '../../../calls/vdn.ts';
import { DAY_MS } from '../../../calls/wall-time.ts';
import { foreign } from '../../escape.ts';
import type { MessageContext } from '../../i18n.ts';
import { context as greyPrint, section } from '../../messages/message.ts';

const GIVEN_MAX = 60;

/** What VDNS gave of a VDN, and whether people have set something else; nothing where it does not name the VDN. */
export function givenBlocks(
  { name, timeZone, country }: Omit<Vdn, 'number'>,
  environment: Vdn | undefined,
  { t }: MessageContext,
): KnownBlock[] {
  if (!environment) return [];
  const given = [environment.name, environment.timeZone, environment.country]
    .map((one) => (one === null ? '–' : foreign(one, GIVEN_MAX)))
    .join(' · ');
  const isOverridden =
    name !== environment.name || timeZone !== environment.timeZone || country !== environment.country;
  return [greyPrint(t(isOverridden ? 'settings.overridden' : 'settings.given', { given }))];
}

/** What whoever runs the desk has decided, and people cannot change here. */
export interface OperatorSettings {
  callbackHorizonMs: number;
  /** null: everything is kept. */
  retentionMs: number | null;
  numbersInSharedChannels: boolean;
}

export function operatorBlocks(
  { callbackHorizonMs, retentionMs, numbersInSharedChannels }: OperatorSettings,
  { t }: MessageContext,
): KnownBlock[] {
  const days = (ms: number) => t('settings.days', { count: Math.round(ms / DAY_MS) });
  const lines = [
    t('settings.operatorCallbacks', { days: days(callbackHorizonMs) }),
    retentionMs === null
      ? t('settings.operatorKept')
      : t('settings.operatorRetention', { days: days(retentionMs) }),
    t(numbersInSharedChannels ? 'settings.operatorShared' : 'settings.operatorNotShared'),
  ];
  return [section(`*${t('settings.operator')}*`), greyPrint(lines.join('\n'))];
}
