import type { ViewAnswer, ViewCall } from '../../interactions.ts';
import type { SlackDesk } from '../../slack-desk.ts';
import { movedWords } from '../../views/settings/moved.ts';
import { decodeSettings } from '../../views/settings/place.ts';
import { workspaceEntered, workspaceView, workspaceWords } from '../../views/settings/workspace.ts';
import { overviewOf } from './pages.ts';
import { readerOf } from './reader.ts';

/** What holds for the whole workspace: from the next message on. */
export async function submitWorkspace(call: ViewCall, desk: SlackDesk): Promise<ViewAnswer> {
  const { teamId, userId: actorId, view } = call;
  const reader = await readerOf(call, desk);
  const { context } = reader;
  const version = decodeSettings(view.metadata)?.seen ?? 0;
  const { language } = desk.environment;
  const entry = workspaceEntered(view);
  const changed = await desk.settings.changeWorkspace({ teamId, actorId }, { ...entry, version });
  if (!changed) {
    const now = await desk.settings.workspace(teamId);
    const made = await desk.settings.since(teamId, null, version);
    const notice = movedWords(made, workspaceWords(now, language, context), context);
    const again = { ...entry, version: now.version };
    return { answer: { show: workspaceView(again, language, context, notice) } };
  }
  return {
    answer: { back: true },
    async afterwards() {
      if (view.previousId !== null)
        await desk.modals.refresh(view.previousId, await overviewOf(reader, 0, desk));
    },
  };
}
