import type { SourceErrorCode } from '../../calls/source.ts';
import type { Facts, Finding } from '../../doctor/finding.ts';
import { bytesInWords } from '../../doctor/space.ts';
import { channelMention, code } from '../escape.ts';
import type { MessageContext, MessageKey } from '../i18n.ts';
import { context as greyPrint, type Message, message, plainMessage, section } from './message.ts';
import { failureReason, failureRemedy } from './source-failure.ts';
import { vdnLabel } from './vdn-label.ts';

/** Within a message's blocks, and its length. */
const MOST_TROUBLES = 30;
const FACT_MAX = 200;

const CHAPTERS = [
  { chapter: 'database', title: 'health.database' },
  { chapter: 'slack', title: 'health.slack' },
  { chapter: 'contact-centre', title: 'health.centre' },
] as const satisfies readonly { chapter: string; title: MessageKey }[];

/** What is wrong, and what to do, by the finding's code. */
const WORDS: Readonly<Record<string, readonly [says: MessageKey, remedy: MessageKey]>> = {
  newer: ['health.newer', 'health.newerDo'],
  older: ['health.older', 'health.olderDo'],
  'no-right': ['health.notWritable', 'health.noRightDo'],
  'read-only': ['health.notWritable', 'health.readOnlyDo'],
  full: ['health.notWritable', 'health.spaceDo'],
  busy: ['health.notWritable', 'health.busyDo'],
  damaged: ['health.damaged', 'health.damagedDo'],
  failing: ['health.failing', 'health.doctorDo'],
  unreachable: ['health.unreachable', 'health.doctorDo'],
  'not-readable': ['health.notReadable', 'health.doctorDo'],
  'not-writable': ['health.notWritable', 'health.doctorDo'],
  little: ['health.space', 'health.spaceDo'],
  'too-little': ['health.space', 'health.spaceDo'],
  'no-identity': ['health.noIdentity', 'health.doctorDo'],
  'scopes-missing': ['health.scopes', 'health.scopesDo'],
  'not-in-channel': ['health.notInChannel', 'health.notInChannelDo'],
  'channel-hidden': ['health.channelHidden', 'health.channelHiddenDo'],
  'channel-archived': ['health.channelArchived', 'health.channelArchivedDo'],
  'channel-unknown': ['health.channelUnknown', 'health.doctorDo'],
  'clocks-differ': ['health.clocks', 'health.clocksDo'],
  'looks-like': ['health.looksLike', 'health.zoneDo'],
  'outside-window': ['health.outside', 'health.zoneDo'],
};

/** How the desk is: a line for each part, and below it what is wrong there. */
export function healthMessage(findings: readonly Finding[], context: MessageContext): Message {
  const { t } = context;
  const troubles = findings.filter(isTrouble);
  const title = troubles.length === 0 ? t('health.well') : t('health.troubles', { count: troubles.length });
  let room = MOST_TROUBLES;
  const blocks = CHAPTERS.flatMap(({ chapter, title: name }) => {
    const there = findings.filter(({ check }) => check.startsWith(`${chapter}.`));
    const shown = there.filter(isTrouble).slice(0, room);
    room -= shown.length;
    const heading = `${mark(there)} *${t(name)}*${inShort(there, context)}`;
    return [section(heading), ...shown.map((finding) => section(troubleText(finding, context)))];
  });
  const hidden = troubles.length - (MOST_TROUBLES - room);
  if (hidden > 0) blocks.push(section(t('health.more', { count: hidden })));
  return message(title, [
    section(`*${title}*`),
    ...blocks,
    greyPrint(t('health.doctor', { command: '`npm run doctor`' })),
  ]);
}

/** For whoever is no admin. */
export const healthRefused = ({ t }: MessageContext): Message => plainMessage(t('health.adminsOnly'));

const isTrouble = ({ result }: Finding) => result === 'failed' || result === 'warning';

function mark(findings: readonly Finding[]): string {
  if (findings.some(({ result }) => result === 'failed')) return '❌';
  return findings.some(({ result }) => result === 'warning') ? '⚠️' : '✅';
}

/** What is good to know of a part, in a few words. */
function inShort(findings: readonly Finding[], { t }: MessageContext): string {
  const free = findings.find(({ code: found }) => found === 'enough')?.facts.freeBytes;
  if (typeof free === 'number') return ` · ${t('health.free', { free: bytesInWords(free) })}`;
  const answered = findings.filter(({ code: found }) => found === 'vdn-answered').length;
  return answered > 0 ? ` · ${t('health.vdns', { count: answered })}` : '';
}

function troubleText(finding: Finding, context: MessageContext): string {
  const [says, remedy] = troubleWords(finding, context);
  return `• ${says}\n→ ${remedy}`;
}

function troubleWords(finding: Finding, context: MessageContext): [says: string, remedy: string] {
  const { t } = context;
  const { facts } = finding;
  const vdn = { number: Number(facts.vdn ?? 0), name: facts.name ? String(facts.name) : null };
  if (finding.code === 'vdn-refused' || finding.code === 'vdn-unanswered') {
    const error = finding.code === 'vdn-refused' ? 'refused' : String(facts.error);
    if (isSourceErrorCode(error)) {
      const given = {
        returnCode: String(facts.returnCode ?? ''),
        returnDesc: String(facts.returnDesc ?? ''),
      };
      const says = `${vdnLabel(vdn, context)}: ${failureReason(error, given, context)}`;
      return [says, failureRemedy(error, {}, vdn, context)];
    }
  }
  if (finding.check.startsWith('contact-centre.') && isSourceErrorCode(finding.code))
    return [failureReason(finding.code, {}, context), failureRemedy(finding.code, {}, vdn, context)];
  const [says, remedy] = WORDS[finding.code] ?? ['health.other', 'health.doctorDo'];
  const params = { ...shownFacts(facts), check: code(finding.check, FACT_MAX) };
  return [t(says, params), t(remedy, params)];
}

const SOURCE_ERROR_CODES: ReadonlySet<string> = new Set<SourceErrorCode>([
  'credentials',
  'address-not-allowed',
  'overloaded',
  'unreachable',
  'refused',
  'not-understood',
]);
const isSourceErrorCode = (text: string): text is SourceErrorCode => SOURCE_ERROR_CODES.has(text);

/** Everything in facts may be foreign. */
function shownFacts(facts: Facts): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => {
      if (name === 'channel') return [name, channelMention(String(fact))];
      if (name === 'freeBytes') return ['free', bytesInWords(Number(fact))];
      // Ahead or behind: what counts is how much.
      if (typeof fact === 'number') return [name, Math.abs(fact)];
      const texts = typeof fact === 'string' ? [fact] : fact;
      return [name, texts.map((text) => code(text, FACT_MAX)).join(' ')];
    }),
  );
}
