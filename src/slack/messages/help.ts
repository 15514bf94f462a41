import type { MessageContext } from '../i18n.ts';
import { digestCommand, missedCommand } from './command.ts';
import { type Message, message, section } from './message.ts';

/** What the desk can do, with commands to copy. */
export function helpMessage({ t }: MessageContext): Message {
  const ask = [
    `*${t('help.askTitle')}*`,
    t('help.askToday', { command: missedCommand('vdn 159 today') }),
    t('help.askFilter', { command: missedCommand('159 last 2h open wait>30s') }),
    t('help.askRange', { command: missedCommand('159 2026-11-16..2026-11-20') }),
    t('help.ranges'),
    t('help.filters'),
    t('help.ways'),
  ];
  const digest = [
    `*${t('help.digestTitle')}*`,
    t('help.digestHourly', { command: digestCommand('vdn 159 hourly') }),
    t('help.digestDaily', { command: digestCommand('159 daily 09:00 weekdays all-clear') }),
    t('help.digestMore'),
    t('help.digestManage', {
      list: digestCommand('list'),
      pause: digestCommand('pause 1'),
      words: ['resume', 'remove', 'now'].map((word) => `\`${word}\``).join(' '),
    }),
  ];
  const claim = [
    `*${t('help.claimTitle')}*`,
    t('help.claim'),
    t('help.claimNext', { command: missedCommand('next 159') }),
    t('help.settings', { command: missedCommand('settings') }),
    t('help.admin', {
      health: missedCommand('health'),
      audit: missedCommand('audit last week'),
      erase: missedCommand('erase +86 10 8888 0990'),
    }),
  ];
  return message(t('help.title'), [
    section(ask.join('\n')),
    section(digest.join('\n')),
    section(claim.join('\n')),
  ]);
}
