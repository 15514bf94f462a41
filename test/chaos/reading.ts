import type { Block, Message } from '../../src/sandbox/slack/messages.ts';

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
}

/** A digest, as people see one page of it. */
export interface DigestRead {
  vdn: number;
  calls: number;
  callers: number;
  rows: RowRead[];
}

type Shown = Pick<Message, 'blocks'>;

/** undefined when the message is no digest, or an all-clear. */
export function readDigest({ blocks }: Shown): DigestRead | undefined {
  const texts = blocks.map(textOf);
  const vdn = /^\*Missed calls: .*\(VDN (\d+)\)\*/.exec(texts[0] ?? '')?.[1];
  const [, calls, callers] = /(\d+) new calls? from (\d+) callers?/.exec(texts.join('\n')) ?? [];
  if (!vdn || !calls || !callers) return undefined;
  return { vdn: Number(vdn), calls: Number(calls), callers: Number(callers), rows: readRows({ blocks }) };
}

/** Every row with a number, in whatever message. */
export function readRows({ blocks }: Shown): RowRead[] {
  return blocks.flatMap((block, at) => {
    const text = block.type === 'section' ? textOf(block) : '';
    const number = /^\*(\+[\d ]+)\*/.exec(text)?.[1];
    if (number === undefined) return [];
    const next = blocks[at + 1];
    const buttons = [...actionsOf(block), ...(next?.type === 'actions' ? actionsOf(next) : [])];
    const state = stateOf(buttons.map(({ action }) => action));
    const ownerId = /(?:Claimed|Done|Reached) by <@(\w+)>/.exec(text)?.[1] ?? null;
    // A direct message that tells an owner of a further call does not say that they are the owner.
    const saysWho = state !== 'claimed' || ownerId !== null;
    return [
      {
        caller: number.replace(/\D/g, ''),
        calls: Number(/^.*? · (\d+) calls\b/.exec(text)?.[1] ?? 1),
        callbackId: saysWho ? (buttons[0]?.callbackId ?? null) : null,
        state,
        ownerId,
      },
    ];
  });
}

function textOf(block: Block): string {
  const { text, elements } = block as { text?: { text?: string }; elements?: { text?: string }[] };
  return text?.text ?? elements?.map((element) => element.text ?? '').join(' ') ?? '';
}

function actionsOf(block: Block): { action: string; callbackId: number }[] {
  const { accessory, elements } = block as {
    accessory?: { action_id?: string };
    elements?: { action_id?: string }[];
  };
  return [accessory, ...(elements ?? [])].flatMap((element) => {
    const [, action, id] = /^(claim|log|undo):(\d+)$/.exec(element?.action_id ?? '') ?? [];
    return action && id ? [{ action, callbackId: Number(id) }] : [];
  });
}

function stateOf(actions: string[]): RowRead['state'] {
  if (actions.includes('claim')) return 'open';
  if (actions.includes('log')) return 'claimed';
  return actions.includes('undo') ? 'done' : null;
}
