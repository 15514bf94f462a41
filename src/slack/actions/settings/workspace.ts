import type { ViewAnswer, ViewCall } from '../../interactions.ts';
import type { SlackDesk } from '../../slack-desk.ts';
import { decodeSettings } from '../../views/settings/place.ts';
import { settingsTold } from '../../views/settings/told.ts';
import { workspaceEntered, workspaceView } from '../../views/settings/workspace.ts';
import { overviewOf } from './pages.ts';
import { readerOf, refusalOf } from './reader.ts';

/** What holds for the whole workspace: from the next message on. */
export async function submitWorkspace(call: ViewCall, desk: SlackDesk): Promise<ViewAnswer> {
  const { teamId, userId: actorId, view } = call;
  const reader = await readerOf(call, desk);
  const { context } = reader;
  const refusal = await refusalOf(reader, 'workspace', desk);
  if (refusal !== undefined) return { answer: { show: settingsTold(refusal, context) } };
  const version = decodeSettings(view.metadata)?.seen ?? 0;
  const changed = await desk.settings.changeWorkspace(
    { teamId, actorId },
    { ...workspaceEntered(view), version },
  );
  if (!changed) {
    const now = await desk.settings.workspace(teamId);
    const notice = context.t('settings.moved');
    return { answer: { show: workspaceView(now, desk.environment.language, context, notice) } };
  }
  return {
    answer: { back: true },
    async afterwards() {
      if (view.previousId !== null)
        await desk.modals.refresh(view.previousId, await overviewOf(reader, 0, desk));
    },
  };
}
