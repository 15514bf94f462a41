import { expect, it } from 'vitest';
import { createI18n } from '../../../src/slack/i18n.ts';
import { callerLabel, callerName } from '../../../src/slack/messages/caller-label.ts';

const whatsapp = { mediaType: 53, subMediaType: 2 };
const caller = { kind: 'social', text: '1659960139858526939', e164: null } as const;

it.each(['en-US', 'zh-CN'])(
  'ends the bold id before a space, where Slack sees that it ends (%s)',
  (locale) => {
    const context = createI18n({ mediaEdition: '2024' }).forLocale(locale);
    expect(callerLabel(caller, whatsapp, context)).toBe('*1659960139858526939* (WhatsApp)');
  },
);

it('lets a telephone number be tapped, and names no platform of it', () => {
  const context = createI18n({ mediaEdition: '2024' }).forLocale('en-US');
  const phone = { kind: 'phone', text: '+44 20 7946 0311', e164: '+442079460311' } as const;
  expect(callerLabel(phone, whatsapp, context)).toBe('*<tel:+442079460311|+44 20 7946 0311>*');
});

it('masks what is to be masked, and lets nobody tap it', () => {
  const context = { ...createI18n({ mediaEdition: '2024' }).forLocale('en-US'), masked: true };
  const phone = { kind: 'phone', text: '+44 20 7946 0311', e164: '+442079460311' } as const;
  expect(callerLabel(phone, whatsapp, context)).toBe('*+44 20 •••• 0311*');
  expect(callerLabel(caller, whatsapp, context)).toBe('*•••• 6939* (WhatsApp)');
  expect(callerName(phone, context)).toBe('+44 20 •••• 0311');
});
