import { widthOf } from '../slack/render/blocks.ts';

/** The lines of a text, none wider than `width` columns where its words allow; what is wrapped keeps its line's indentation. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrappedLine(line, width));
}

function wrappedLine(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = '';
  // Only single spaces are places to break: what is aligned by several stays together.
  for (const word of line.trimStart().split(/(?<! ) (?! )/)) {
    const longer = current === '' ? indent + word : `${current} ${word}`;
    if (current !== '' && widthOf(longer) > width) {
      lines.push(current);
      current = indent + word;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
}
