import { isObject, type JsonObject, objectsOf } from '../json.ts';
import { blockOn, type Surface } from './blocks.ts';
import { list, problem, problemsOf } from './schema.ts';

const MOST_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };
const MOST_MARKDOWN = 12_000;
const MOST_IN_TABLE = { table: 10_000, data_table: 20_000 };

/** What readers see in these fields counts against the size of a message. */
const READ_FIELDS = new Set(['text', 'alt_text', 'caption', 'title', 'label', 'hint', 'fallback']);

/** All characters of the texts inside, labels and options included. */
export function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + charactersIn(item), 0);
  if (!isObject(value)) return 0;
  let sum = 0;
  for (const [field, inner] of Object.entries(value)) {
    if (typeof inner !== 'string') sum += charactersIn(inner);
    else if (READ_FIELDS.has(field)) sum += inner.length;
  }
  return sum;
}

/** Every interactive element inside the blocks, with its JSON pointer. */
export function actionsIn(value: unknown, at: string): { element: JsonObject; at: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => actionsIn(item, `${at}/${index}`));
  if (!isObject(value)) return [];
  const inner = Object.entries(value).flatMap(([field, item]) => actionsIn(item, `${at}/${field}`));
  return typeof value.action_id === 'string' ? [{ element: value, at }, ...inner] : inner;
}

/** How many elements want the focus. */
function focusedIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + focusedIn(item), 0);
  if (!isObject(value)) return 0;
  return (value.focus_on_load === true ? 1 : 0) + focusedIn(Object.values(value));
}

function repeated(ids: { id: unknown; at: string }[], field: string): string[] {
  const seen = new Set<unknown>();
  return ids.flatMap(({ id, at }) => {
    if (typeof id !== 'string') return [];
    if (seen.has(id)) return [problem(`\`${field}\` "${id}" already exists`, `${at}/${field}`)];
    seen.add(id);
    return [];
  });
}

/**
 * All that is wrong with the blocks of a message or view; an empty list when Slack would take them.
 * An action id is refused when it repeats anywhere in the same message, not only in the same block: a payload is
 * told apart by it.
 */
export function problemsOfBlocks(blocks: unknown, surface: Surface, at = '/blocks'): string[] {
  const problems = problemsOf(list(blockOn[surface], MOST_BLOCKS[surface], 0), blocks, at);
  if (problems.length > 0) return problems;
  const all = objectsOf(blocks);

  problems.push(
    ...repeated(
      all.map((block, i) => ({ id: block.block_id, at: `${at}/${i}` })),
      'block_id',
    ),
  );
  const actions = actionsIn(blocks, at);
  problems.push(
    ...repeated(
      actions.map(({ element, at }) => ({ id: element.action_id, at })),
      'action_id',
    ),
  );
  if (focusedIn(blocks) > 1) problems.push(problem('only one element may have `focus_on_load`', at));

  const markdown = all.filter((block) => block.type === 'markdown');
  if (charactersIn(markdown) > MOST_MARKDOWN)
    problems.push(problem(`markdown must be less than ${MOST_MARKDOWN + 1} characters in total`, at));
  for (const [type, most] of Object.entries(MOST_IN_TABLE)) {
    const tables = all.filter((block) => block.type === type);
    if (tables.length > 1) problems.push(problem(`only_one_table_allowed: ${type}`, at));
    if (charactersIn(tables.map((one) => one.rows)) > most)
      problems.push(problem(`${type} must be less than ${most + 1} characters`, at));
  }
  return problems;
}
