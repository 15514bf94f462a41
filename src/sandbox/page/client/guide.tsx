import type { GuideShown, StepId } from '../scene.ts';
import { post } from './wire.ts';

interface Step {
  title: string;
  how: string;
  /** What the button beside it does; null where the page itself shows where to click. */
  button: string | null;
}

export const ASK = '/missed vdn 159 today';
export const SUBSCRIBE = '/missed digest vdn 159 hourly';

const STEPS: Record<StepId, Step> = {
  ask: { title: 'Ask who was missed', how: `Send ${ASK}`, button: 'Type it for me' },
  claim: { title: 'Claim a caller', how: 'Click Claim on one of the rows', button: null },
  switch: { title: 'Look as somebody else', how: 'Everybody sees who calls back', button: 'Become Ana' },
  subscribe: { title: 'Have it told every hour', how: `Send ${SUBSCRIBE}`, button: 'Type it for me' },
  ring: { title: 'Let somebody ring', how: 'Nobody will answer', button: 'Ring' },
  hour: { title: 'Let the hour pass', how: 'The digest comes on the full hour', button: 'Next hour' },
};

interface GuideProps {
  guide: GuideShown;
  act: Record<Exclude<StepId, 'claim'>, () => void>;
}

/** The first steps: they tick off as they are done, in any order, and the last one takes them all away. */
export function Guide({ guide, act }: GuideProps) {
  const next = guide.steps.find(({ done }) => !done);
  if (guide.dismissed || !next) return null;
  const done = guide.steps.filter((step) => step.done).length;
  return (
    <section className="guide" aria-label="First steps">
      <header>
        <h2>First steps</h2>
        <span className="faint">
          {done} of {guide.steps.length}
        </span>
        <button
          type="button"
          className="icon-button"
          aria-label="Close the first steps"
          onClick={() => void post('guide', { to: 'dismissed' })}
        >
          ✕
        </button>
      </header>
      <ol>
        {guide.steps.map(({ id, done }) => {
          const { title, how, button } = STEPS[id];
          const isNext = id === next.id;
          return (
            <li key={id} className={done ? 'done' : isNext ? 'next' : ''} aria-current={isNext ? 'step' : undefined}>
              <span className="tick" aria-hidden="true">
                {done ? '✓' : ''}
              </span>
              <span className="step">
                <b>{title}</b>
                {done && <span className="for-readers"> (done)</span>}
                {isNext && <small>{how}</small>}
              </span>
              {isNext && button && id !== 'claim' && (
                <button type="button" className="button primary small-button" onClick={act[id]}>
                  {button}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
