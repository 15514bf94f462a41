const TOKEN = /<(?:[@#!][A-Za-z0-9^_|.\- ]+)>/g;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What Slack makes of a text that a person types: `&`, `<` and `>` are escaped, mentions such as `<@U1>` stay. */
export function asTyped(text: string): string {
  let made = '';
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    made += escaped(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return made + escaped(text.slice(from));
}
