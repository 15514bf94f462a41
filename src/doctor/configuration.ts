import { type Finding, failed, ok } from './finding.ts';

/** Every problem of the settings at once; none: they can be read. */
export function settingsFinding(problems: readonly string[]): Finding {
  const check = 'configuration.settings';
  if (problems.length === 0) return ok(check, 'readable', 'Every setting can be read.');
  const count = problems.length === 1 ? 'One setting is wrong:' : `${problems.length} settings are wrong:`;
  return failed(
    check,
    'settings-wrong',
    [count, ...problems.map((problem) => `• ${problem}`)].join('\n'),
    'Set them as the README, and npm start -- --help, describe them.',
    { problems },
  );
}
