import { Component, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import { isObject, type JsonObject } from '../../slack/json.ts';
import { shownDate } from '../../slack/render/dates.ts';
import { emojiPicture, withShortNames } from './emoji.tsx';
import { nameOf, type ReaderShown, useReader } from './person-context.ts';

/** A block as slack-blocks-to-jsx renders it; where it makes nothing of it, that is said. */
export function Rendered({ block }: { block: JsonObject }) {
  const reader = useReader();
  const box = useRef<HTMLDivElement>(null);
  const [empty, setEmpty] = useState(false);
  const shown = useMemo(() => forLibrary(block), [block]);
  useLayoutEffect(() => {
    const made = box.current?.querySelector('.slack_blocks_to_jsx--blocks');
    setEmpty(!made || (made.textContent?.trim() === '' && !made.querySelector('img, svg, video, iframe, input')));
  });
  if (!isBlock(shown)) return <CannotBeShown type={String(block.type)} />;
  return (
    <Careful otherwise={<CannotBeShown type={shown.type} />}>
      <div ref={box} hidden={empty}>
        <Message
          blocks={[shown]}
          logo=""
          name=""
          withoutWrapper
          data={{ users: reader.names.users, channels: reader.names.channels, user_groups: reader.names.groups }}
          hooks={hooksFor(reader)}
        />
      </div>
      {empty && <CannotBeShown type={shown.type} />}
    </Careful>
  );
}

export function CannotBeShown({ type }: { type: string }) {
  return (
    <p className="cannot-be-shown">
      This cannot be shown here: a <code>{type}</code>. Slack itself would show it.
    </p>
  );
}

const isBlock = (block: JsonObject): block is Block & JsonObject => typeof block.type === 'string';

type Hooks = NonNullable<Parameters<typeof Message>[0]['hooks']>;

function hooksFor(reader: ReaderShown): Hooks {
  const { names, id: me } = reader;
  return {
    date: ({ timestamp, format, fallback }) => {
      const seconds = Number(timestamp);
      return (
        <time dateTime={new Date(seconds * 1000).toISOString()} title={fallback}>
          {shownDate(seconds, format, fallback, reader)}
        </time>
      );
    },
    user: ({ id }) => <span className={id === me ? 'mention mention-me' : 'mention'}>@{nameOf(id, reader)}</span>,
    channel: ({ id }) => (
      <span className="mention">#{names.channels.find((one) => one.id === id)?.name ?? id}</span>
    ),
    usergroup: ({ id }) => (
      <span className="mention">@{names.groups.find((one) => one.id === id)?.name ?? id}</span>
    ),
    emoji: (data, parse) => emojiPicture(data.name, () => parse(data)),
  };
}

/**
 * The block as the library takes it: it shows texts that are marked verbatim without any markup at all, which is not what Slack means by it.
 */
function forLibrary(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => field !== 'verbatim')
      .map(([field, inner]) => [field, field === 'text' && typeof inner === 'string' ? withShortNames(inner) : cleaned(inner)]),
  );
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  return isObject(value) ? forLibrary(value) : value;
}

interface CarefulProps {
  children: ReactNode;
  otherwise: ReactNode;
}

/** A block that the library fails on must not take the page with it. */
class Careful extends Component<CarefulProps, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? this.props.otherwise : this.props.children;
  }
}
