import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SLACK = fileURLToPath(new URL('../../../src/slack/', import.meta.url));
/** Where blocks are made: docs/architecture.md. */
const FOLDERS = ['messages', 'views'];

/** What a signature says that it gives: the first one of a part. */
const GIVES = /\): ([\w<>[\]|', .]+?)(?: \{| =>)/;
/** What goes to Slack whole. */
const WHOLE: ReadonlySet<string> = new Set(['Message', 'ModalView', 'HomeView']);
/** Gives one of these without saying so. */
const CALLS = /=>\s*(?:plainMessage|message|modal|toldView|settingsTold)\(/;

/** The exported functions that make a whole message or view, by name; each as its source says. */
export function renderers(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(`${SLACK}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => renderersIn(readFileSync(`${SLACK}${folder}/${file}`, 'utf8'))),
  ).sort();
}

/** The same of one file's source. */
export function renderersIn(source: string): string[] {
  return source
    .split(/^(?=\S)/m)
    .reduce<string[]>((parts, part) => {
      // What closes a signature stands at the beginning of its line: it belongs to what was opened.
      const last = parts.length - 1;
      if (/^[)}\]]/.test(part) && last >= 0) parts[last] += part;
      else parts.push(part);
      return parts;
    }, [])
    .filter((part) => /^export (?:function|const)/.test(part))
    .filter(givesWhole)
    .flatMap((part) => /^export (?:function|const) (\w+)/.exec(part)?.[1] ?? []);
}

function givesWhole(part: string): boolean {
  const gives = GIVES.exec(part)?.[1];
  return gives === undefined ? CALLS.test(part) : WHOLE.has(gives);
}
