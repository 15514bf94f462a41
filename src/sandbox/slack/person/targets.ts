import { actionsIn } from '../block-kit/whole.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Block } from '../messages.ts';

/** An element that a person can act on, and the block that it is in. */
export interface Target {
  element: JsonObject;
  block: Block;
}

/** Every interactive element, in the order of reading. */
export function targetsIn(blocks: readonly Block[]): Target[] {
  return blocks.flatMap((block) => actionsIn(block, '').map(({ element }) => ({ element, block })));
}

/** The label of a button; empty for elements without one. */
export function labelOf(element: JsonObject): string {
  return isObject(element.text) && typeof element.text.text === 'string' ? element.text.text : '';
}

/**
 * The element that a person means by its action id or its label, the `index`-th of those that match.
 * Throws an Error that lists what there is.
 */
export function targetCalled(blocks: readonly Block[], wanted: string, index = 0): Target {
  const targets = targetsIn(blocks);
  const byId = targets.filter(({ element }) => element.action_id === wanted);
  const matching = byId.length > 0 ? byId : targets.filter(({ element }) => labelOf(element) === wanted);
  const found = matching[index];
  if (found) return found;
  const known = targets.map(({ element }) => `${String(element.action_id)} [${labelOf(element)}]`);
  throw new Error(
    `Nothing called ${wanted} (number ${index}) to act on; there is ${known.join(', ') || 'nothing'}`,
  );
}
