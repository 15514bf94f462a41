import { isObject } from '../json.ts';
import { viewContent } from '../methods/views.ts';
import { Refusal } from '../refusal.ts';
import type { View } from '../views.ts';
import type { Workspace } from '../workspace.ts';

/** What the person sees after a submission: the form with errors, or that Slack could not do what the app said. */
export interface Submitted {
  /** By block id. */
  errors: Record<string, string>;
  /** "We had some trouble connecting": what the app answered was no answer to a submission. */
  trouble?: string;
}

/** Does with the person's modals what the app answered to a submission: nothing closes, `clear` closes all. */
export function applySubmission(workspace: Workspace, view: View, answer: unknown): Submitted {
  const { views } = workspace;
  const action = isObject(answer) ? answer.response_action : undefined;
  const body = isObject(answer) ? answer : {};
  try {
    if (action === undefined) {
      if (Object.keys(body).length > 0) return { errors: {}, trouble: 'unknown fields in the answer' };
      // The app may have shown another view meanwhile: only the one that was submitted closes.
      if (views.stack(view.user).at(-1) === view) views.close(view.user, false);
      return { errors: {} };
    }
    if (action === 'clear') views.close(view.user, true);
    else if (action === 'errors') return errorsFor(view, body.errors);
    else if (action === 'update') views.update(view, viewContent(workspace, body.view, 'modal', view));
    else if (action === 'push') views.push(view.user, viewContent(workspace, body.view, 'modal'));
    else return { errors: {}, trouble: `unknown response_action ${String(action)}` };
    return { errors: {} };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { errors: {}, trouble: `${error.error} ${JSON.stringify(error.extra)}` };
  }
}

/** Errors may only name input blocks of the view. */
function errorsFor(view: View, errors: unknown): Submitted {
  const inputs = view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  if (!isObject(errors) || Object.keys(errors).length === 0)
    return { errors: {}, trouble: 'no errors given' };
  const named = Object.entries(errors);
  const stray = named.find(
    ([blockId, text]) => !inputs.includes(blockId) || typeof text !== 'string' || text === '',
  );
  if (stray) return { errors: {}, trouble: `errors name ${stray[0]}, which is no input block` };
  return { errors: Object.fromEntries(named.map(([blockId, text]) => [blockId, String(text)])) };
}
