import { useId } from 'react';
import { isObject } from '../../slack/json.ts';
import type { Block } from '../../slack/messages.ts';
import { Field, isField } from './fields.tsx';
import { textOf, valueHeld } from './form-value.ts';
import { usePlace } from './place-context.ts';
import { CannotBeShown } from './rendered.tsx';
import { postUnheard } from './wire.ts';

/** A labelled input of a form. */
export function InputBlock({ block }: { block: Block }) {
  const id = useId();
  const { form, place, as } = usePlace();
  const element = isObject(block.element) ? block.element : {};
  if (!isField(element)) return <CannotBeShown type={String(element.type)} />;
  const blockId = block.block_id;
  const held = form?.values[blockId];
  const hint = textOf(block.hint);
  const error = form?.errors[blockId];
  return (
    <div className="input-block">
      <label htmlFor={id}>
        {textOf(block.label)}
        {block.optional === true && <span className="faint"> (optional)</span>}
      </label>
      <Field
        id={id}
        element={element}
        value={held === undefined ? valueHeld(element) : held}
        label={/checkboxes|radio/.test(String(element.type)) ? textOf(block.label) : undefined}
        describedBy={`${id}-hint`}
        enter={(value) => {
          form?.enter(blockId, value);
          if (block.dispatch_action === true)
            postUnheard('choose', {
              as,
              place,
              seen: block,
              actionId: String(element.action_id),
              value,
            });
        }}
      />
      <p id={`${id}-hint`} className={error ? 'field-error' : 'faint'} role={error ? 'alert' : undefined}>
        {error ?? hint}
      </p>
    </div>
  );
}
