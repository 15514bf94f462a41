import type { KnownBlock, ModalView } from '@slack/types';
import type { KeptSettings } from '../../../vdns/settings.ts';
import type { WorkspaceSettings } from '../../../vdns/workspace.ts';
import type { MessageContext } from '../../i18n.ts';
import { actions, button, context as greyPrint, section } from '../../messages/message.ts';
import { vdnLabel } from '../../messages/vdn-label.ts';
import { modal } from '../view.ts';
import { type OperatorSettings, operatorBlocks } from './environment.ts';
import { encodeSettings, NO_METADATA, placeAction, placeValue } from './place.ts';
import { openWords, placeWords } from './words.ts';
import { workspaceWords } from './workspace.ts';

const OVERVIEW = 'settings';

const VDNS_A_PAGE = 10;

export interface Overview {
  /** Those that the reader may manage, by number. */
  vdns: readonly KeptSettings[];
  /** How many digests each has. */
  digests: ReadonlyMap<number, number>;
  /** From 0; one beyond the last shows the last. */
  page: number;
  workspace: WorkspaceSettings;
  /** What the environment says where nobody has set anything. */
  language: WorkspaceSettings['language'];
  operator: OperatorSettings;
  /** Whether the reader may add VDNs and change what holds for all of them. */
  administers: boolean;
}

/** All that can be set: the VDNs, and what holds for the whole workspace. */
export function overviewView(overview: Overview, context: MessageContext): ModalView {
  const { t } = context;
  const { vdns, administers } = overview;
  const pages = Math.max(1, Math.ceil(vdns.length / VDNS_A_PAGE));
  const page = Math.min(overview.page, pages - 1);
  const shown = vdns.slice(page * VDNS_A_PAGE, (page + 1) * VDNS_A_PAGE);
  const words = { title: t('settings.title'), close: t('log.close') };
  return modal(OVERVIEW, encodeSettings(NO_METADATA), words, [
    section(`*${t('settings.vdns')}*`),
    ...shown.map((vdn) => row(vdn, overview, context)),
    ...(shown.length === 0 ? [greyPrint(t('settings.noVdns'))] : []),
    ...buttons(page, pages, administers, context),
    ...(administers ? workspaceBlocks(overview, context) : []),
  ]);
}

function row(vdn: KeptSettings, { digests }: Overview, context: MessageContext): KnownBlock {
  const { t } = context;
  const count = digests.get(vdn.number) ?? 0;
  const told = count === 0 ? t('settings.noDigests') : t('settings.digestCount', { count });
  return section(
    [`*${vdnLabel(vdn, context)}*`, placeWords(vdn, context), `${openWords(vdn, context)} · ${told}`].join(
      '\n',
    ),
    button(t('settings.open'), placeAction('vdn', vdn.number), placeValue('vdn', vdn.number)),
  );
}

function buttons(page: number, pages: number, administers: boolean, context: MessageContext): KnownBlock[] {
  const { t } = context;
  const toPage = (label: string, to: number) =>
    button(label, placeAction('overview', to), placeValue('overview', to));
  const all = [
    ...(page > 0 ? [toPage(t('button.previous'), page - 1)] : []),
    ...(page < pages - 1 ? [toPage(t('button.next'), page + 1)] : []),
    ...(administers ? [button(t('settings.addVdn'), placeAction('add-vdn'), placeValue('add-vdn'))] : []),
  ];
  return all.length === 0 ? [] : [actions(...all)];
}

const workspaceBlocks = (
  { workspace, language, operator }: Overview,
  context: MessageContext,
): KnownBlock[] => [
  { type: 'divider' },
  section(
    `*${context.t('settings.workspace')}*\n${workspaceWords(workspace, language, context)}`,
    button(context.t('settings.change'), placeAction('workspace'), placeValue('workspace')),
  ),
  ...operatorBlocks(operator, context),
];
