import type { CallbackCard } from '../../callbacks/card.ts';
import type { ActionValue } from '../messages/actions.ts';

/** What a form carries: which callback it is of, what had changed last when it was shown, and the message that it came from. */
export interface FormMetadata {
  callbackId: number;
  /** The id of the last change; null: none. */
  seen: number | null;
  outboxId: ActionValue['outboxId'];
}

/** Of a form that shows things as they stand now. */
export const metadataOf = ({ callback, last }: CallbackCard, outboxId: string | null): FormMetadata => ({
  callbackId: callback.id,
  seen: last?.id ?? null,
  outboxId,
});

const VERSION = 1;

export const encodeMetadata = ({ callbackId, seen, outboxId }: FormMetadata): string =>
  JSON.stringify([VERSION, callbackId, seen, outboxId]);

/** Reads it back; undefined for anything that encodeMetadata does not write. What it says must be looked at again. */
export function decodeMetadata(text: string): FormMetadata | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(read) || read.length !== 4) return undefined;
  const [version, callbackId, seen, outboxId]: unknown[] = read;
  if (version !== VERSION || !isId(callbackId)) return undefined;
  if (seen !== null && !isId(seen)) return undefined;
  if (outboxId !== null && (typeof outboxId !== 'string' || !UUID.test(outboxId))) return undefined;
  return { callbackId, seen, outboxId };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
