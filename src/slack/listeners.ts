import { askAbout, askAnywhere, askRangeChosen } from './actions/ask.ts';
import { changeCallback } from './actions/callback.ts';
import { changeDigest } from './actions/change-digest.ts';
import { chooseInForm } from './actions/choose.ts';
import { claimNext } from './actions/claim-next.ts';
import { turnHomePage } from './actions/home-page.ts';
import { openForm } from './actions/open-form.ts';
import { turnPage } from './actions/page.ts';
import { reveal } from './actions/reveal.ts';
import { chooseInSettings } from './actions/settings/choose.ts';
import { submitDigest } from './actions/settings/digest.ts';
import { openSettings } from './actions/settings/open.ts';
import {
  submitAccess,
  submitCallbacks,
  submitHours,
  submitNames,
  submitNewVdn,
} from './actions/settings/vdn.ts';
import { submitWorkspace } from './actions/settings/workspace.ts';
import { submitAssign, submitLog, submitSnooze } from './actions/submit.ts';
import { submitAsk } from './actions/submit-ask.ts';
import { submitErase } from './actions/submit-erase.ts';
import { missed } from './commands/missed.ts';
import { homeOpened } from './events/home-opened.ts';
import { answerSaid } from './events/said.ts';
import type {
  ActionCall,
  CommandCall,
  EventCall,
  ShortcutCall,
  ViewAnswer,
  ViewCall,
} from './interactions.ts';
import { ACTIONS, type ActionName } from './messages/actions.ts';
import { inCallback, inDigest, inForm, inMessage, inSettings, type Need, toAdd, toAsk } from './needs.ts';
import type { SlackDesk } from './slack-desk.ts';
import { ASK } from './views/ask.ts';
import { ASSIGN } from './views/assign.ts';
import { ERASE } from './views/erase.ts';
import { LOG_RESULT } from './views/log-result.ts';
import { ACCESS } from './views/settings/access.ts';
import { CALLBACKS } from './views/settings/callbacks.ts';
import { DIGEST } from './views/settings/digest.ts';
import { HOURS } from './views/settings/hours.ts';
import { ADD_VDN, NAMES } from './views/settings/names.ts';
import { WORKSPACE } from './views/settings/workspace.ts';
import { SNOOZE } from './views/snooze.ts';

/** The slash commands; the manifest is generated from them. */
export const commands = [
  {
    name: '/missed',
    description: 'Missed calls, digests of them, and who calls back',
    usageHint: '159 today | digest 159 hourly | help',
    needs: { itself: 'meantVdn asks for the right as soon as the VDN is known' },
    run: missed,
  },
] as const satisfies readonly CommandListener[];

/** What people can start from anywhere in Slack; the manifest is generated from them. */
export const shortcuts = [
  {
    name: 'missed-calls',
    label: 'Missed calls…',
    description: 'Asks for missed calls with a form',
    needs: { itself: 'the form offers only what its reader may see, and asks when it is submitted' },
    run: askAnywhere,
  },
] as const satisfies readonly ShortcutListener[];

/** What a click does. */
export const actions = [
  { name: ACTIONS.claim, needs: inCallback('claim'), run: changeCallback({ action: 'claim' }) },
  { name: ACTIONS.log, needs: inCallback('claim'), run: openForm('log') },
  { name: ACTIONS.history, needs: inCallback('see'), run: openForm('log') },
  { name: ACTIONS.snooze, needs: inCallback('claim'), run: openForm('snooze') },
  { name: ACTIONS.assign, needs: inCallback('claim'), run: openForm('assign') },
  { name: ACTIONS.takeOver, needs: inCallback('claim'), run: changeCallback({ action: 'take-over' }) },
  { name: ACTIONS.release, needs: inCallback('claim'), run: changeCallback({ action: 'release' }) },
  { name: ACTIONS.undo, needs: inCallback('claim'), run: changeCallback({ action: 'undo' }) },
  { name: ACTIONS.reveal, needs: inCallback('claim'), run: reveal },
  { name: ACTIONS.outcome, needs: inCallback('claim'), run: chooseInForm },
  { name: ACTIONS.when, needs: inCallback('claim'), run: chooseInForm },
  { name: ACTIONS.page, needs: inMessage('see'), run: turnPage },
  {
    name: ACTIONS.claimNext,
    needs: { itself: 'claimNext takes only from the VDNs whose callbacks they may claim' },
    run: claimNext,
  },
  {
    name: ACTIONS.homePage,
    needs: { itself: 'the Home shows only what its reader may see' },
    run: turnHomePage,
  },
  { name: ACTIONS.changeDigest, needs: inDigest('manage'), run: changeDigest },
  {
    name: ACTIONS.settings,
    needs: { itself: 'each place of the settings asks: settings/reader.ts' },
    run: openSettings,
  },
  {
    name: ACTIONS.settingsChoice,
    needs: { itself: 'it shows a form again, which asks' },
    run: chooseInSettings,
  },
  { name: ACTIONS.ask, needs: inMessage('see'), run: askAbout },
  {
    name: ACTIONS.askRange,
    needs: { itself: 'it shows the form again, as the shortcut' },
    run: askRangeChosen,
  },
] as const satisfies readonly ActionListener[];

