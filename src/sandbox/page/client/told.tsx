import { useState } from 'react';
import type { JsonObject } from '../../slack/json.ts';
import type { NamesShown, Scene, ToldShown } from '../scene.ts';
import { timeOf, useReader } from './person-context.ts';
import { useFetched } from './use-fetched.ts';

/** What Slack was told: the calls of the desk with their payloads, and what Slack refused. */
export function ToldToSlack({ told }: { told: Scene['told'] }) {
  const reader = useReader();
  const got = useFetched<{ calls: ToldShown[] }>('/api/told', told.calls);
  const [refusedOnly, setRefusedOnly] = useState(false);
  const calls = got?.calls.filter(({ error }) => !refusedOnly || error !== undefined) ?? [];
  return (
    <>
      <p className="faint lead">What Slack was told by the desk, newest first.</p>
      <label className="check">
        <input
          type="checkbox"
          checked={refusedOnly}
          onChange={({ target }) => setRefusedOnly(target.checked)}
        />
        Only what Slack refused ({told.refused})
      </label>
      <ul className="records">
        {calls.map(({ id, method, at, args, error, answer, fault }) => (
          <li key={id}>
            <details>
              <summary>
                <span className={`verdict ${error ? 'bad' : 'good'}`}>{error ? 'no' : 'ok'}</span>
                <span className="record-title">{method}</span>
                <time>{timeOf(at, reader)}</time>
                <small>{error ?? whereTo(args, reader.names)}</small>
              </summary>
              {fault && <p className="bad-line">A fault was asked for: {fault}</p>}
              <h3>Said</h3>
              <pre>{JSON.stringify(args, null, 2)}</pre>
              <h3>Answered</h3>
              <pre>{JSON.stringify(answer, null, 2)}</pre>
            </details>
          </li>
        ))}
      </ul>
      {calls.length === 0 && (
        <p className="faint lead">{refusedOnly ? 'Nothing was refused.' : 'Nothing yet.'}</p>
      )}
    </>
  );
}

function whereTo({ channel, user }: JsonObject, { channels, users }: NamesShown): string {
  const place = channels.find(({ id }) => id === channel);
  if (place) return place.name === 'directmessage' ? 'direct message' : `#${place.name}`;
  return users.find(({ id }) => id === user)?.name ?? '';
}
