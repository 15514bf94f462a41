import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createI18n, languageOf } from '../../src/slack/i18n.ts';
import en from '../../src/slack/locales/en.json' with { type: 'json' };
import zhCN from '../../src/slack/locales/zh-CN.json' with { type: 'json' };

const languages: Record<string, Record<string, string>> = { en, 'zh-CN': zhCN };
const base = (key: string) => key.replace(/_(?:zero|one|two|few|many|other)$/, '');
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)(?:, \w+)?\}\}/g)].map(([, name]) => name);

/** Per text, the placeholders of its fullest plural form. */
function placeholdersByKey(texts: Record<string, string>) {
  const byKey = new Map<string, string[]>();
  for (const [key, text] of Object.entries(texts)) {
    const names = new Set([...(byKey.get(base(key)) ?? []), ...placeholders(text)]);
    byKey.set(base(key), [...names].map(String).sort());
  }
  return Object.fromEntries([...byKey].sort(([a], [b]) => a.localeCompare(b)));
}

describe('the locales', () => {
  it('say the same things with the same placeholders', () => {
    expect(placeholdersByKey(zhCN)).toEqual(placeholdersByKey(en));
  });

  it.each(Object.keys(languages))('have in %s exactly the plural forms that the language has', (language) => {
    const texts = languages[language] ?? {};
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
    const plurals = Map.groupBy(
      Object.keys(texts).filter((key) => key !== base(key)),
      base,
    );
    for (const [key, found] of plurals)
      expect(found.sort(), key).toEqual(forms.map((form) => `${key}_${form}`));
  });

  it.each(Object.keys(languages))('have no empty text in %s, and nothing unescaped', (language) => {
    for (const [key, text] of Object.entries(languages[language] ?? {})) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/[<>]|&(?!gt;)/);
    }
  });

  it('hold nothing that nobody says', () => {
    const source = sourceFiles('src/slack/')
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    // `media.${key}` says every text that begins with "media.".
    const families = [...source.matchAll(/`([a-z]+(?:\.[a-z]+)*\.)\$\{/g)].map(([, family]) => family ?? '');
    const unsaid = [...new Set(Object.keys(en).map(base))].filter(
      (key) => !source.includes(`'${key}'`) && !families.some((family) => isOneOf(key, family)),
    );
    expect(unsaid).toEqual([]);
  });
});

/** Whether a key is the family's name and one more word. */
const isOneOf = (key: string, family: string) =>
  key.startsWith(family) && !key.slice(family.length).includes('.');

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => folder + name);
}

describe('createI18n', () => {
  const { forLocale } = createI18n();

  it.each([
    ['zh-CN', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['en-GB', 'en'],
    ['pt-BR', 'en'],
    ['', 'en'],
    ['zha', 'en'],
  ])('answers somebody with the locale "%s" in %s', (slackLocale, language) => {
    expect(languageOf(slackLocale)).toBe(language);
    expect(forLocale(slackLocale).locale).toBe(language);
  });

  it('chooses the plural form and groups digits as the language does', () => {
    expect(forLocale('en-US').t('summary.calls', { count: 1 })).toBe('1 call');
    expect(forLocale('en-US').t('summary.calls', { count: 12_000 })).toBe('12,000 calls');
    expect(forLocale('zh-CN').t('summary.calls', { count: 1 })).toBe('1 个来电');
  });

  it('puts parameters in as they are: no HTML escaping, no texts and placeholders inside them', () => {
    const name = `<@U1> & "x" $t(answer.empty) {{number}} $& $1`;
    expect(forLocale('en-US').t('vdn.named', { name, number: 7 })).toBe(`${name} (VDN 7)`);
  });
});
