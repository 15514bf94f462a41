import { useEffect, useRef } from 'react';

export interface Confirmation {
  title: string;
  text: string;
  yes: string;
  no: string;
  danger: boolean;
}

/** Asks before an element acts. */
export function Confirm({ title, text, yes, no, danger, done }: Confirmation & { done(yes: boolean): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog small" aria-label={title} onCancel={() => done(false)}>
      <h2>{title}</h2>
      <p>{text}</p>
      <footer>
        <button type="button" className="button plain" onClick={() => done(false)}>
          {no}
        </button>
        <button
          type="button"
          className={`button ${danger ? 'danger' : 'primary'}`}
          onClick={() => done(true)}
        >
          {yes}
        </button>
      </footer>
    </dialog>
  );
}
