import { wrapped } from './wrap.ts';

export type Style = 'bold' | 'dim' | 'cyan' | 'green' | 'red';

/** Where the story is told. */
export interface Teller {
  write(text: string): void;
  /** Columns. */
  width: number;
  /** The text in that style, or as it is where styles are not wanted: they are never the only sign. */
  style(style: Style, text: string): string;
}

/** Tells the story as lines of text. */
export interface Narrator {
  /** Begins a step. */
  chapter(number: number, title: string): void;
  /** What the reader should know. */
  says(text: string): void;
  /** What somebody does: "Ana Souza, in #support" and what they type or click. */
  does(who: string, what: string): void;
  /** What a message says; `caption` says who sees it. */
  shows(caption: string, message: string): void;
  /** What was checked besides what is shown. */
  checked(text: string): void;
  /** What is not as it should be. */
  fails(text: string): void;
}

const BAR = '│ ';

export function createNarrator({ write, width, style }: Teller): Narrator {
  let afterBox = false;
  const put = (lines: readonly string[]) => {
    write(`${lines.join('\n')}\n`);
    afterBox = false;
  };
  /** What follows a message keeps a line's distance from it. */
  const apart = () => (afterBox ? [''] : []);
  const painted = (color: Style, text: string) => wrapped(text, width).map((line) => style(color, line));

  return {
    chapter: (number, title) => put(['', '', ...painted('bold', `${number}. ${title}`)]),
    says: (text) => put([...apart(), ...wrapped(text, width)]),
    does: (who, what) => put(['', `${style('cyan', `▸ ${who}:`)} ${style('bold', what)}`]),
    shows(caption, message) {
      put([
        ...apart(),
        ...painted('dim', `  ${caption}:`),
        ...wrapped(message, width - BAR.length - 2).map((line) => `  ${style('dim', BAR)}${line}`.trimEnd()),
      ]);
      afterBox = true;
    },
    checked: (text) => put([...apart(), ...painted('green', `✓ ${text}`)]),
    fails: (text) => put(['', ...painted('red', text)]),
  };
}
