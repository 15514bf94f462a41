import type { GuideShown, StepId } from '../scene.ts';
import { postUnheard } from './wire.ts';

interface Step {
  title: string;
  how: string;
  /** What the button beside it does; null where the page itself shows where to click. */
  button: string | null;
}

export const ASK = '/missed vdn 159 today';
export const SUBSCRIBE = '/missed digest vdn 159 hourly';

const STEPS: Record<StepId, Step> = {
  ask: { title: 'Ask', how: `Ask who was missed: ${ASK}`, button: 'Type it for me' },
  claim: {
    title: 'Claim',
    how: 'Click Claim on one of the callers: everybody sees that it is yours.',
    button: null,
  },
  switch: {
    title: 'Switch',
    how: 'Look at it as a colleague, in another time zone.',
    button: 'Be a colleague',
  },
  subscribe: {
    title: 'Subscribe',
    how: `Let the channel be told every hour: ${SUBSCRIBE}`,
    button: 'Type it for me',
  },
  ring: { title: 'Ring', how: 'Let somebody ring whom nobody answers.', button: 'Ring' },
  hour: {
    title: 'Wait an hour',
    how: 'Let the hour pass: the digest comes on the full hour.',
    button: 'Next hour',
  },
};

interface GuideProps {
  guide: GuideShown;
  act: Record<Exclude<StepId, 'claim'>, () => void>;
}

/** The first steps: they tick off as they are done, in any order, and the last one takes them all away. */
export function Guide({ guide, act }: GuideProps) {
  const next = guide.steps.find(({ done }) => !done);
  if (guide.dismissed || !next) return null;
  const { how, button } = STEPS[next.id];
  return (
    <section className="guide" aria-label="First steps">
      <ol>
        {guide.steps.map(({ id, done }, place) => {
          const isNext = id === next.id;
          return (
            <li
              key={id}
              className={done ? 'done' : isNext ? 'next' : ''}
              aria-current={isNext ? 'step' : undefined}
            >
              <span className="tick" aria-hidden="true">
                {done ? <Tick /> : place + 1}
              </span>
              <span className="step">
                {STEPS[id].title}
                {done && <span className="for-readers"> (done)</span>}
              </span>
            </li>
          );
        })}
      </ol>
      <div className="guide-next">
        <span>{how}</span>
        {button && next.id !== 'claim' && (
          <button type="button" className="button primary small-button" onClick={act[next.id]}>
            {button}
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label="Close the first steps"
          onClick={() => postUnheard('guide', { to: 'dismissed' })}
        >
          ✕
        </button>
      </div>
    </section>
  );
}

const Tick = () => (
  <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
    <path
      d="m2 6.400 2.700 2.700L10 3.400"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    />
  </svg>
);
