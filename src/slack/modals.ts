import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../log.ts';
import type { ActionCall, OpenView } from './interactions.ts';
import { slackErrorName } from './slack-error.ts';

/** Shows people forms. */
export interface Modals {
  /** Opens a view for whoever clicked, over the one that they clicked in. False when Slack does not take it: the click is older than 3 s. */
  open(call: ActionCall, view: ModalView): Promise<boolean>;
  /** Opens a view with nothing under it, for whoever typed a command or clicked elsewhere than in a form. */
  openAlone(triggerId: string, view: ModalView): Promise<boolean>;
  /** Shows how things stand now in a view that is open under another one, if it still is. */
  refresh(viewId: string, content: ModalView): Promise<void>;
  /** Shows other content in an open view. What is out of date by now, or whose view was closed, is not shown. */
  update(view: OpenView, content: ModalView): Promise<void>;
  /**
   * The click in a message that opened the view: only it can change a message that one person sees. undefined where
   * this process has forgotten it, or another one has opened the view.
   */
  origin(rootId: string): ActionCall | undefined;
}

/** A response_url works for half an hour; nobody has as many forms open. */
const KEEP_AT_MOST = 1000;

export function createModals(client: WebClient, log: Log): Modals {
  const origins = new Map<string, ActionCall>();
  /** By view: when somebody last acted in it, as Slack counts. */
  const latest = new Map<string, string>();

  function keep<T>(map: Map<string, T>, key: string, value: T) {
    const [oldest] = map.keys();
    if (map.size >= KEEP_AT_MOST && oldest !== undefined) map.delete(oldest);
    map.set(key, value);
  }

  return {
    async open(call, view) {
      try {
        const how = { trigger_id: call.triggerId, view };
        const opened = call.view ? await client.views.push(how) : await client.views.open(how);
        if (opened.view?.id && !call.view) keep(origins, opened.view.id, call);
        return true;
      } catch (err) {
        log.warn({ err, view: view.callback_id }, 'Slack did not open a form');
        return false;
      }
    },

    async openAlone(triggerId, view) {
      try {
        await client.views.open({ trigger_id: triggerId, view });
        return true;
      } catch (err) {
        log.warn({ err, view: view.callback_id }, 'Slack did not open a form');
        return false;
      }
    },

    async refresh(viewId, content) {
      await client.views
        .update({ view_id: viewId, view: content })
        .catch((err: unknown) => log.warn({ err }, 'Slack did not change a form'));
    },

    async update({ id, hash, actedAt }, content) {
      const before = latest.get(id);
      if (before !== undefined && before > actedAt) return;
      keep(latest, id, actedAt);
      const show = (guard: { hash?: string }) =>
        client.views.update({ view_id: id, view: content, ...guard });
      try {
        await show({ hash });
      } catch (error) {
        // Somebody who chooses twice in a second: the later choice is what counts.
        if (slackErrorName(error) === 'hash_conflict' && latest.get(id) === actedAt) {
          await show({}).catch((err: unknown) => log.warn({ err }, 'Slack did not change a form'));
        } else log.warn({ err: error }, 'Slack did not change a form');
      }
    },

    origin: (rootId) => origins.get(rootId),
  };
}
