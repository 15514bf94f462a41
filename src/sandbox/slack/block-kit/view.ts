import type { JsonObject } from '../json.ts';
import { objectsOf } from '../json.ts';
import { plainText } from './composition.ts';
import { bool, type Fields, may, must, object, oneOf, problem, problemsOf, text } from './schema.ts';
import { problemsOfBlocks } from './whole.ts';

/** A view may have this many bytes as JSON. */
export const MOST_VIEW_BYTES = 250 * 1024;

const shared: Fields = {
  blocks: must(() => {}),
  private_metadata: may(text(3000, 0)),
  callback_id: may(text(255, 0)),
  external_id: may(text(255, 0)),
};

const home = object({ type: must(oneOf('home')), ...shared });

const modal = object(
  {
    type: must(oneOf('modal')),
    ...shared,
    title: must(plainText(24)),
    close: may(plainText(24)),
    submit: may(plainText(24)),
    clear_on_close: may(bool),
    notify_on_close: may(bool),
    submit_disabled: may(bool),
  },
  (value, at, problems) => {
    const asks = objectsOf(value.blocks).some((block) => block.type === 'input');
    if (asks && value.submit === undefined) problems.push(problem('missing required field: submit', at));
  },
);

/** All that is wrong with a view, its blocks included; an empty list when Slack would open it. */
export function problemsOfView(view: JsonObject): string[] {
  const isHome = view.type === 'home';
  const own = problemsOf(isHome ? home : modal, view, '/view');
  return [...own, ...problemsOfBlocks(view.blocks, isHome ? 'home' : 'modal', '/view/blocks')];
}
