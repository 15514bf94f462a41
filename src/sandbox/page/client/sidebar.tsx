import { type KeyboardEvent, useRef } from 'react';
import type { ChannelShown, Scene } from '../scene.ts';
import { Avatar } from './avatar.tsx';
import { channelTitle } from './channel-title.ts';
import { placeOf, timeOf } from './person-context.ts';
import { useNow } from './use-scene.ts';

interface SidebarProps {
  scene: Scene;
  open(channel: string): void;
  become(person: string): void;
}

/** Channels and direct messages, and who one is. */
export function Sidebar({ scene, open, become }: SidebarProps) {
  const rooms = scene.channels.filter(({ kind }) => kind !== 'im');
  const direct = scene.channels.filter(({ kind }) => kind === 'im');
  return (
    <nav className="sidebar" aria-label="Channels">
      <header className="team">
        <img src="/icon.svg" alt="" width="30" height="30" />
        <div>
          <strong>{scene.team}</strong>
          <span>Sandbox on this machine</span>
        </div>
      </header>
      <div className="rooms">
        <Rooms title="Channels" rooms={rooms} scene={scene} open={open} />
        <Rooms title="Direct messages" rooms={direct} scene={scene} open={open} />
      </div>
      <People scene={scene} become={become} />
    </nav>
  );
}

function Rooms({
  title,
  rooms,
  scene,
  open,
}: {
  title: string;
  rooms: ChannelShown[];
  scene: Scene;
  open(id: string): void;
}) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {rooms.map((room) => {
          const name = channelTitle(room, scene);
          return (
            <li key={room.id}>
              <button
                type="button"
                className={room.unread > 0 ? 'pick unread' : 'pick'}
                aria-current={room.id === scene.channel ? 'page' : undefined}
                onClick={() => open(room.id)}
              >
                <Sign room={room} scene={scene} />
                <span className="room-name">{name}</span>
                {room.shared && (
                  <span className="room-mark" title="Shared with another organisation">
                    shared
                  </span>
                )}
                {room.unread > 0 && (
                  <span className="badge">
                    {room.unread}
                    <span className="for-readers"> unread</span>
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Sign({ room, scene }: { room: ChannelShown; scene: Scene }) {
  if (room.kind === 'im' && room.with)
    return <Avatar id={room.with} name={channelTitle(room, scene)} app={room.with === scene.app.userId} />;
  if (room.kind === 'private')
    return (
      <svg className="sign" viewBox="0 0 20 20" aria-label="private" role="img">
        <path
          d="M6 9V6.500a4 4 0 0 1 8 0V9M4.500 9h11v8h-11z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.600"
        />
      </svg>
    );
  return (
    <span className="sign" aria-hidden="true">
      #
    </span>
  );
}

function People({ scene, become }: { scene: Scene; become(person: string): void }) {
  const now = useNow(scene.now);
  const group = useRef<HTMLDivElement>(null);
  const move = ({ key }: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (step === undefined) return;
    const { people, me } = scene;
    const place = people.findIndex(({ id }) => id === me) + step + people.length;
    const next = people[place % people.length];
    if (!next) return;
    become(next.id);
    group.current?.querySelector<HTMLElement>(`[data-person="${next.id}"]`)?.focus();
  };
  return (
    <section className="people" aria-label="People">
      <h2>You are</h2>
      <div ref={group} role="radiogroup" aria-label="Who you are" tabIndex={-1} onKeyDown={move}>
        {scene.people.map((person) => (
          // biome-ignore lint/a11y/useSemanticElements: a picture, a name and a clock do not fit into an input.
          <button
            key={person.id}
            type="button"
            className="pick"
            role="radio"
            aria-checked={person.id === scene.me}
            tabIndex={person.id === scene.me ? 0 : -1}
            data-person={person.id}
            onClick={() => become(person.id)}
          >
            <Avatar id={person.id} name={person.name} />
            <span className="who">
              <b>{person.name}</b>
              <small>
                {timeOf(now, person)} · {placeOf(person.tz)} · {person.locale}
              </small>
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}
