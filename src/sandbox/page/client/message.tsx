import { memo } from 'react';
import type { Block } from '../../slack/messages.ts';
import type { MessageShown } from '../scene.ts';
import { Avatar } from './avatar.tsx';
import { Blocks } from './blocks.tsx';
import { emojiPicture } from './emoji.tsx';
import { nameOf, timeOf, useReader } from './person-context.ts';
import { PlaceContext } from './place-context.ts';

export interface MessageProps {
  message: MessageShown;
  channel: string;
  /** Of a message that has some. */
  replies: number;
  /** Right under another one by the same author: without name and picture. */
  follows: boolean;
  openThread: ((ts: string) => void) | null;
}

const same = (before: MessageProps, after: MessageProps) =>
  before.follows === after.follows &&
  before.replies === after.replies &&
  JSON.stringify(before.message) === JSON.stringify(after.message);

/** One message, as everybody in the channel or one person sees it. */
export const OneMessage = memo(function OneMessage(props: MessageProps) {
  const { message, channel, replies, follows, openThread } = props;
  const reader = useReader();
  const { user, ts, byApp } = message;
  const name = nameOf(user, reader);
  const at = Number(ts) * 1000;
  const time = <time dateTime={new Date(at).toISOString()}>{timeOf(at, reader)}</time>;
  const kind = [message.ephemeral ? 'ephemeral' : '', follows ? 'follows' : ''].join(' ');
  return (
    <article className={`message ${kind}`} aria-label={`${name}, ${timeOf(at, reader)}`} data-ts={ts}>
      <div className="gutter">{follows ? time : <Avatar id={user} name={name} app={byApp} />}</div>
      <div className="said">
        {message.ephemeral && <p className="only-you">Only visible to you</p>}
        {!follows && (
          <header>
            <strong>{name}</strong>
            {byApp && <span className="app-mark">App</span>}
            {time}
          </header>
        )}
        <PlaceContext value={{ place: { in: 'message', channel, ts }, as: reader.id }}>
          <Blocks blocks={blocksOf(message)} />
        </PlaceContext>
        {message.files.map((file) => (
          <p key={file} className="file">
            {emojiPicture('paperclip', () => null)} {file}
          </p>
        ))}
        {message.edited && <span className="edited">(edited)</span>}
        {openThread && replies > 0 && (
          <button type="button" className="replies" onClick={() => openThread(ts)}>
            {replies} {replies === 1 ? 'reply' : 'replies'}
          </button>
        )}
      </div>
      {openThread && !message.ephemeral && (
        <button
          type="button"
          className="reply-button"
          aria-label={`Reply in a thread to ${name}, ${timeOf(at, reader)}`}
          onClick={() => openThread(ts)}
        >
          Reply
        </button>
      )}
    </article>
  );
}, same);

/** What people type has no blocks: it is shown as a section of its text. */
function blocksOf({ blocks, text }: MessageShown): readonly Block[] {
  if (blocks.length === 0 && text === '') return [];
  return blocks.length > 0 ? blocks : [{ type: 'section', block_id: 'text', text: { type: 'mrkdwn', text } }];
}
