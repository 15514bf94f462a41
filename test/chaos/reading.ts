import type { Block, Message } from '../../src/sandbox/slack/messages.ts';
import { officeSeed } from '../../src/sandbox/slack/seed.ts';

/** One caller in a message, as people see it. */
export interface RowRead {
  /** Digits. */
  caller: string;
  /** Calls that this message tells. */
  calls: number;
  callbackId: number | null;
  state: 'open' | 'claimed' | 'done' | null;
  /** User id of whoever it names. */
  ownerId: string | null;
  /** Its last line: who has it, since when, what was tried, as Slack's markup. */
  standing: string;
}

/** A digest, as people see one page of it. */
export interface DigestRead {
  vdn: number;
  calls: number;
  callers: number;
  rows: RowRead[];
}

type Shown = Pick<Message, 'blocks'>;

const IDS = new Map(officeSeed.people.map(({ id, name }) => [name, id]));

/** undefined when the message is no digest, or an all-clear. */
export function readDigest({ blocks }: Shown): DigestRead | undefined {
  const texts = blocks.map(textOf);
  const vdn = vdnIn(texts);
  const [, calls, callers] = /(\d+) new calls? from (\d+) callers?/.exec(texts.join('\n')) ?? [];
  if (!vdn || !calls || !callers) return undefined;
  // Those whom nobody has called back stand at the end; their calls were told before.
  const end = texts.indexOf('*Never called back*');
  const rows = readRows({ blocks: end === -1 ? blocks : blocks.slice(0, end) });
  return { vdn: Number(vdn), calls: Number(calls), callers: Number(callers), rows };
}

/** How many callers of a VDN a digest says were never called back; undefined when it says nothing of that. */
export function readExpired({ blocks }: Shown): { vdn: number; callers: number } | undefined {
  const texts = blocks.map(textOf);
  const vdn = vdnIn(texts);
  const callers = /(\d+) callers? (?:was|were) never called back/.exec(texts.join('\n'))?.[1];
  return vdn && callers ? { vdn: Number(vdn), callers: Number(callers) } : undefined;
}

const vdnIn = (texts: readonly string[]) => /^\*Missed calls: .*\(VDN (\d+)\)\*/.exec(texts[0] ?? '')?.[1];

/** Every row with a number, in whatever message. `readerId`: whose eyes see it, where that is one person's. */
export const readRows = ({ blocks }: Shown, readerId?: string): RowRead[] =>
  blocks.flatMap((_, at) => rowAt(blocks, at, readerId) ?? []);

/** The row that begins with this block, if one does. */
export function rowAt(blocks: Shown['blocks'], at: number, readerId?: string): RowRead | undefined {
  const [block, next] = blocks.slice(at, at + 2);
  const text = block?.type === 'section' ? textOf(block) : '';
  const number = /^\*(?:<tel:\+\d+\|)?(\+[\d ]+)>?\*/.exec(text)?.[1];
  if (!block || number === undefined) return undefined;
  const buttons = buttonsOf(block, next);
  const state = stateOf(buttons.map(({ action }) => action));
  const owner = /(?:📞 Claimed by|✓ [A-Za-z ]+(?: by| ·)) (?:<@(?<id>\w+)>|@(?<name>\w+ \w+))/.exec(
    text,
  )?.groups;
  // A new message in a channel has names, an edited one mentions.
  const reader = text.includes('📞 Yours since') ? readerId : undefined;
  const ownerId = owner?.id ?? IDS.get(owner?.name ?? '') ?? reader ?? null;
  // A direct message that tells an owner of a further call does not say that they are the owner.
  const saysWho = state !== 'claimed' || ownerId !== null;
  return {
    caller: number.replace(/\D/g, ''),
    calls: Number(/^.*? · (\d+) calls\b/.exec(text)?.[1] ?? 1),
    callbackId: saysWho ? (buttons[0]?.callbackId ?? null) : null,
    state,
    ownerId,
    standing: text.split('\n').at(-1) ?? '',
  };
}

/** The callback of the row that begins with this block, also where it does not name its owner, as to its owner alone. */
export const callbackAt = (blocks: Shown['blocks'], at: number): number | null => {
  const [block, next] = blocks.slice(at, at + 2);
  const isRow = block !== undefined && rowAt(blocks, at) !== undefined;
  return isRow ? (buttonsOf(block, next)[0]?.callbackId ?? null) : null;
};

const buttonsOf = (block: Block, next: Block | undefined) => [
  ...actionsOf(block),
  ...(next?.type === 'actions' ? actionsOf(next) : []),
];

export function textOf(block: Block): string {
  const { text, elements } = block as { text?: { text?: string }; elements?: { text?: string }[] };
  return text?.text ?? elements?.map((element) => element.text ?? '').join(' ') ?? '';
}

function actionsOf(block: Block): { action: string; callbackId: number }[] {
  const { accessory, elements } = block as {
    accessory?: { action_id?: string };
    elements?: { action_id?: string }[];
  };
  return [accessory, ...(elements ?? [])].flatMap((element) => {
    const [, action, id] = /^(claim|log|undo|history):(\d+)$/.exec(element?.action_id ?? '') ?? [];
    return action && id ? [{ action, callbackId: Number(id) }] : [];
  });
}

function stateOf(actions: string[]): RowRead['state'] {
  if (actions.includes('claim')) return 'open';
  if (actions.includes('log')) return 'claimed';
  return actions.includes('undo') || actions.includes('history') ? 'done' : null;
}
