import { useEffect, useRef, useState } from 'react';
import type { Scene } from '../scene.ts';

/** Who looks at what. */
export interface Looking {
  as: string;
  channel: string;
}

/** The scene as it is now, and whether the sandbox still sends it. `refused`: there is nobody or nothing of that name. */
export function useScene(
  { as, channel }: Looking,
  refused: () => void,
): { scene: Scene | undefined; connected: boolean } {
  const [scene, setScene] = useState<Scene>();
  const [connected, setConnected] = useState(true);
  const whenRefused = useRef(refused);
  whenRefused.current = refused;
  useEffect(() => {
    const source = new EventSource(
      `/api/live?as=${encodeURIComponent(as)}&in=${encodeURIComponent(channel)}`,
    );
    source.onopen = () => setConnected(true);
    source.onerror = () => {
      // Where the connection is lost, the browser tries again; an answer that is a refusal ends it.
      if (source.readyState === EventSource.CLOSED) whenRefused.current();
      else setConnected(false);
    };
    source.onmessage = ({ data }) => {
      setConnected(true);
      setScene(JSON.parse(data));
    };
    return () => source.close();
  }, [as, channel]);
  return { scene, connected };
}

/** The sandbox's time, which moves on between scenes. */
export function useNow(at: number): number {
  const [passed, setPassed] = useState({ at, since: performance.now(), now: at });
  useEffect(() => {
    const since = performance.now();
    const look = () => setPassed({ at, since, now: at + performance.now() - since });
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [at]);
  return passed.at === at ? passed.now : at;
}
