import {
  bool,
  byType,
  type Check,
  type Fields,
  integer,
  list,
  may,
  must,
  number,
  object,
  oneOf,
  text,
} from './schema.ts';

const MANY = 1000;
const LONG = 12_000;

const style = may(
  object({
    bold: may(bool),
    code: may(bool),
    italic: may(bool),
    strike: may(bool),
    underline: may(bool),
    highlight: may(bool),
    client_highlight: may(bool),
    unlink: may(bool),
  }),
);

const piece = (type: string, fields: Fields): Check => object({ type: must(oneOf(type)), style, ...fields });

const pieces: Record<string, Check> = {
  text: piece('text', { text: must(text(LONG)) }),
  link: piece('link', { url: must(text(LONG)), text: may(text(LONG)), unsafe: may(bool) }),
  user: piece('user', { user_id: must(text(255)) }),
  usergroup: piece('usergroup', { usergroup_id: must(text(255)) }),
  channel: piece('channel', { channel_id: must(text(255)) }),
  team: piece('team', { team_id: must(text(255)) }),
  broadcast: piece('broadcast', { range: must(oneOf('here', 'channel', 'everyone')) }),
  color: piece('color', { value: must(text(255)) }),
  emoji: piece('emoji', {
    name: must(text(255)),
    unicode: may(text(255)),
    url: may(text(3000)),
    skin_tone: may(integer(1, 6)),
  }),
  date: piece('date', {
    timestamp: must(number),
    format: must(text(255)),
    url: may(text(3000)),
    fallback: may(text(LONG)),
  }),
};

const line: Check = byType(pieces);
const border = may(oneOf(0, 1));
const section: Check = object({
  type: must(oneOf('rich_text_section')),
  elements: must(list(line, MANY, 0)),
});

const parts: Record<string, Check> = {
  rich_text_section: section,
  rich_text_list: object({
    type: must(oneOf('rich_text_list')),
    style: must(oneOf('bullet', 'ordered')),
    elements: must(list(section, MANY)),
    indent: may(integer(0, 8)),
    offset: may(integer(0, MANY)),
    border,
  }),
  rich_text_quote: object({
    type: must(oneOf('rich_text_quote')),
    elements: must(list(line, MANY)),
    border,
  }),
  rich_text_preformatted: object({
    type: must(oneOf('rich_text_preformatted')),
    elements: must(list(line, MANY)),
    border,
    language: may(text(255)),
  }),
};

/** A `rich_text` block; also the value of a rich text input and a cell of a table. */
export const richTextBlock: Check = object({
  type: must(oneOf('rich_text')),
  block_id: may(text(255)),
  elements: must(list(byType(parts), MANY)),
});
