import type { Ack } from '../delivery/delivery.ts';
import { closedPayload, shortcutPayload, submissionPayload } from '../payloads.ts';
import type { PersonSeed } from '../seed.ts';
import { shownView } from '../shown.ts';
import type { View } from '../views.ts';
import { type Entries, valuesOf, whatIsMissing, withEntries } from './form.ts';
import type { PersonParts } from './parts.ts';
import { applySubmission, type Submitted } from './submission.ts';

/** What a person can do to the modals and the Home tab of the app. */
export interface Modals {
  /** Fills in the visible modal without submitting it. */
  fill(entries: Entries): void;
  /** Submits the visible modal; throws an Error where a client would not. */
  submitView(entries?: Entries): Promise<{ ack: Ack } & Submitted>;
  /** Closes the visible modal; undefined when the app did not ask to be told. */
  closeView(): Promise<Ack | undefined>;
  /** Starts one of the app's global shortcuts. */
  shortcut(callbackId: string): Promise<Ack>;
  /** Opens the app's Home tab: what it shows is in `home`, once the app has published it. */
  openHome(): Promise<Ack | undefined>;
}

export function modalsOf(seed: PersonSeed, parts: PersonParts): Modals {
  const { workspace, triggers, delivery, events } = parts;
  const { views, messages, app } = workspace;

  const top = (): View => {
    const view = views.stack(seed.id).at(-1);
    if (!view) throw new Error(`${seed.name} has no modal open`);
    return view;
  };

  return {
    fill(entries) {
      const view = top();
      view.entered = withEntries(view.blocks, view.entered, entries);
    },
    async submitView(entries = {}) {
      const view = top();
      if (view.definition.submit === undefined) throw new Error('This modal has no submit button');
      view.entered = withEntries(view.blocks, view.entered, entries);
      const missing = whatIsMissing(view.blocks, view.entered);
      if (missing.length > 0) throw new Error(`Slack would not submit this: ${missing.join('; ')}`);
      const values = valuesOf(view.blocks, view.entered);
      const given = { values, triggerId: triggers.issue(seed.id) };
      const ack = await delivery.deliver('interactive', submissionPayload(workspace, seed, view, given));
      if (ack.status !== 'acked') return { ack, errors: {}, trouble: ack.status };
      return { ack, ...applySubmission(workspace, view, ack.body) };
    },
    async closeView() {
      const view = top();
      const cleared = view.definition.clear_on_close === true;
      views.close(seed.id, cleared);
      if (view.definition.notify_on_close !== true) return undefined;
      return delivery.deliver('interactive', closedPayload(workspace, seed, view, cleared));
    },
    shortcut: (callbackId) =>
      delivery.deliver(
        'interactive',
        shortcutPayload(workspace, seed, { callbackId, triggerId: triggers.issue(seed.id) }),
      ),
    async openHome() {
      const channel = workspace.directMessage(seed.id, app.botUserId);
      const home = views.home(seed.id);
      return events.send({
        type: 'app_home_opened',
        user: seed.id,
        channel: channel?.id,
        tab: 'home',
        event_ts: messages.nextTs(),
        // As it is now, where the app has published one.
        ...(home && { view: shownView(workspace, home) }),
      });
    },
  };
}
