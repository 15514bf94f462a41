import type { ModalView } from '@slack/types';
import { LANGUAGES, type Language, MASKINGS, type WorkspaceSettings } from '../../../vdns/workspace.ts';
import type { MessageContext } from '../../i18n.ts';
import { section } from '../../messages/message.ts';
import { entered } from '../entered.ts';
import { input, modal, select } from '../view.ts';
import { encodeSettings, NO_METADATA } from './place.ts';

export const WORKSPACE = 'settings-workspace';

/** The blocks' ids. */
const LANGUAGE = 'language';
const MASKING = 'masking';
/** As the environment says. */
const UNSET = 'unset';

export function workspaceWords(
  { language, masking }: WorkspaceSettings,
  environment: Language | null,
  { t }: MessageContext,
): string {
  const spoken = language ?? environment ?? 'en';
  const from = language === null ? ` (${t('settings.fromEnvironment')})` : '';
  return [
    `${t('settings.language')}: ${t(`settings.language.${spoken}`)}${from}`,
    `${t('settings.masking')}: ${t(`settings.masking.${masking ?? 'never'}`)}`,
  ].join('\n');
}

/** What holds for the whole workspace. `environment`: the language where nobody has set one. */
export function workspaceView(
  settings: WorkspaceSettings,
  environment: Language | null,
  context: MessageContext,
  notice?: string,
): ModalView {
  const { t } = context;
  const metadata = encodeSettings({ ...NO_METADATA, seen: settings.version });
  const words = { title: t('settings.workspace'), close: t('settings.back'), submit: t('log.save') };
  const unset = {
    value: UNSET,
    label: t('settings.asEnvironment', { language: t(`settings.language.${environment ?? 'en'}`) }),
  };
  return modal(WORKSPACE, metadata, words, [
    ...(notice === undefined ? [] : [section(`⚠️ ${notice}`)]),
    input(
      LANGUAGE,
      t('settings.language'),
      select(
        LANGUAGE,
        [unset, ...LANGUAGES.map((value) => ({ value, label: t(`settings.language.${value}`) }))],
        settings.language ?? UNSET,
      ),
      { hint: t('settings.languageHint') },
    ),
    input(
      MASKING,
      t('settings.masking'),
      select(
        MASKING,
        MASKINGS.map((value) => ({ value, label: t(`settings.masking.${value}`) })),
        settings.masking ?? 'never',
      ),
      { hint: t('settings.maskingHint') },
    ),
  ]);
}

export function workspaceEntered(view: Parameters<typeof entered>[0]): Omit<WorkspaceSettings, 'version'> {
  const { option } = entered(view);
  return {
    language: LANGUAGES.find((one) => one === option(LANGUAGE)) ?? null,
    masking: MASKINGS.find((one) => one === option(MASKING)) ?? null,
  };
}
