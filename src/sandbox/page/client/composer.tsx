import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useReader } from './person-context.ts';
import { post } from './wire.ts';

interface ComposerProps {
  channel: string;
  name: string;
  threadTs: string | null;
  /** A text that the guide wrote for the person; it can be sent or changed. */
  draft: { text: string } | null;
}

/** What was sent, by this page: ↑ brings it back. */
const sent: string[] = [];

/** The message box: Enter sends, Shift+Enter begins a new line, ↑ brings back what was sent, `/` offers commands. */
export function Composer({ channel, name, threadTs, draft }: ComposerProps) {
  const { id: as, app } = useReader();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const [back, setBack] = useState(0);
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  useEffect(() => {
    if (!draft) return;
    setText(draft.text);
    box.current?.focus();
  }, [draft]);

  const typed = text.split(' ')[0] ?? '';
  const offered = text.startsWith('/') ? app.commands.filter((one) => one.name.startsWith(typed)) : [];
  const command = app.commands.find((one) => one.name === typed && text.includes(' '));

  const send = async () => {
    const said = text.trim();
    if (said === '') return;
    sent.push(said);
    setBack(0);
    setText('');
    setProblem('');
    try {
      if (said.startsWith('/')) {
        // Nor does Slack.
        if (threadTs !== null) throw new Error('Commands do not work in threads. Type it in the channel.');
        await post('command', { as, channel, text: said });
      } else await post('say', { as, channel, text: said, threadTs });
    } catch (error) {
      setText((now) => now || said);
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };

  const start = async (callbackId: string) => {
    setShortcutsOpen(false);
    try {
      await post('shortcut', { as, callbackId });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };

  const recall = (steps: number) => {
    const next = Math.min(Math.max(back + steps, 0), sent.length);
    setBack(next);
    setText(next === 0 ? '' : (sent.at(-next) ?? ''));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, shiftKey } = event;
    const first = offered[0];
    if (key === 'Enter' && !shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (first && !command && typed !== first.name) setText(`${first.name} `);
      else void send();
    } else if (key === 'Tab' && !shiftKey && first && !command) {
      event.preventDefault();
      setText(`${first.name} `);
    } else if (key === 'ArrowUp' && (text === '' || back > 0)) {
      event.preventDefault();
      recall(1);
    } else if (key === 'ArrowDown' && back > 0) {
      event.preventDefault();
      recall(-1);
    } else if (key === 'Escape') {
      setText('');
      setShortcutsOpen(false);
    }
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {offered.length > 0 && (
        <div className="command-hints" id={hintId} role="status">
          {offered.map((one) => (
            <button
              key={one.name}
              type="button"
              tabIndex={-1}
              onClick={() => {
                setText(`${one.name} `);
                box.current?.focus();
              }}
            >
              <b>{one.name}</b> <span className="usage">{one.usageHint}</span>
              <small>{one.description}</small>
            </button>
          ))}
        </div>
      )}
      {shortcutsOpen && (
        <div className="command-hints" role="menu" aria-label="Shortcuts">
          {app.shortcuts.map((one) => (
            <button key={one.callbackId} type="button" role="menuitem" onClick={() => start(one.callbackId)}>
              <b>{one.name}</b>
              <small>{one.description}</small>
            </button>
          ))}
        </div>
      )}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="box">
        <textarea
          ref={box}
          rows={Math.min(text.split('\n').length, 6)}
          value={text}
          placeholder={threadTs === null ? `Message ${name}` : 'Reply…'}
          aria-label={threadTs === null ? `Message ${name}` : 'Reply in this thread'}
          aria-describedby={offered.length > 0 ? hintId : undefined}
          onChange={({ target }) => {
            setText(target.value);
            setBack(0);
          }}
          onKeyDown={onKeyDown}
        />
        {threadTs === null && app.shortcuts.length > 0 && (
          <button
            type="button"
            className="shortcuts-button"
            aria-label="Shortcuts"
            aria-expanded={shortcutsOpen}
            onClick={() => setShortcutsOpen(!shortcutsOpen)}
          >
            ⚡
          </button>
        )}
        <button type="submit" className="send" aria-label="Send" disabled={text.trim() === ''}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M2.500 16.800 18 10 2.500 3.200v5.300L12 10l-9.500 1.500z" />
          </svg>
        </button>
      </div>
    </form>
  );
}
