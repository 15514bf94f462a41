import i18next from 'i18next';
import type { MediaEdition } from '../calls/media.ts';
import type { Language } from '../vdns/workspace.ts';
import en from './locales/en.json' with { type: 'json' };
import zhCN from './locales/zh-CN.json' with { type: 'json' };

type WithoutPlural<Key> = Key extends `${infer Base}_one`
  ? Base
  : Key extends `${infer Base}_other`
    ? Base
    : Key;

/** Every text that the desk can say, by name; plural forms count as one. */
export type MessageKey = WithoutPlural<keyof typeof en>;
/** What every message is rendered with. */
export interface MessageContext {
  /**
   * A text in the language of the context. Parameters go in as they are: escape foreign ones first. `count` chooses the plural form.
   */
  t(key: MessageKey, params?: Readonly<Record<string, string | number>>): string;
  /** For dates and numbers. */
  locale: Language;
  /** Which table of social channels the contact centre uses (the setting CMS_SUBMEDIA_EDITION). */
  mediaEdition: MediaEdition;
  /** Whoever reads sees callers' numbers masked. */
  masked: boolean;
}

export interface I18n {
  /** The context for a person's locale as Slack writes it (`zh-CN`, `en-GB`); English where the desk has nothing nearer. */
  forLocale(slackLocale: string): MessageContext;
}

/** Loads the texts. Starts nothing and reads nothing later. */
export function createI18n(options: { mediaEdition?: MediaEdition } = {}): I18n {
  const { mediaEdition = '2024' } = options;
  const instance = i18next.createInstance();
  void instance.init({
    resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
    lng: 'en',
    fallbackLng: 'en',
    // Keys are flat, "answer.title": neither dots nor colons mean anything.
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    // Slack's escaping is not HTML's: escape.ts does it.
    interpolation: { escapeValue: false },
  });
  const contextOf = (locale: Language): MessageContext => {
    const translate = instance.getFixedT(locale);
    return { locale, mediaEdition, masked: false, t: (key, params = {}) => translate(key, params) };
  };
  const contexts = { en: contextOf('en'), 'zh-CN': contextOf('zh-CN') };
  return { forLocale: (slackLocale) => contexts[languageOf(slackLocale)] };
}

/** Any Chinese reads the one that we have; everybody else reads English. */
export function languageOf(slackLocale: string): Language {
  return /^zh\b/i.test(slackLocale) ? 'zh-CN' : 'en';
}
