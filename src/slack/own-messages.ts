import type { SlackDesk } from './slack-desk.ts';

/** The outbox as one workspace has it: a message that a payload names is looked for among its own. */
export function ownMessages(outbox: SlackDesk['outbox'], teamId: string): SlackDesk['outbox'] {
  return {
    ...outbox,
    async find(id) {
      const row = await outbox.find(id);
      return row?.teamId === teamId ? row : undefined;
    },
  };
}
