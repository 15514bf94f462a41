import { Component, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { JsonObject } from '../../slack/json.ts';
import { shownDate } from '../../slack/render/dates.ts';
import { emojiPicture } from './emoji.tsx';
import { nameOf, type ReaderShown, useReader } from './person-context.ts';

/** A block as slack-blocks-to-jsx renders it; where it makes nothing of it, that is said. */
export function Rendered({ block }: { block: JsonObject }) {
  const reader = useReader();
  const box = useRef<HTMLDivElement>(null);
  const [empty, setEmpty] = useState(false);
  // The library keeps the hooks that it was given first.
  const latest = useRef(reader);
  latest.current = reader;
  const hooks = useMemo(() => hooksFor(() => latest.current), []);
  useLayoutEffect(() => {
    const made = box.current?.querySelector('.slack_blocks_to_jsx--blocks');
    setEmpty(
      !made || (made.textContent?.trim() === '' && !made.querySelector('img, svg, video, iframe, input')),
    );
  });
  if (!isBlock(block)) return <CannotBeShown type={String(block.type)} />;
  return (
    <Careful otherwise={<CannotBeShown type={block.type} />}>
      <div ref={box} hidden={empty}>
        <Message
          blocks={[block]}
          logo=""
          name=""
          withoutWrapper
          data={{
            users: reader.names.users,
            channels: reader.names.channels,
            user_groups: reader.names.groups,
          }}
          hooks={hooks}
        />
      </div>
      {empty && <CannotBeShown type={block.type} />}
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

function hooksFor(reader: () => ReaderShown): Hooks {
  return {
    date: ({ timestamp, format, fallback }) => {
      const seconds = Number(timestamp);
      return (
        <time dateTime={new Date(seconds * 1000).toISOString()} title={fallback}>
          {shownDate(seconds, format, fallback, reader())}
        </time>
      );
    },
    user: ({ id }) => (
      <span className={id === reader().id ? 'mention mention-me' : 'mention'}>@{nameOf(id, reader())}</span>
    ),
    channel: ({ id }) => (
      <span className="mention">#{reader().names.channels.find((one) => one.id === id)?.name ?? id}</span>
    ),
    usergroup: ({ id }) => (
      <span className="mention">@{reader().names.groups.find((one) => one.id === id)?.name ?? id}</span>
    ),
    emoji: (data, parse) => emojiPicture(data.name, () => parse(data)),
  };
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
