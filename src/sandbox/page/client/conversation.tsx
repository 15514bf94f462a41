import { type ReactNode, useEffect, useState } from 'react';
import type { Scene } from '../scene.ts';
import { Blocks } from './blocks.tsx';
import { channelTitle } from './channel-title.ts';
import { Composer } from './composer.tsx';
import { MessageLog } from './log.tsx';
import { PlaceContext } from './place-context.ts';
import { postUnheard } from './wire.ts';

interface ConversationProps {
  scene: Scene;
  draft: { text: string } | null;
  /** The first steps, while there are some. */
  guide: ReactNode;
  openThread(ts: string): void;
  showSidebar(): void;
  panelOpen: boolean;
  togglePanel(): void;
}

/** The channel that is open: its name, its messages and the message box; of the desk's own, its Home tab too. */
export function Conversation({
  scene,
  draft,
  guide,
  openThread,
  showSidebar,
  panelOpen,
  togglePanel,
}: ConversationProps) {
  const channel = scene.channels.find(({ id }) => id === scene.channel);
  const isDesk = channel?.kind === 'im' && channel.with === scene.app.userId;
  const [tab, setTab] = useState<'messages' | 'home'>('messages');
  const { me } = scene;
  useEffect(() => {
    setTab('messages');
    if (isDesk) postUnheard('home', { as: me });
  }, [isDesk, me]);
  if (!channel) return <main className="conversation" />;
  const title = channelTitle(channel, scene);
  const label = channel.kind === 'im' ? title : `#${title}`;
  const top = scene.messages.filter(
    ({ threadTs, ts, broadcast }) => threadTs === null || threadTs === ts || broadcast,
  );
  return (
    <main className="conversation">
      <header className="bar">
        <button type="button" className="icon-button only-narrow" aria-label="Channels" onClick={showSidebar}>
          ☰
        </button>
        <h1>{label}</h1>
        {channel.shared && <span className="note">shared with another organisation</span>}
        <button
          type="button"
          className="button plain panel-toggle"
          aria-expanded={panelOpen}
          onClick={togglePanel}
        >
          Contact centre
        </button>
      </header>
      {guide}
      {isDesk && scene.home && (
        <div className="tabs" role="tablist" aria-label={title}>
          {(['home', 'messages'] as const).map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              aria-selected={tab === one}
              onClick={() => {
                setTab(one);
                if (one === 'home') postUnheard('home', { as: me });
              }}
            >
              {one === 'home' ? 'Home' : 'Messages'}
            </button>
          ))}
        </div>
      )}
      {isDesk && scene.home && tab === 'home' ? (
        <div className="log home">
          <PlaceContext value={{ place: { in: 'home' }, as: me }}>
            <Blocks blocks={scene.home.blocks} />
          </PlaceContext>
        </div>
      ) : (
        <>
          <MessageLog
            key={`log-${me}-${channel.id}`}
            channel={channel.id}
            messages={top}
            label={`Messages in ${label}`}
            replies={repliesIn(scene)}
            openThread={openThread}
            empty={
              isDesk
                ? 'Ask me: 159 today. Or type /missed help to see what the desk can do.'
                : `This is the very beginning of ${label}. Type / for what the desk can do.`
            }
          />
          {channel.member && !channel.archived ? (
            <Composer
              key={`box-${me}-${channel.id}`}
              channel={channel.id}
              name={label}
              threadTs={null}
              draft={draft}
            />
          ) : (
            <p className="closed">
              {channel.archived ? `${label} is archived: nobody can write here.` : `You are not in ${label}.`}
            </p>
          )}
        </>
      )}
    </main>
  );
}

function repliesIn({ messages }: Scene): Map<string, number> {
  const replies = new Map<string, number>();
  for (const { threadTs, ts } of messages)
    if (threadTs !== null && threadTs !== ts) replies.set(threadTs, (replies.get(threadTs) ?? 0) + 1);
  return replies;
}
