import { useLayoutEffect, useRef } from 'react';
import type { MessageShown } from '../scene.ts';
import { OneMessage } from './message.tsx';
import { type ReaderShown, useReader } from './person-context.ts';

/** Messages of one author within this time stand together. */
const TOGETHER_S = 5 * 60;
/** Who is this near to the end stays at the end when something comes. */
const NEAR_PX = 160;

interface LogProps {
  channel: string;
  messages: readonly MessageShown[];
  label: string;
  /** How many replies each message has; null inside a thread. */
  replies: ReadonlyMap<string, number> | null;
  openThread: ((ts: string) => void) | null;
  empty: string;
}

/** The messages of a channel or thread, with a line for each day, kept at the newest unless somebody scrolled up. */
export function MessageLog({ channel, messages, label, replies, openThread, empty }: LogProps) {
  const reader = useReader();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const log = box.current;
    if (!log) return;
    const stay = () => {
      if (atEnd.current) log.scrollTop = log.scrollHeight;
    };
    stay();
    // Blocks find their height after they were put in.
    const watch = new ResizeObserver(stay);
    for (const child of log.children) watch.observe(child);
    return () => watch.disconnect();
  });
  return (
    <div
      ref={box}
      className="log"
      role="log"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
      }}
    >
      <div className="log-inner">
        {messages.length === 0 && <p className="empty">{empty}</p>}
        {messages.map((message, place) => {
          const before = messages[place - 1];
          const day = dayOf(message, reader);
          const newDay = !before || dayOf(before, reader) !== day;
          return (
            <div key={`${message.ts}${message.ephemeral}`}>
              {newDay && (
                <h3 className="day">
                  <span>{day}</span>
                </h3>
              )}
              <OneMessage
                message={message}
                channel={channel}
                replies={replies?.get(message.ts) ?? 0}
                follows={!newDay && before !== undefined && together(before, message)}
                openThread={openThread}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const together = (before: MessageShown, after: MessageShown) =>
  before.user === after.user &&
  !after.ephemeral &&
  !before.ephemeral &&
  !after.byApp &&
  Number(after.ts) - Number(before.ts) < TOGETHER_S;

const dayOf = ({ ts }: MessageShown, { locale, tz }: ReaderShown) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: tz }).format(
    Number(ts) * 1000,
  );
