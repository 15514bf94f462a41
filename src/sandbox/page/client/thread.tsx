import type { Scene } from '../scene.ts';
import { Composer } from './composer.tsx';
import { MessageLog } from './log.tsx';

/** One message and what was said to it. */
export function Thread({ scene, ts, close }: { scene: Scene; ts: string; close(): void }) {
  const messages = scene.messages.filter((message) => message.ts === ts || message.threadTs === ts);
  return (
    <aside className="panel" aria-label="Thread">
      <header className="bar">
        <h2>Thread</h2>
        <button type="button" className="icon-button" aria-label="Close the thread" onClick={close}>
          ✕
        </button>
      </header>
      <MessageLog
        channel={scene.channel}
        messages={messages}
        label="Thread"
        replies={null}
        openThread={null}
        empty="That message is gone."
      />
      <Composer key={ts} channel={scene.channel} name="the thread" threadTs={ts} draft={null} />
    </aside>
  );
}
