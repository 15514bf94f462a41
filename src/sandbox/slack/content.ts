import { type Args, notJson } from './args.ts';
import { keptBlocks } from './block-kit/kept.ts';
import { charactersIn, problemsOfBlocks } from './block-kit/whole.ts';
import { isObject, type JsonObject, objectsOf } from './json.ts';
import type { Block } from './messages.ts';
import { refuse, refuseWith } from './refusal.ts';

/** Text longer than this Slack would cut in two when posted: refused here. */
const MOST_TEXT = 40_000;
const MOST_ATTACHMENTS = 100;
/** Not documented by Slack, but seen: see slack-facts. */
const MOST_IN_ALL = 13_000;
const MOST_METADATA_BYTES = 16 * 1024;

export interface Content {
  /** Undefined when the argument was absent. */
  text: string | undefined;
  blocks: Block[] | undefined;
  attachments: JsonObject[] | undefined;
}

/** What a message is to say, checked against Slack's limits; refuses with Slack's errors. */
export function contentOf(args: Args, mostText = MOST_TEXT): Content {
  const text = 'text' in args.all ? args.textOr('text', '') : undefined;
  const markdown = args.textOr('markdown_text', '');
  const blocks = args.structure('blocks');
  const attachments = args.structure('attachments');

  if (markdown !== '' && (text || blocks)) refuse('markdown_text_conflict');
  if (markdown.length > 12_000) refuse('msg_too_long');
  if ((text ?? '').length > mostText) refuse('msg_too_long');
  const said = markdown === '' ? text : markdown;

  return { text: said, blocks: blocksOf(blocks), attachments: attachmentsOf(attachments) };
}

/** Refuses a message that says nothing. */
export function mustSaySomething(content: Content): void {
  const { text = '', blocks = [], attachments = [] } = content;
  if (text.trim() === '' && blocks.length === 0 && attachments.length === 0) refuse('no_text');
}

function blocksOf(given: unknown): Block[] | undefined {
  if (given === undefined) return undefined;
  if (given === notJson || !Array.isArray(given)) return refuse('invalid_blocks_format');
  const problems = problemsOfBlocks(given, 'message');
  if (problems.length > 0) return refuseWith('invalid_blocks', problems);
  if (charactersIn(given) > MOST_IN_ALL) return refuse('msg_blocks_too_long');
  return keptBlocks(given);
}

function attachmentsOf(given: unknown): JsonObject[] | undefined {
  if (given === undefined) return undefined;
  if (given === notJson || !Array.isArray(given)) return refuse('invalid_attachments');
  if (given.length > MOST_ATTACHMENTS) return refuse('too_many_attachments');
  const problems = given.flatMap((attachment, index) => {
    const at = `/attachments/${index}`;
    if (!isObject(attachment)) return [`must provide an object [json-pointer:${at}]`];
    return attachment.blocks === undefined
      ? []
      : problemsOfBlocks(attachment.blocks, 'message', `${at}/blocks`);
  });
  if (problems.length > 0) return refuseWith('invalid_attachments', problems);
  return objectsOf(structuredClone(given)).map((attachment) =>
    attachment.blocks === undefined ? attachment : { ...attachment, blocks: keptBlocks(attachment.blocks) },
  );
}

/**
 * The metadata of a message: an `event_type` of letters, digits and `_`, and a flat `event_payload` (a list or object of
 * flat values at most). Undefined when absent; `null` when an empty object asks for its removal.
 */
export function metadataOf(args: Args): JsonObject | null | undefined {
  const given = args.structure('metadata');
  if (given === undefined) return undefined;
  if (!isObject(given)) return refuse('invalid_metadata_format');
  if (Object.keys(given).length === 0) return null;
  const { event_type: type, event_payload: payload, ...rest } = given;
  if (typeof type !== 'string' || !/^[A-Za-z0-9_]+$/.test(type)) return refuse('invalid_metadata_schema');
  if (!isObject(payload) || Object.keys(rest).length > 0) return refuse('invalid_metadata_schema');
  if (!Object.values(payload).every(isFlatEnough)) return refuse('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(given)) > MOST_METADATA_BYTES) return refuse('metadata_too_large');
  return structuredClone(given);
}

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

function isFlatEnough(value: unknown): boolean {
  if (isScalar(value)) return true;
  const objects = Array.isArray(value) ? value : [value];
  return objects.every(
    (one) => isScalar(one) || (isObject(one) && Object.values(one).every((inner) => isScalar(inner))),
  );
}
