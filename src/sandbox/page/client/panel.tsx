import { useState } from 'react';
import type { Scene } from '../scene.ts';
import { Centre } from './centre.tsx';
import { Requests } from './requests.tsx';
import { ToldToSlack } from './told.tsx';

const TABS = {
  centre: 'Contact centre',
  requests: 'Requests',
  told: 'Slack',
} as const;
type Tab = keyof typeof TABS;

/** The other side of the desk: the contact centre, what it was asked, and what Slack was told. */
export function Panel({ scene, close }: { scene: Scene; close(): void }) {
  const [tab, setTab] = useState<Tab>('centre');
  const counts: Record<Tab, number> = {
    centre: scene.centre.faults.length,
    requests: scene.centre.requests,
    told: scene.told.calls,
  };
  return (
    <aside className="panel" aria-label="Behind the scenes">
      <header className="bar">
        <div className="tabs" role="tablist" aria-label="Behind the scenes">
          {Object.entries(TABS).map(([id, title]) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-controls={`panel-${id}`}
              aria-selected={tab === id}
              onClick={() => setTab(id as Tab)}
            >
              {title}
              {counts[id as Tab] > 0 && <span className="count">{counts[id as Tab]}</span>}
            </button>
          ))}
        </div>
        <button type="button" className="icon-button only-narrow" aria-label="Close" onClick={close}>
          ✕
        </button>
      </header>
      <div
        className="panel-body"
        role="tabpanel"
        id={`panel-${tab}`}
        aria-labelledby={`tab-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        {tab === 'centre' && <Centre scene={scene} />}
        {tab === 'requests' && <Requests count={scene.centre.requests} />}
        {tab === 'told' && <ToldToSlack told={scene.told} />}
      </div>
    </aside>
  );
}
