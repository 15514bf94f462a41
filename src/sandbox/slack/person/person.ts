import type { PersonSeed } from '../seed.ts';
import type { View } from '../views.ts';
import { type Acts, actsOf } from './acts.ts';
import { type Modals, modalsOf } from './modals.ts';
import type { PersonParts } from './parts.ts';
import { type Talk, talkOf } from './talk.ts';

/**
 * Somebody at a Slack client. Channels are given by id, `#name`, or `@handle` for a direct message (`@app` is the
 * app's). What a client would not let a person do throws an Error.
 */
export interface Person extends PersonSeed, Talk, Acts, Modals {
  /** The stack of modals, the visible one last. */
  readonly views: View[];
  readonly home: View | undefined;
}

export function openPerson(seed: PersonSeed, parts: PersonParts): Person {
  const { views } = parts.workspace;
  return {
    ...seed,
    ...talkOf(seed, parts),
    ...actsOf(seed, parts),
    ...modalsOf(seed, parts),
    get views() {
      return views.stack(seed.id);
    },
    get home() {
      return views.home(seed.id);
    },
  };
}
