import { actionsIn } from './block-kit/whole.ts';
import type { Changes } from './changes.ts';
import type { JsonObject } from './json.ts';
import type { Block } from './messages.ts';

/** What a person has entered into an element, as in a payload's `state.values`. */
export type ElementState = JsonObject & { type: string };

/** A modal or a Home tab that a person has open. */
export interface View {
  readonly id: string;
  readonly user: string;
  readonly type: 'modal' | 'home';
  readonly rootId: string;
  readonly previousId: string | undefined;
  /** Changes with every change of the view; `views.update` may insist on it. */
  hash: string;
  /** The definition as it was sent, without its blocks. */
  definition: JsonObject;
  blocks: Block[];
  /** What the person has entered so far, by block id and action id. */
  entered: Map<string, ElementState>;
}

export interface ViewStore {
  /** The person's stack of modals, the visible one last. */
  stack(user: string): View[];
  home(user: string): View | undefined;
  find(by: { id?: string | undefined; externalId?: string | undefined }): View | undefined;
  /** Opens on an empty stack: what was open before is gone. */
  open(user: string, content: ViewContent): View;
  push(user: string, content: ViewContent): View;
  publish(user: string, content: ViewContent): View;
  update(view: View, content: ViewContent): void;
  /** Closes the visible modal, or all of them; gives those that were closed. */
  close(user: string, all: boolean): View[];
}

export interface ViewContent {
  definition: JsonObject;
  blocks: Block[];
}

export const enteredKey = (blockId: string, actionId: string) => JSON.stringify([blockId, actionId]);

/** Under which keys the elements of these blocks keep what is entered. */
const keysIn = (blocks: readonly Block[]): ReadonlySet<string> =>
  new Set(
    blocks.flatMap((block) =>
      actionsIn(block, '').map(({ element }) => enteredKey(block.block_id, String(element.action_id))),
    ),
  );

export function openViews(changes: Changes, nextHash: () => string): ViewStore {
  const stacks = new Map<string, View[]>();
  const homes = new Map<string, View>();
  let made = 0;

  const make = (user: string, type: View['type'], content: ViewContent, below: View | undefined): View => {
    made += 1;
    const id = `V0VIEW${String(made).padStart(4, '0')}`;
    return {
      id,
      user,
      type,
      rootId: below?.rootId ?? id,
      previousId: below?.id,
      hash: nextHash(),
      ...content,
      entered: new Map(),
    };
  };
  const stack = (user: string) => stacks.get(user) ?? [];
  const everyView = () => [...[...stacks.values()].flat(), ...homes.values()];

  return {
    stack: (user) => [...stack(user)],
    home: (user) => homes.get(user),
    find: ({ id, externalId }) =>
      everyView().find((view) =>
        id === undefined
          ? externalId !== undefined && view.definition.external_id === externalId
          : view.id === id,
      ),
    open(user, content) {
      const view = make(user, 'modal', content, undefined);
      stacks.set(user, [view]);
      changes.tell();
      return view;
    },
    push(user, content) {
      const view = make(user, 'modal', content, stack(user).at(-1));
      stacks.set(user, [...stack(user), view]);
      changes.tell();
      return view;
    },
    publish(user, content) {
      const view = make(user, 'home', content, undefined);
      homes.set(user, view);
      changes.tell();
      return view;
    },
    update(view, content) {
      view.definition = content.definition;
      view.blocks = content.blocks;
      // What was entered stays where the new view has the same element, and is lost with one that is not there.
      view.entered = new Map([...view.entered].filter(([key]) => keysIn(content.blocks).has(key)));
      view.hash = nextHash();
      changes.tell();
    },
    close(user, all) {
      const open = stack(user);
      const kept = all ? [] : open.slice(0, -1);
      stacks.set(user, kept);
      changes.tell();
      return open.slice(kept.length).reverse();
    },
  };
}
