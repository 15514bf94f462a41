import { isObject, type JsonObject, objectsOf } from '../json.ts';
import { shownElement, shownText } from './elements.ts';
import { type Reader, readable } from './mrkdwn.ts';
import { richTextLines } from './rich-text.ts';

const RULE = '─'.repeat(40);

/** How many columns a text takes in a terminal: Chinese, Japanese and Korean characters and emoji take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text))
    width +=
      /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(
        segment,
      )
        ? 2
        : 1;
  return width;
}

/** The lines in which a block is read. */
export function blockLines(block: JsonObject, reader: Reader): string[] {
  const elements = () => objectsOf(block.elements).map((element) => shownElement(element, reader));
  switch (block.type) {
    case 'header': {
      const text = shownText(block.text, reader);
      return [text, '═'.repeat(widthOf(text))];
    }
    case 'section':
      return sectionLines(block, reader);
    case 'actions':
    case 'context_actions':
      return [elements().join(' ')];
    case 'context':
      return [`  ${elements().join('  ')}`];
    case 'divider':
      return [RULE];
    case 'image':
      return [`(image: ${String(block.alt_text)})`];
    case 'input': {
      const element = isObject(block.element) ? shownElement(block.element, reader) : '';
      const optional = block.optional === true ? ' (optional)' : '';
      const hint = shownText(block.hint, reader);
      return [`${shownText(block.label, reader)}${optional}: ${element}`, ...(hint ? [`  ${hint}`] : [])];
    }
    case 'rich_text':
      return richTextLines(block, reader);
    case 'markdown':
      return String(block.text).split('\n');
    case 'alert':
      return [`! ${shownText(block.text, reader)}`];
    case 'table':
    case 'data_table':
      return tableLines(block, reader);
    default:
      return [`(${String(block.type)})`];
  }
}

function sectionLines(block: JsonObject, reader: Reader): string[] {
  const text = shownText(block.text, reader);
  const lines = text === '' ? [] : text.split('\n');
  const fields = objectsOf(block.fields).map((field) => shownText(field, reader).replaceAll('\n', ' '));
  for (let i = 0; i < fields.length; i += 2) lines.push(fields.slice(i, i + 2).join('  |  '));
  if (isObject(block.accessory)) {
    const first = lines.shift() ?? '';
    lines.unshift(`${first}  ${shownElement(block.accessory, reader)}`.trim());
  }
  return lines;
}

function tableLines(block: JsonObject, reader: Reader): string[] {
  const cell = (value: JsonObject) =>
    value.type === 'rich_text'
      ? richTextLines(value, reader).join(' ')
      : readable(String(value.text), reader);
  const rows = Array.isArray(block.rows) ? block.rows.map((row) => objectsOf(row).map(cell)) : [];
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(text));
  return rows.map((row) =>
    row
      .map((text, column) => text + ' '.repeat((widths[column] ?? 0) - widthOf(text)))
      .join('  ')
      .trimEnd(),
  );
}
