import type { ModalView } from '@slack/types';
import type { Vdn } from '../../../calls/vdn.ts';
import { countryName, readCountry, readZone } from '../../../grammar/place-names.ts';
import type { VdnSettings } from '../../../vdns/settings.ts';
import { oneLine } from '../../escape.ts';
import type { MessageContext } from '../../i18n.ts';
import type { OpenView } from '../../interactions.ts';
import { section } from '../../messages/message.ts';
import { entered } from '../entered.ts';
import { input, modal, textInput } from '../view.ts';
import { givenBlocks } from './environment.ts';
import { encodeSettings, type SettingsMetadata } from './place.ts';

export const NAMES = 'settings-names';
export const ADD_VDN = 'settings-add-vdn';

/** The blocks' ids. */
export const NUMBER = 'number';
export const NAME = 'name';
export const ZONE = 'zone';
export const COUNTRY = 'country';

const HIGHEST_VDN = 5000;
const NAME_MAX = 60;
const ZONE_MAX = 60;

type Names = Pick<VdnSettings, 'name' | 'timeZone' | 'country'>;

interface NamesForm {
  metadata: SettingsMetadata;
  names: Names;
  /** What the environment says of the VDN; undefined: nothing. */
  environment?: Vdn | undefined;
  notice?: string;
}

/** What a VDN is called and where it is. */
export function namesView(
  { metadata, names, environment, notice }: NamesForm,
  context: MessageContext,
): ModalView {
  const { t } = context;
  const words = { title: t('settings.names'), close: t('settings.back'), submit: t('log.save') };
  return modal(NAMES, encodeSettings(metadata), words, [
    ...(notice === undefined ? [] : [section(`⚠️ ${notice}`)]),
    ...inputs(names, context),
    ...givenBlocks(names, environment, context),
  ]);
}

/** `first`: the workspace has none yet, and somebody is led through. */
export function addVdnView({ metadata, names }: NamesForm, context: MessageContext): ModalView {
  const { t } = context;
  const { first } = metadata;
  const words = {
    title: t('settings.addVdn'),
    close: t(first ? 'log.cancel' : 'settings.back'),
    submit: t('settings.add'),
  };
  return modal(ADD_VDN, encodeSettings(metadata), words, [
    ...(first ? [section(t('settings.welcome'))] : []),
    input(NUMBER, t('settings.number'), textInput(NUMBER, '', 4), { hint: t('settings.numberHint') }),
    ...inputs(names, context),
  ]);
}

function inputs({ name, timeZone, country }: Names, { t, locale }: MessageContext) {
  const where = country === null ? '' : countryName(country, locale);
  return [
    input(
      NAME,
      t('settings.name'),
      textInput(
        NAME,
        oneLine(name ?? '')
          .slice(0, NAME_MAX)
          .toWellFormed(),
        NAME_MAX,
      ),
      {
        optional: true,
        hint: t('settings.nameHint'),
      },
    ),
    input(ZONE, t('settings.zone'), textInput(ZONE, timeZone ?? '', ZONE_MAX), {
      optional: true,
      hint: t('settings.zoneHint'),
    }),
    input(COUNTRY, t('settings.country'), textInput(COUNTRY, where, NAME_MAX), {
      optional: true,
      hint: t('settings.countryHint'),
    }),
  ];
}

export type Wrong = Record<string, string>;

/** What is entered, or what is wrong with it, by block id. */
export function namesEntered(
  view: Pick<OpenView, 'values'>,
  { t, locale }: MessageContext,
): { names: Names } | { wrong: Wrong } {
  const { text } = entered(view);
  const wrong: Wrong = {};
  const name = oneLine(text(NAME)).trim();
  if (name.length > NAME_MAX) wrong[NAME] = t('settings.nameLong', { max: NAME_MAX });
  // A number would be taken for a VDN's in commands.
  else if (name !== '' && !/\p{L}/u.test(name)) wrong[NAME] = t('settings.nameNoLetter');
  const zone = text(ZONE).trim();
  const timeZone = zone === '' ? null : readZone(zone);
  if (timeZone && !('value' in timeZone))
    wrong[ZONE] =
      timeZone.nearest === undefined
        ? t('settings.zoneWrong')
        : t('settings.zoneMeant', { zone: timeZone.nearest });
  const where = text(COUNTRY).trim();
  const country = where === '' ? null : readCountry(where, locale);
  if (country && !('value' in country))
    wrong[COUNTRY] =
      country.nearest === undefined
        ? t('settings.countryWrong')
        : t('settings.countryMeant', { country: countryName(country.nearest, locale) });
  if (Object.keys(wrong).length > 0) return { wrong };
  const readValue = (read: typeof timeZone) => (read && 'value' in read ? read.value : null);
  return {
    names: { name: name === '' ? null : name, timeZone: readValue(timeZone), country: readValue(country) },
  };
}

/** 1 to 5000; null: it is none. */
export function numberEntered(view: Pick<OpenView, 'values'>): number | null {
  const typed = entered(view).text(NUMBER).trim();
  const number = Number(typed);
  return /^\d{1,4}$/.test(typed) && number >= 1 && number <= HIGHEST_VDN ? number : null;
}
