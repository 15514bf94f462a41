import { isObject, type JsonObject } from '../json.ts';
import type { Block } from '../messages.ts';
import { type ElementState, enteredKey } from '../views.ts';
import { type Entry, enteredState, initialState, wrongWith } from './entering.ts';
import { targetsIn } from './targets.ts';

/** What is entered, by block id, action id or the label of the input. */
export type Entries = Record<string, Entry>;

type Entered = ReadonlyMap<string, ElementState>;

/** `state.values` of a payload: what every element holds, by block id and action id. */
export function valuesOf(blocks: readonly Block[], entered: Entered): JsonObject {
  const values: Record<string, JsonObject> = {};
  for (const { element, block } of targetsIn(blocks)) {
    const actionId = String(element.action_id);
    const state = entered.get(enteredKey(block.block_id, actionId)) ?? initialState(element);
    if (state) values[block.block_id] = { ...values[block.block_id], [actionId]: state };
  }
  return values;
}

/** What was entered before and now; throws an Error when an entry has no place in these blocks. */
export function withEntries(
  blocks: readonly Block[],
  entered: Entered,
  entries: Entries,
): Map<string, ElementState> {
  const all = new Map(entered);
  const targets = targetsIn(blocks);
  for (const [name, entry] of Object.entries(entries)) {
    const target = targets.find(({ element, block }) =>
      [block.block_id, element.action_id, inputLabel(block)].includes(name),
    );
    if (!target) {
      const known = targets.map(({ element, block }) => `${block.block_id}/${String(element.action_id)}`);
      throw new Error(`Nothing called ${name} to fill in; there is ${known.join(', ') || 'nothing'}`);
    }
    const key = enteredKey(target.block.block_id, String(target.element.action_id));
    all.set(key, enteredState(target.element, entry));
  }
  return all;
}

/** What would keep a client from submitting; an empty list when nothing does. */
export function whatIsMissing(blocks: readonly Block[], entered: Entered): string[] {
  return blocks
    .filter((block) => block.type === 'input' && isObject(block.element))
    .flatMap((block) => {
      const element = isObject(block.element) ? block.element : {};
      const key = enteredKey(block.block_id, String(element.action_id));
      const state = entered.get(key) ?? initialState(element);
      const wrong = state && wrongWith(element, state, block.optional === true);
      return wrong === undefined ? [] : [`${inputLabel(block)}: ${wrong}`];
    });
}

function inputLabel(block: Block): string {
  return isObject(block.label) ? String(block.label.text) : '';
}
