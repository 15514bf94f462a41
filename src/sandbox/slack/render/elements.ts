import { isObject, type JsonObject, objectsOf } from '../json.ts';
import { type Reader, readable, readablePlain } from './mrkdwn.ts';

/** A text object as it is read; empty for anything else. */
export function shownText(text: unknown, reader: Reader): string {
  if (!isObject(text) || typeof text.text !== 'string') return '';
  return text.type === 'mrkdwn' ? readable(text.text, reader) : readablePlain(text.text);
}

/** An element in one line: `[Claim]`, `[⋯ Done | Release]`, `[Choose ▾]`, `[________]`. */
export function shownElement(element: JsonObject, reader: Reader): string {
  const type = String(element.type);
  if (type === 'image') return `(image: ${String(element.alt_text)})`;
  if (type === 'mrkdwn' || type === 'plain_text') return shownText(element, reader);
  if (type.endsWith('button')) return `[${shownText(element.text, reader)}]`;
  if (type === 'overflow') return `[⋯ ${labels(element.options, reader).join(' | ')}]`;
  if (type === 'checkboxes' || type === 'radio_buttons') return shownChoice(element, reader);
  const value = shownInitial(element, reader) || shownText(element.placeholder, reader);
  if (type.endsWith('select') || type.endsWith('picker')) return `[${value || 'Choose'} ▾]`;
  if (type.endsWith('input')) return `[${value || '________'}]`;
  return `[${type}]`;
}

const labels = (options: unknown, reader: Reader) =>
  objectsOf(options).map((option) => shownText(option.text, reader));

function shownChoice(element: JsonObject, reader: Reader): string {
  const chosen = objectsOf([element.initial_option, ...objectsOf(element.initial_options)]);
  return objectsOf(element.options)
    .map((option) => {
      const isChosen = chosen.some((one) => one.value === option.value);
      return `${isChosen ? '☑' : '☐'} ${shownText(option.text, reader)}`;
    })
    .join('  ');
}

function shownInitial(element: JsonObject, reader: Reader): string {
  for (const [field, value] of Object.entries(element)) {
    if (!field.startsWith('initial_')) continue;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    const options = objectsOf(Array.isArray(value) ? value : [value]);
    return options.map((option) => shownText(option.text, reader)).join(', ');
  }
  return '';
}
