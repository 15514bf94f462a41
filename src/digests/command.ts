import type { VdnWish } from '../grammar/choose-vdn.ts';
import type { Cursor } from '../grammar/cursor.ts';
import type { NamedVdn, Part, Span } from '../grammar/errors.ts';
import { nearest } from '../grammar/nearest.ts';
import { nearestPhrase } from '../grammar/phrases.ts';
import {
  type SaidVdn,
  takeVdnName,
  takeVdnNumber,
  takeVdnPhrase,
  type VdnNames,
  vdnNames,
} from '../grammar/vdn.ts';
import { neverRuns } from './next-run.ts';
import type { Schedule } from './schedule.ts';
import { SCHEDULE_WORDS, type SchedulePart, takeSchedulePart } from './schedule-grammar.ts';

/** What may be said after the word `digest`. */
export type DigestCommand =
  | { action: 'help' | 'list' }
  /** `number` is the subscription's. */
  | { action: 'pause' | 'resume' | 'remove' | 'now'; number: number }
  | ({ action: 'subscribe'; schedule: Schedule } & VdnWish);

export interface DigestContext {
  /** The VDNs that the workspace has named. */
  known: readonly NamedVdn[];
}

const NUMBERED = ['pause', 'resume', 'remove', 'now'] as const;
const EXAMPLES = [
  'vdn 159',
  'hourly',
  'every 30m',
  'daily 09:00',
  'weekdays',
  '9-18',
  'all-clear',
  'list',
  'pause 3',
  'resume 3',
  'remove 3',
  'now 3',
  'help',
];
const WORDS = [...SCHEDULE_WORDS, 'vdn', 'list', ...NUMBERED, 'help'];
const MOST_DIGITS = 9;
// As in questions: a name of several words wins over the command's words.
const PARTS_OF_A_CLEAR_NAME = 2;

/** Reads what follows the word `digest` to the end; a schedule that is not said is hourly. Throws GrammarFault. */
export function takeDigestCommand(cursor: Cursor, context: DigestContext): DigestCommand {
  if (cursor.runsOn) throw unknownWord(cursor);
  // The bare word subscribes nobody to anything.
  if (cursor.atEnd || cursor.takeWord('help') || cursor.takeSign('?')) return { action: 'help' };
  const names = vdnNames(context.known);
  const clearName = takeVdnName(cursor, names, PARTS_OF_A_CLEAR_NAME);
  if (!clearName) {
    if (cursor.takeWord('list')) return toTheEnd(cursor, { action: 'list' });
    for (const action of NUMBERED) {
      if (cursor.takeWord(action))
        return toTheEnd(cursor, { action, number: takeSubscription(cursor, action) });
    }
  }
  return takeSubscribe(cursor, context, names, clearName);
}

/** The subscription's number, as `3` or `#3`. */
function takeSubscription(cursor: Cursor, action: string): number {
  cursor.takeSign('#');
  const text = cursor.peek()?.kind === 'number' && !cursor.peek(1)?.glued ? cursor.peek()?.text : undefined;
  if (text === undefined || text.length > MOST_DIGITS) throw cursor.faultHere({ expected: [`${action} 3`] });
  cursor.next();
  return Number(text);
}

function toTheEnd(cursor: Cursor, command: DigestCommand): DigestCommand {
  if (!cursor.atEnd) throw cursor.fault('too-much', cursor.chunk());
  return command;
}

function takeSubscribe(
  cursor: Cursor,
  context: DigestContext,
  names: VdnNames,
  clearName: SaidVdn | undefined,
): DigestCommand {
  const said = new Map<Part, Span>();
  const schedule: Schedule = { every: { minutes: 60 }, weekdays: false, hours: null, allClear: false };
  let vdn = clearName;
  if (clearName) said.set('vdn', clearName.span);
  for (cursor.takeSeparators(); !cursor.atEnd; cursor.takeSeparators()) {
    const start = cursor.position;
    if (cursor.takeWord('help')) return { action: 'help' };
    const taken = takePart(cursor, context, names);
    if (taken === undefined || cursor.runsOn) throw unknownWord(cursor, names);
    const span = cursor.spanFrom(start);
    const first = said.get(taken.part);
    if (first) throw cursor.fault('repeated', span, { part: taken.part, first });
    said.set(taken.part, span);
    if (taken.vdn) vdn = taken.vdn;
    Object.assign(schedule, taken.schedule);
  }
  if (neverRuns(schedule)) {
    const span = said.get('hours') ?? cursor.spanFrom(0);
    throw cursor.fault('schedule-never-runs', span, { expected: ['hourly 9-18', 'daily 09:00'] });
  }
  return {
    action: 'subscribe',
    vdn: vdn?.number ?? null,
    vdnSpan: vdn?.span ?? null,
    schedule,
    text: cursor.text,
  };
}

function takePart(
  cursor: Cursor,
  context: DigestContext,
  names: VdnNames,
): (SchedulePart & { vdn?: SaidVdn }) | { part: 'vdn'; vdn: SaidVdn; schedule?: never } | undefined {
  const clearName = takeVdnName(cursor, names, PARTS_OF_A_CLEAR_NAME);
  if (clearName) return { part: 'vdn', vdn: clearName };
  const schedule = takeSchedulePart(cursor);
  if (schedule) return schedule;
  const vdn =
    takeVdnPhrase(cursor, names, context.known) ?? takeVdnNumber(cursor) ?? takeVdnName(cursor, names);
  return vdn && { part: 'vdn', vdn };
}

function unknownWord(cursor: Cursor, names?: VdnNames) {
  const span = cursor.chunk();
  const word = nearest(cursor.typed(span), WORDS);
  if (word !== undefined) return cursor.fault('unknown-word', span, { expected: EXAMPLES, nearest: word });
  const name = names && nearestPhrase(cursor, names);
  return cursor.fault('unknown-word', name?.span ?? span, {
    expected: EXAMPLES,
    ...(name && { nearest: name.nearest }),
  });
}
