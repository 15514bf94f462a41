import { useState } from 'react';
import type { ActiveFault } from '../../cms/faults.ts';
import type { ActionGiven, ActionName } from '../actions.ts';
import { FAULT_MENU, faultLabel } from './fault-menu.ts';

interface FaultListProps {
  faults: readonly ActiveFault[];
  run<A extends ActionName>(action: A, given: ActionGiven<A>, done: string): Promise<void>;
}

/** Makes the contact centre fail, and mends it. */
export function FaultList({ faults, run }: FaultListProps) {
  const all = FAULT_MENU.flatMap((group) => group.faults);
  const [chosen, setChosen] = useState(0);
  const [often, setOften] = useState<'always' | 'once'>('always');
  const fault = all[chosen]?.fault;
  return (
    <section className="card">
      <h2>Let it fail</h2>
      {faults.length > 0 ? (
        <ul className="faults">
          {faults.map(({ id, fault, left }) => (
            <li key={id}>
              <span>
                {faultLabel(fault)}
                {left !== null && <small> · next {left === 1 ? 'request' : `${left} requests`}</small>}
              </span>
              <button
                type="button"
                className="icon-button"
                aria-label={`Mend: ${faultLabel(fault)}`}
                onClick={() => void run('clear-faults', { id }, 'Mended.')}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="faint">It works.</p>
      )}
      <label className="line">
        <span className="for-readers">How it fails</span>
        <select value={chosen} onChange={({ target }) => setChosen(Number(target.value))}>
          {FAULT_MENU.map(({ group, faults: inGroup }) => (
            <optgroup key={group} label={group}>
              {inGroup.map((one) => (
                <option key={one.label} value={all.indexOf(one)}>
                  {one.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <div className="button-row">
        <label className="line">
          <span className="for-readers">How often</span>
          <select
            value={often}
            onChange={({ target }) => setOften(target.value === 'once' ? 'once' : 'always')}
          >
            <option value="always">until it is mended</option>
            <option value="once">at the next request</option>
          </select>
        </label>
        <button
          type="button"
          className="button plain fits"
          onClick={() =>
            fault &&
            void run('fault', { fault, ...(often === 'once' && { options: { next: 1 } }) }, 'It fails now.')
          }
        >
          Break it
        </button>
      </div>
    </section>
  );
}
