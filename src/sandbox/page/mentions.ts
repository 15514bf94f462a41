import type { Workspace } from '../slack/workspace.ts';

/** What Slack makes of `@ana`, `@missed-call-desk`, `@managers` and `#support` in what a person types. */
export function withMentions(text: string, { people, app, groups, channels }: Workspace): string {
  const tokens = new Map<string, string>([
    [`@${app.name}`, `<@${app.botUserId}>`],
    ...[...people.values()].map(({ handle, id }): [string, string] => [`@${handle}`, `<@${id}>`]),
    ...groups.map(({ handle, id }): [string, string] => [`@${handle}`, `<!subteam^${id}>`]),
    ...[...channels.values()]
      .filter(({ kind }) => kind !== 'im')
      .map(({ name, id }): [string, string] => [`#${name}`, `<#${id}>`]),
  ]);
  return text.replaceAll(/(?<![\w<])[@#][\w-]+/g, (word) => tokens.get(word.toLowerCase()) ?? word);
}
