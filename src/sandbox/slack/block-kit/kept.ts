import { isObject, type JsonObject, objectsOf } from '../json.ts';
import type { Block } from '../messages.ts';

let made = 0;
const nextId = () => {
  made += 1;
  return `gen${made.toString(36).padStart(4, '0')}`;
};

const ACTING = new Set(['elements', 'accessory', 'element']);

/** The value with an `action_id` given to each element that may be acted on and has none. */
function named(element: unknown): unknown {
  if (Array.isArray(element)) return element.map(named);
  if (!isObject(element)) return element;
  const passive = ['image', 'plain_text', 'mrkdwn'].includes(String(element.type));
  return passive || element.action_id !== undefined ? element : { ...element, action_id: nextId() };
}

/** The blocks as Slack keeps them: texts untouched, the ids that were left out made up. */
export function keptBlocks(blocks: unknown): Block[] {
  return objectsOf(structuredClone(blocks)).map((block) => {
    const kept: JsonObject = { ...block };
    if (block.type !== 'rich_text') {
      for (const field of ACTING) if (field in kept) kept[field] = named(kept[field]);
    }
    return { ...kept, type: String(block.type), block_id: String(block.block_id ?? nextId()) };
  });
}
