import { useState } from 'react';
import type { ActionGiven, ActionName } from '../actions.ts';
import type { Scene } from '../scene.ts';
import { FaultList } from './faults.tsx';
import { placeOf, timeOf, useReader } from './person-context.ts';
import { useNow } from './use-scene.ts';
import { post } from './wire.ts';

type How = ActionGiven<'ring'>['how'];

const RINGS: Record<How, string> = {
  once: 'One caller',
  burst: 'Six callers at once',
  repeat: 'One caller, three times',
  whatsapp: 'A WhatsApp message',
  withheld: 'A hidden number',
};

type Talk = ActionGiven<'talk'>['how'];

const TALKS: Record<Talk, [label: string, done: string]> = {
  called: ['Somebody calls them', 'Somebody called them back, by the telephone alone.'],
  'rang-again': ['They ring again', 'They rang again, and were answered.'],
  'too-short': ['Only their voice mail', 'Somebody called, and hung up on the voice mail.'],
};

/** The contact centre and the clock: what happens outside Slack. */
export function Centre({ scene }: { scene: Scene }) {
  const [vdn, setVdn] = useState(scene.centre.vdns[0]?.number ?? 1);
  const [said, setSaid] = useState('');
  const run = async <A extends ActionName>(action: A, given: ActionGiven<A>, done: string) => {
    setSaid('');
    try {
      await post(action, given);
      setSaid(done);
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  const open = scene.desk === 'open';
  return (
    <>
      <section className="card">
        <h2>Clock</h2>
        <Clock scene={scene} />
        <div className="button-row">
          <button
            type="button"
            className="button plain"
            onClick={() => void run('clock', { to: 'hour' }, 'The next full hour.')}
          >
            Next hour
          </button>
          <button
            type="button"
            className="button plain"
            onClick={() =>
              void run(
                'clock',
                { to: 'day' },
                `It is 9:00 in ${placeOf(scene.centre.vdns[0]?.timeZone ?? 'UTC')}, a day later.`,
              )
            }
          >
            Tomorrow morning
          </button>
        </div>
      </section>
      <section className="card">
        <h2>Let somebody ring</h2>
        <label className="line">
          <span>VDN</span>
          <select value={vdn} onChange={({ target }) => setVdn(Number(target.value))}>
            {scene.centre.vdns.map(({ number, name }) => (
              <option key={number} value={number}>
                {number} · {name}
              </option>
            ))}
          </select>
        </label>
        <div className="button-column">
          {Object.entries(RINGS).map(([how, label]) => (
            <button
              key={how}
              type="button"
              className="button plain"
              onClick={() =>
                void run('ring', { vdn, how: how as How }, `${label}: rang, and nobody answered.`)
              }
            >
              {label}
            </button>
          ))}
        </div>
      </section>
      <section className="card">
        <h2>Whoever was missed last</h2>
        <p className="faint">
          What happens there without the desk: it finds out when it shows them in a digest, or when somebody
          claims them.
        </p>
        <div className="button-column">
          {Object.entries(TALKS).map(([how, [label, done]]) => (
            <button
              key={how}
              type="button"
              className="button plain"
              onClick={() => void run('talk', { vdn, how: how as Talk }, done)}
            >
              {label}
            </button>
          ))}
        </div>
      </section>
      <FaultList faults={scene.centre.faults} run={run} />
      <section className="card">
        <h2>The desk</h2>
        <p className="faint">
          {open
            ? 'Open. Close it to see what it makes of the time in which it was away.'
            : scene.desk === 'closed'
              ? 'Closed: clicks and commands find nobody.'
              : 'One moment…'}
        </p>
        <button
          type="button"
          className="button plain"
          disabled={scene.desk === 'moving'}
          onClick={() =>
            void run(
              'desk',
              { to: open ? 'closed' : 'open' },
              open ? 'The desk is closed.' : 'The desk is open.',
            )
          }
        >
          {open ? 'Close the desk' : 'Open the desk'}
        </button>
      </section>
      <p className="status-line" role="status">
        {said}
      </p>
    </>
  );
}

function Clock({ scene }: { scene: Scene }) {
  const reader = useReader();
  const now = useNow(scene.now);
  const day = new Intl.DateTimeFormat(reader.locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: reader.tz,
  });
  return (
    <p className="clock">
      <b>{timeOf(now, reader)}</b>{' '}
      <span className="faint">
        {day.format(now)} in {placeOf(reader.tz)}
      </span>
    </p>
  );
}