/** What a submitted form does. */
export const views = [
  { name: LOG_RESULT, needs: inForm('claim'), submit: submitLog },
  { name: SNOOZE, needs: inForm('claim'), submit: submitSnooze },
  { name: ASSIGN, needs: inForm('claim'), submit: submitAssign },
  { name: ADD_VDN, needs: toAdd, submit: submitNewVdn },
  { name: NAMES, needs: inSettings('manage'), submit: submitNames },
  { name: HOURS, needs: inSettings('manage'), submit: submitHours },
  { name: CALLBACKS, needs: inSettings('manage'), submit: submitCallbacks },
  { name: ACCESS, needs: inSettings('administer'), submit: submitAccess },
  { name: DIGEST, needs: inSettings('manage'), submit: submitDigest },
  { name: WORKSPACE, needs: { workspace: true }, submit: submitWorkspace },
  { name: ERASE, needs: { itself: 'erasables takes only what they may administer' }, submit: submitErase },
  { name: ASK, needs: toAsk, submit: submitAsk },
] as const satisfies readonly ViewListener[];

/** What Slack tells of by itself, by the names that the manifest has for it. */
export const events = [
  { name: 'app_mention', needs: { itself: 'as /missed' }, run: answerSaid },
  { name: 'message.im', needs: { itself: 'as /missed' }, run: answerSaid },
  {
    name: 'app_home_opened',
    needs: { itself: 'the Home shows only what its reader may see' },
    run: homeOpened,
  },
  { name: 'channel_shared', needs: { itself: 'it shows nothing' }, run: sharingChanged(true) },
  { name: 'channel_unshared', needs: { itself: 'it shows nothing' }, run: sharingChanged(false) },
] as const satisfies readonly EventListener[];

/** Nobody has said yet what they want: it says where that is looked at. */
type AskedForLater = Extract<Need<never>, { itself: string }>;

export interface EventListener {
  name: string;
  needs: AskedForLater;
  run(call: EventCall, desk: SlackDesk): Promise<void>;
}

/** Another organisation reads along from now on, or one does so no more. */
function sharingChanged(shared: boolean): EventListener['run'] {
  return async ({ event: { channel } }, { channels }) => {
    if (typeof channel === 'string') await channels.sharingChanged(channel, shared);
  };
}

export interface CommandListener {
  name: `/${string}`;
  description: string;
  usageHint: string;
  needs: Need<CommandCall>;
  run(call: CommandCall, desk: SlackDesk): Promise<void>;
}

export interface ShortcutListener {
  name: string;
  /** As people see it, at most 24 characters. */
  label: string;
  description: string;
  needs: AskedForLater;
  run(call: ShortcutCall, desk: SlackDesk): Promise<void>;
}

export interface ActionListener {
  name: ActionName;
  needs: Need<ActionCall>;
  run(call: ActionCall, desk: SlackDesk): Promise<void>;
}

export interface ViewListener {
  name: string;
  needs: Need<ViewCall>;
  submit(call: ViewCall, desk: SlackDesk): Promise<ViewAnswer>;
}
