import { type FormEvent, useEffect, useRef, useState } from 'react';
import { isObject } from '../../slack/json.ts';
import type { ViewShown } from '../scene.ts';
import { Blocks } from './blocks.tsx';
import { type FormValue, textOf, valueHeld } from './form-value.ts';
import { PlaceContext } from './place-context.ts';
import { post, postUnheard } from './wire.ts';

/** The modal on top. */
export function Modal({ view, as }: { view: ViewShown; as: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState<Record<string, FormValue>>(() => enteredIn(view));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    shown?.querySelector<HTMLElement>('.dialog-body :is(input, textarea, select)')?.focus();
    return () => shown?.close();
  }, []);
  // What was typed stays through an update, as in Slack, and goes with an input that is no longer there.
  const shownBlocks = view.blocks.map((block) => block.block_id).join('\n');
  useEffect(() => {
    const ids = new Set(shownBlocks.split('\n'));
    setValues((now) => Object.fromEntries(Object.entries(now).filter(([blockId]) => ids.has(blockId))));
    setErrors({});
  }, [shownBlocks]);
  const title = textOf(view.definition.title);
  const submitLabel = textOf(view.definition.submit);
  const close = () => postUnheard('close', { as });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setTrouble('');
    try {
      const done = await post('submit', { as, values });
      setErrors(done.errors ?? {});
      if (done.trouble) setTrouble('We had some trouble connecting. Try again?');
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form onSubmit={submit} noValidate>
        <header className="bar">
          <h2>{title}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={close}>
            ✕
          </button>
        </header>
        <div className="dialog-body">
          <PlaceContext
            value={{
              place: { in: 'modal' },
              as,
              form: {
                values,
                errors,
                enter: (blockId, value) => setValues((now) => ({ ...now, [blockId]: value })),
              },
            }}
          >
            <Blocks blocks={view.blocks} />
          </PlaceContext>
          {trouble && (
            <p className="problem" role="alert">
              {trouble}
            </p>
          )}
        </div>
        <footer>
          <button type="button" className="button plain" onClick={close}>
            {textOf(view.definition.close) || 'Cancel'}
          </button>
          {submitLabel && (
            <button type="submit" className="button primary" aria-busy={busy}>
              {submitLabel}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}

/** What the server keeps as entered, by the block it was entered in. */
function enteredIn({ entered }: ViewShown): Record<string, FormValue> {
  return Object.fromEntries(
    Object.entries(entered).map(([key, state]) => {
      const [blockId] = JSON.parse(key) as [string, string];
      return [blockId, isObject(state) ? valueHeld(state) : null];
    }),
  );
}
