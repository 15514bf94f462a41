import { useId, useState } from 'react';
import { isObject, type JsonObject } from '../../slack/json.ts';
import type { Block } from '../../slack/messages.ts';
import type { Done } from '../scene.ts';
import { Confirm, type Confirmation } from './confirm.tsx';
import { Field, isField } from './fields.tsx';
import { groupsOf, textOf, valueHeld } from './form-value.ts';
import { usePlace } from './place-context.ts';
import { CannotBeShown } from './rendered.tsx';
import { post } from './wire.ts';

/** An element that acts at once: in an actions block, or beside a section. */
export function Element({ element, seen }: { element: JsonObject; seen: Block }) {
  const { place, as } = usePlace();
  const [state, setState] = useState<'idle' | 'busy' | Trouble>('idle');
  const [asking, setAsking] = useState<(() => void) | null>(null);
  const actionId = String(element.action_id);

  const run = async (what: () => Promise<Done>) => {
    setState('busy');
    try {
      const { ack } = await what();
      setState(ack && ack.status !== 'acked' ? troubleOf(ack.status) : 'idle');
    } catch (error) {
      setState({ words: error instanceof Error ? error.message : String(error) });
    }
  };
  const perform = (what: () => Promise<Done>) => {
    if (isObject(element.confirm)) setAsking(() => () => void run(what));
    else void run(what);
  };

  const control = () => {
    if (String(element.type).endsWith('button'))
      return (
        <button
          type="button"
          className={`button ${String(element.style ?? 'plain')}`}
          aria-label={
            typeof element.accessibility_label === 'string' ? element.accessibility_label : undefined
          }
          aria-busy={state === 'busy'}
          data-action={actionId}
          onClick={() => state !== 'busy' && perform(() => post('click', { as, place, seen, actionId }))}
        >
          {textOf(element.text)}
        </button>
      );
    if (element.type === 'overflow')
      return (
        <Overflow
          element={element}
          choose={(value) => perform(() => post('overflow', { as, place, seen, actionId, value }))}
        />
      );
    if (isField(element))
      return (
        <Field
          element={element}
          value={valueHeld(
            Object.fromEntries(Object.entries(element).filter(([name]) => name.startsWith('initial_'))),
          )}
          label={textOf(element.placeholder) || 'Choose'}
          enter={(value) => perform(() => post('choose', { as, place, seen, actionId, value }))}
        />
      );
    return <CannotBeShown type={String(element.type)} />;
  };

  return (
    <span className="element">
      {control()}
      {typeof state === 'object' && (
        <span className="trouble" role="alert">
          <span aria-hidden="true">⚠</span> {state.words}
        </span>
      )}
      {asking && isObject(element.confirm) && (
        <Confirm
          {...confirmationOf(element.confirm)}
          done={(yes) => {
            if (yes) asking();
            setAsking(null);
          }}
        />
      )}
    </span>
  );
}

interface Trouble {
  words: string;
}

/** What Slack shows beside a button that the app did not answer. */
const troubleOf = (status: 'operation_timeout' | 'dispatch_failed'): Trouble => ({
  words:
    status === 'operation_timeout'
      ? 'The app did not answer within 3 seconds. Try again?'
      : 'The app could not be reached. Try again?',
});

const confirmationOf = (confirm: JsonObject): Confirmation => ({
  title: textOf(confirm.title) || 'Are you sure?',
  text: textOf(confirm.text),
  yes: textOf(confirm.confirm) || 'Yes',
  no: textOf(confirm.deny) || 'Cancel',
  danger: confirm.style === 'danger',
});

function Overflow({ element, choose }: { element: JsonObject; choose(value: string): void }) {
  const id = useId();
  const options = groupsOf(element).flatMap(([, all]) => all);
  return (
    <>
      <button type="button" className="button plain overflow" popoverTarget={id} aria-label="More actions">
        ⋯
      </button>
      <div id={id} popover="auto" className="menu">
        {options.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            popoverTarget={id}
            popoverTargetAction="hide"
            onClick={() => choose(value)}
          >
            {label}
          </button>
        ))}
      </div>
    </>
  );
}
