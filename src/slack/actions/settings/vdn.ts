import type { SettingsPatch } from '../../../vdns/service.ts';
import type { KeptSettings } from '../../../vdns/settings.ts';
import { unsetSettings } from '../../../vdns/settings.ts';
import type { MessageContext } from '../../i18n.ts';
import type { OpenView, ViewAnswer, ViewCall } from '../../interactions.ts';
import type { SlackDesk } from '../../slack-desk.ts';
import { accessEntered } from '../../views/settings/access.ts';
import { callbacksEntered } from '../../views/settings/callbacks.ts';
import { hoursEntered } from '../../views/settings/hours.ts';
import { movedWords, standingWords } from '../../views/settings/moved.ts';
import { NAME, NUMBER, namesEntered, numberEntered, type Wrong } from '../../views/settings/names.ts';
import { decodeSettings, NO_METADATA, type PlaceName } from '../../views/settings/place.ts';
import { settingsTold } from '../../views/settings/told.ts';
import { vdnFormOf } from './open.ts';
import { overviewOf, refreshUnder, vdnPageOf } from './pages.ts';
import { type Reader, readerOf, refusalOf } from './reader.ts';

type Read = { patch: SettingsPatch } | { wrong: Wrong };

interface Form {
  name: PlaceName;
  read(view: OpenView, context: MessageContext): Read;
}

/**
 * A submitted form of a VDN: changes it, if nobody has since the form was opened. Else the form is shown again with what was
 * entered, and says who changed what; submitted once more, it counts.
 */
const submit =
  ({ name, read }: Form) =>
  async (call: ViewCall, desk: SlackDesk): Promise<ViewAnswer> => {
    const { teamId, userId: actorId, view } = call;
    const reader = await readerOf(call, desk);
    const { context } = reader;
    const metadata = decodeSettings(view.metadata) ?? NO_METADATA;
    const { vdn, seen, first } = metadata;
    const settings = vdn === null ? undefined : await desk.settings.find(teamId, vdn);
    if (!settings) return told(context.t('settings.vdnGone'), context);
    const entry = read(view, context);
    if ('wrong' in entry) return { answer: { errors: entry.wrong } };

    const result = await desk.settings.change({ teamId, actorId }, settings.number, seen, entry.patch);
    switch (result.outcome) {
      case 'changed':
      case 'unchanged':
        return { answer: { back: true }, afterwards: () => refreshUnder(reader, view, metadata, desk) };
      case 'name-taken':
        return { answer: { errors: { [NAME]: context.t('settings.nameTaken', { number: result.by }) } } };
      case 'gone':
        return told(context.t('settings.vdnGone'), context);
      case 'moved': {
        const { settings: now } = result;
        const made = await desk.settings.since(teamId, now.number, seen);
        const notice = movedWords(made, standingWords(name, now, context), context);
        const again = await vdnFormOf(name, { ...now, ...entry.patch }, first, reader, desk, notice);
        return again ? { answer: { show: again } } : told(notice, context);
      }
    }
  };

const told = (sentence: string, context: MessageContext): ViewAnswer => ({
  answer: { show: settingsTold(sentence, context) },
});

export const submitNames = submit({
  name: 'names',
  read(view, context) {
    const entry = namesEntered(view, context);
    return 'names' in entry ? { patch: entry.names } : entry;
  },
});

export const submitHours = submit({
  name: 'hours',
  read(view, context) {
    const entry = hoursEntered(view, context);
    return 'hours' in entry ? { patch: entry.hours } : entry;
  },
});

export const submitCallbacks = submit({
  name: 'callbacks',
  read(view, context) {
    const entry = callbacksEntered(view, context);
    return 'rules' in entry ? { patch: entry.rules } : entry;
  },
});

export const submitAccess = submit({
  name: 'access',
  read(view, context) {
    const entry = accessEntered(view, context);
    return 'access' in entry ? { patch: { access: entry.access } } : entry;
  },
});

/** A VDN is added, and shown, with what to do next where it is the first. The first of a workspace is anybody's to add. */
export async function submitNewVdn(call: ViewCall, desk: SlackDesk): Promise<ViewAnswer> {
  const { teamId, userId: actorId, view } = call;
  const reader = await readerOf(call, desk);
  const { context } = reader;
  const isFirst = (await desk.settings.list(teamId)).length === 0;
  const refusal = isFirst ? undefined : await refusalOf(reader, 'workspace', desk);
  if (refusal !== undefined) return told(refusal, context);
  const number = numberEntered(view);
  const entry = namesEntered(view, context);
  const wrong = {
    ...(number === null ? { [NUMBER]: context.t('settings.numberWrong') } : {}),
    ...('wrong' in entry ? entry.wrong : {}),
  };
  if (number === null || 'wrong' in entry) return { answer: { errors: wrong } };

  const result = await desk.settings.add({ teamId, actorId }, unsetSettings({ number, ...entry.names }));
  if (result.outcome === 'name-taken')
    return { answer: { errors: { [NAME]: context.t('settings.nameTaken', { number: result.by }) } } };
  if (result.outcome === 'there')
    return { answer: { errors: { [NUMBER]: context.t('settings.numberThere', { number }) } } };
  return {
    answer: {
      show: await pageOf(result.settings, decodeSettings(view.metadata)?.first === true, reader, desk),
    },
    async afterwards() {
      if (view.rootId !== view.id) await desk.modals.refresh(view.rootId, await overviewOf(reader, 0, desk));
    },
  };
}

const pageOf = (settings: KeptSettings, first: boolean, reader: Reader, desk: SlackDesk) =>
  vdnPageOf(reader, settings, { first }, desk);
