import { type Aim, type Figure, reached } from './figure.ts';

const HEAD = ['what', 'desk', 'floor', 'ratio', 'spread', 'aim', ''] as const;

/** The figures as a Markdown table, its columns aligned for a terminal. */
export function renderTable(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell[column === 0 ? 'padEnd' : 'padStart'](widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head = HEAD, ...body] = rows;
  return [line(head), line(rule), ...body.map(line)].join('\n');
}

function cellsOf(figure: Figure): string[] {
  const { name, unit, value, floor, ratio, spread, aim } = figure;
  const verdict = reached(figure);
  return [
    name,
    `${written(value)} ${unit}`,
    floor === null ? '–' : `${written(floor)} ${unit}`,
    ratio === null ? '–' : written(ratio),
    spread.map(written).join('–'),
    aim === null ? '–' : aimInWords(aim, unit),
    verdict === null ? '' : verdict ? 'yes' : 'no',
  ];
}

const aimInWords = (aim: Aim, unit: string) =>
  'ratio' in aim ? `≤ ${aim.ratio}` : `< ${written(aim.below)} ${unit}`;

/** Three digits that count. */
function written(value: number): string {
  if (Number.isInteger(value)) return String(value);
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
