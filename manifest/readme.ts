import { settings } from '../src/config/settings.ts';
import { scopes } from '../src/slack/scopes.ts';

/** The parts of the README that come from the code, by name. */
export function generatedSections(): Record<string, string> {
  return { scopes: scopesTable(), settings: settingsTable() };
}

/** The README with those parts as they should be. */
export function withSections(readme: string): string {
  return Object.entries(generatedSections()).reduce(
    (text, [name, section]) =>
      text.replace(
        new RegExp(`(<!-- ${name}: [^\\n]* -->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
        (_, open: string, close: string) => `${open}\n${section}\n\n${close}`,
      ),
    readme,
  );
}

function scopesTable(): string {
  const rows = Object.entries(scopes).map(([scope, { reason }]) => `| \`${scope}\` | ${reason} |`);
  return ['| scope | why |', '| --- | --- |', ...rows].join('\n');
}

function settingsTable(): string {
  const rows = Object.values(settings).map(({ name, required, secret, default: preset, help }) => {
    const value = required ? 'required' : preset ? `\`${preset}\`` : '';
    return `| \`${name}\`${secret ? ' (secret)' : ''} | ${value} | ${help} |`;
  });
  return ['| variable | default | what it is for |', '| --- | --- | --- |', ...rows].join('\n');
}
