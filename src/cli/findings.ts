import type { Finding, Result } from '../doctor/finding.ts';
import { wrapped } from '../sandbox/story/wrap.ts';

export interface FindingsWriterParts {
  write(text: string): void;
  /** Columns. */
  width: number;
  style(style: 'green' | 'yellow' | 'red' | 'dim' | 'bold', text: string): string;
}

const MARKS = { ok: '✓', warning: '!', failed: '✗', skipped: '–' } as const satisfies Record<Result, string>;
const COLOURS = { ok: 'green', warning: 'yellow', failed: 'red', skipped: 'dim' } as const satisfies Record<
  Result,
  string
>;
/** As wide as the longest name: socket-mode. */
const NAME_WIDTH = 'socket-mode'.length;
/** "  ✓ socket-mode  ". */
const INDENT = 2 + 2 + NAME_WIDTH + 2;

const TITLES: Readonly<Record<string, string>> = {
  configuration: 'Configuration',
  database: 'Database',
  slack: 'Slack',
  'contact-centre': 'Contact centre',
};

/** Writes findings for people, one after the other: a title for each chapter, a line or more for each finding. */
export function createFindingsWriter({
  write,
  width,
  style,
}: FindingsWriterParts): (finding: Finding) => void {
  let last = '';
  return ({ check, result, says, remedy }) => {
    const [chapter = '', name = ''] = check.split('.');
    if (chapter !== last) write(`${last === '' ? '' : '\n'}${style('bold', TITLES[chapter] ?? chapter)}\n`);
    last = chapter;
    const [first = '', ...more] = wrapped(says, width - INDENT);
    const mark = style(COLOURS[result], MARKS[result]);
    write(`  ${mark} ${name.padEnd(NAME_WIDTH)}  ${first}\n`);
    const todo = remedy === null ? [] : wrapped(remedy, width - INDENT - 2);
    for (const line of [...more, ...todo.map((line, index) => `${index === 0 ? '→' : ' '} ${line}`)])
      write(`${' '.repeat(INDENT)}${line}\n`);
  };
}

/** `2 failed, 1 warning, 14 fine, 1 not looked at.` */
export function summary(findings: readonly Finding[]): string {
  const count = (result: Result) => findings.filter((one) => one.result === result).length;
  const warnings = count('warning');
  const parts = [
    count('failed') > 0 ? `${count('failed')} failed` : '',
    warnings > 0 ? `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}` : '',
    `${count('ok')} fine`,
    count('skipped') > 0 ? `${count('skipped')} not looked at` : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}
