import { type Args, notJson } from '../args.ts';
import { keptBlocks } from '../block-kit/kept.ts';
import { MOST_VIEW_BYTES, problemsOfView } from '../block-kit/view.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Method } from '../method.ts';
import { refuse, refuseWith } from '../refusal.ts';
import { shownView } from '../shown.ts';
import type { View, ViewContent } from '../views.ts';
import type { Workspace } from '../workspace.ts';

const MOST_PUSHED = 3;

/**
 * A view that was sent, checked against Slack's limits.
 * @param replaced the view that it takes the place of: it may keep that one's `external_id`
 */
export function viewContent(
  workspace: Workspace,
  given: unknown,
  type: View['type'],
  replaced?: View,
): ViewContent {
  if (given === notJson || !isObject(given))
    return refuseWith('invalid_arguments', ['missing required field: view']);
  const { blocks, ...definition } = given;
  if (given.type !== type)
    return refuseWith('invalid_arguments', [`must provide a view of type ${type} [json-pointer:/view/type]`]);
  const problems = problemsOfView(given);
  if (problems.length > 0) return refuseWith('invalid_arguments', problems);
  if (Buffer.byteLength(JSON.stringify(given)) > MOST_VIEW_BYTES) return refuse('view_too_large');
  const externalId = typeof definition.external_id === 'string' ? definition.external_id : '';
  const holder = externalId === '' ? undefined : workspace.views.find({ externalId });
  if (holder && holder !== replaced) return refuse('duplicate_external_id');
  return { definition: structuredClone(definition), blocks: keptBlocks(blocks) };
}

function checkHash(args: Args, view: View | undefined): void {
  if (view && args.has('hash') && args.text('hash') !== view.hash) refuse('hash_conflict');
}

const answer = (workspace: Workspace, view: View): JsonObject => ({ view: shownView(workspace, view) });

export const viewMethods: Record<string, Method> = {
  'views.open': {
    tier: 4,
    token: 'bot',
    scopes: [],
    run(args, { workspace, triggers }) {
      const content = viewContent(workspace, args.structure('view'), 'modal');
      const user = triggers.exchange(args.text('trigger_id'));
      return answer(workspace, workspace.views.open(user, content));
    },
  },
  'views.push': {
    tier: 4,
    token: 'bot',
    scopes: [],
    run(args, { workspace, triggers }) {
      const content = viewContent(workspace, args.structure('view'), 'modal');
      const user = triggers.exchange(args.text('trigger_id'));
      const open = workspace.views.stack(user).length;
      if (open === 0) refuse('not_found');
      if (open >= MOST_PUSHED) refuse('push_limit_reached');
      return answer(workspace, workspace.views.push(user, content));
    },
  },
  'views.update': {
    tier: 4,
    token: 'bot',
    scopes: [],
    run(args, { workspace }) {
      if (!args.has('view_id') && !args.has('external_id'))
        refuseWith('invalid_arguments', ['must provide `view_id` or `external_id`']);
      const view = args.has('view_id')
        ? workspace.views.find({ id: args.text('view_id') })
        : workspace.views.find({ externalId: args.text('external_id') });
      if (!view) return refuse('not_found');
      checkHash(args, view);
      workspace.views.update(view, viewContent(workspace, args.structure('view'), view.type, view));
      return answer(workspace, view);
    },
  },
  'views.publish': {
    tier: 4,
    token: 'bot',
    scopes: [],
    run(args, { workspace }) {
      const user = args.text('user_id');
      if (!workspace.people.has(user)) refuse('user_not_found');
      const home = workspace.views.home(user);
      checkHash(args, home);
      const content = viewContent(workspace, args.structure('view'), 'home', home);
      if (!home) return answer(workspace, workspace.views.publish(user, content));
      workspace.views.update(home, content);
      return answer(workspace, home);
    },
  },
};
