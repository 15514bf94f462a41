import { useEffect, useMemo, useState } from 'react';
import type { Scene } from '../scene.ts';
import { Conversation } from './conversation.tsx';
import { ASK, Guide, SUBSCRIBE } from './guide.tsx';
import { Modal } from './modal.tsx';
import { Panel } from './panel.tsx';
import { ReaderContext, type ReaderShown } from './person-context.ts';
import { Sidebar } from './sidebar.tsx';
import { Thread } from './thread.tsx';
import { type Looking, useScene } from './use-scene.ts';
import { postUnheard } from './wire.ts';

const FIRST: Looking = { as: 'tom', channel: 'support' };
const MINUTE_MS = 60_000;

/** The page: a workspace in Slack on the left, the contact centre on the right. */
export function App() {
  const [looking, setLooking] = useState(lookingIn(location.hash));
  const { scene, connected } = useScene(looking, () => setLooking(FIRST));
  const [sidebarOpen, setSidebarOpen] = useState(false);
  const [panelOpen, setPanelOpen] = useState(() => matchMedia('(min-width: 1100px)').matches);
  const [thread, setThread] = useState<string | null>(null);
  const [draft, setDraft] = useState<{ text: string } | null>(null);

  useEffect(() => {
    history.replaceState(null, '', `#${looking.as}/${looking.channel}`);
  }, [looking]);
  useEffect(() => {
    if (!sidebarOpen) return;
    document.querySelector<HTMLElement>('.sidebar [aria-current]')?.focus();
    const close = ({ key }: KeyboardEvent) => key === 'Escape' && setSidebarOpen(false);
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [sidebarOpen]);
  useEffect(() => {
    // Beside the conversation it stays; over it, on a phone, it closes like any sheet.
    if (!panelOpen || matchMedia('(min-width: 1100px)').matches) return;
    const close = ({ key }: KeyboardEvent) => key === 'Escape' && setPanelOpen(false);
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [panelOpen]);
  const reader = useReaderOf(scene);
  if (!scene || !reader) return <p className="starting">{connected ? 'Opening…' : GONE}</p>;

  const open = (channel: string) => {
    setLooking({ ...looking, channel });
    setThread(null);
    setDraft(null);
    setSidebarOpen(false);
  };
  const become = (as: string) => {
    if (as === scene.me) return;
    postUnheard('switch', {});
    // Somebody who does not see this channel begins where everybody is.
    const stays = scene.channels.some(({ id, kind }) => id === scene.channel && kind === 'public');
    setLooking({ as, channel: stays ? looking.channel : FIRST.channel });
    setThread(null);
    setDraft(null);
    setSidebarOpen(false);
  };
  const vdn = scene.centre.vdns[0]?.number ?? 1;
  const type = (text: string) => () => {
    // Where everybody may write.
    open(FIRST.channel);
    setDraft({ text });
  };
  const colleague = scene.people.find(({ id, handle }) => id !== scene.me && handle !== 'li');
  return (
    <ReaderContext value={reader}>
      <div className={`page ${sidebarOpen ? 'with-sidebar' : ''} ${panelOpen || thread ? 'with-panel' : ''}`}>
        <Sidebar scene={scene} open={open} become={become} />
        {sidebarOpen && (
          <button
            type="button"
            className="shade"
            aria-label="Close the list of channels"
            onClick={() => setSidebarOpen(false)}
          />
        )}
        <div className="middle">
          {!connected && (
            <p className="problem" role="alert">
              {GONE}
            </p>
          )}
          <Conversation
            scene={scene}
            draft={draft}
            guide={
              <Guide
                guide={scene.guide}
                act={{
                  ask: type(ASK),
                  switch: () => become(colleague?.id ?? scene.me),
                  subscribe: type(SUBSCRIBE),
                  ring: () => postUnheard('ring', { vdn, how: 'once' }),
                  hour: () => postUnheard('clock', { to: 'hour' }),
                }}
              />
            }
            openThread={setThread}
            showSidebar={() => setSidebarOpen(true)}
            panelOpen={panelOpen && !thread}
            togglePanel={() => {
              setPanelOpen(thread ? true : !panelOpen);
              setThread(null);
            }}
          />
        </div>
        {thread ? (
          <Thread scene={scene} ts={thread} close={() => setThread(null)} />
        ) : (
          panelOpen && <Panel scene={scene} close={() => setPanelOpen(false)} />
        )}
      </div>
      {scene.modal && <Modal key={scene.modal.id} view={scene.modal} as={scene.me} />}
    </ReaderContext>
  );
}

const GONE = 'The sandbox does not answer. Is it still running?';

function lookingIn(hash: string): Looking {
  const [as, channel] = hash.replace('#', '').split('/');
  return as && channel ? { as, channel } : FIRST;
}

/** The same object as long as nothing changes that messages are read by: they are many. */
function useReaderOf(scene: Scene | undefined): ReaderShown | null {
  const me = scene?.people.find(({ id }) => id === scene.me);
  const minute = Math.floor((scene?.now ?? 0) / MINUTE_MS);
  const names = JSON.stringify(scene?.names);
  const app = JSON.stringify(scene?.app);
  return useMemo(
    () =>
      me?.id === undefined || names === undefined || app === undefined
        ? null
        : {
            id: me.id,
            locale: me.locale,
            tz: me.tz,
            now: minute * MINUTE_MS,
            names: JSON.parse(names),
            app: JSON.parse(app),
          },
    [me?.id, me?.locale, me?.tz, minute, names, app],
  );
}
